import type { RunResult, VariantResult } from "../../experiment/result.ts";
import { element, type MarkupElement } from "../markup.ts";
import { formatDuration, formatMean, formatNumber, formatShare, NO_SAMPLE } from "../number-format.ts";
import { type Box, type Chart, chartSvg, type DataTable, type Frame } from "./chart.ts";
import {
  drawHorizontalAxis,
  drawVerticalAxis,
  horizontalScale,
  linearAxis,
  timeAxis,
  verticalScale,
} from "./parts/axis.ts";
import { faultBands } from "./parts/fault-bands.ts";
import { detectionOf, drawFaultNotes, faultNotes } from "./parts/fault-notes.ts";
import { label, textWidth } from "./parts/label.ts";
import { drawLinePanel } from "./parts/line-panel.ts";
import { drawLanes, laneName, lanesHeight } from "./parts/member-lanes.ts";
import { textureDefinitions, textureFill } from "./parts/patterns.ts";
import { joinSums, type TimeBins, timeBins } from "./parts/time-bins.ts";
import type { SeriesStyle, Theme } from "./theme.ts";

const RATE_HEIGHT = 84;
const BARS_HEIGHT = 60;
const PANEL_GAP = 30;
const FOOT = 36;
const WIDEST_NAME = 130;
const MIN_GUTTER = 56;

/** Sums of one variant in each bin, as means of a replication, and the share of good answers. */
interface Flow {
  readonly bins: TimeBins;
  readonly good: readonly number[];
  readonly failed: readonly number[];
  readonly retried: readonly number[];
  readonly failovers: readonly number[];
  readonly rate: readonly (number | null)[];
}

/** What one variant did through the faults: success rate above, a lane of states for each member, retries and failovers below. */
export function availabilityTimeline(result: RunResult, variant: VariantResult, frame: Frame, theme: Theme): Chart {
  const flow = flowOf(result, variant);
  const words = { title: `Availability over time: ${variant.name}`, finding: timelineFinding(result, variant, flow) };
  const names = variant.members.map((member) => textWidth(laneName(member, variant), theme.text.label));
  const gutter = Math.max(MIN_GUTTER, Math.min(WIDEST_NAME, frame.width / 4, Math.max(0, ...names)) + 8);
  const axis = timeAxis(flow.bins.endUs, 7);
  const plot = { left: gutter, width: frame.width - gutter - theme.space.normal };
  const x = horizontalScale(axis, { ...plot, top: 0, height: 0 });
  const rateBox: Box = { ...plot, top: 24, height: RATE_HEIGHT };
  const notesTop = rateBox.top + RATE_HEIGHT + theme.space.normal;
  const notes = drawFaultNotes(
    faultNotes(result, variant),
    x,
    { left: plot.left, right: plot.left + plot.width, top: notesTop },
    theme,
  );
  const lanesBox: Box = { ...plot, top: notesTop + notes.height + 4, height: lanesHeight(variant) };
  const barsBox: Box = { ...plot, top: lanesBox.top + lanesBox.height + PANEL_GAP, height: BARS_HEIGHT };
  const height = barsBox.top + BARS_HEIGHT + FOOT;
  return {
    ...words,
    svg: chartSvg(
      frame,
      height,
      words,
      theme,
      textureDefinitions(frame, theme),
      drawRate(result, flow, rateBox, frame, theme),
      ...faultBands(result.faults, x, { ...lanesBox, height: lanesBox.height - 5 }, frame, theme),
      ...drawLanes(result, variant, x, lanesBox, frame, theme),
      notes.drawn,
      drawBars(result, flow, barsBox, frame, theme),
    ),
    tables: [flowTable(variant, flow), stateTable(variant), ...faultTable(result, variant)],
  };
}

function flowOf(result: RunResult, variant: VariantResult): Flow {
  const bins = timeBins(result);
  const perReplication = (series: readonly number[]) => joinSums(bins, series).map((sum) => sum / result.replications);
  const { series } = variant;
  const good = perReplication(series.good);
  const failed = perReplication(series.failed);
  const rate = good.map((count, bin) => {
    const all = count + (failed[bin] ?? 0);
    return all === 0 ? null : count / all;
  });
  return {
    bins,
    good,
    failed,
    rate,
    retried: perReplication(series.retried),
    failovers: perReplication(series.failovers),
  };
}

function drawRate(result: RunResult, flow: Flow, box: Box, frame: Frame, theme: Theme): MarkupElement {
  const lowest = flow.rate.reduce<number>((least, rate) => Math.min(least, rate ?? 1), 1);
  const from = Math.max(0, Math.min(0.9, Math.floor(lowest * 10 - 0.01) / 10));
  return drawLinePanel(
    {
      title: "good answers",
      x: { ...timeAxis(flow.bins.endUs, 7), ticks: [] },
      y: linearAxis("good", [from, 1], 3, formatShare),
      faults: result.faults,
      showXTitle: false,
      lines: [
        {
          name: "good answers",
          style: theme.series[0] as SeriesStyle,
          column: 1,
          step: true,
          markers: 0,
          points: [...flow.bins.startsUs, flow.bins.endUs].map((at, bin, all) => [
            at,
            // The last value holds until the end.
            flow.rate[Math.min(bin, all.length - 2)] ?? null,
          ]),
        },
      ],
    },
    box,
    frame,
    theme,
  );
}

function drawBars(result: RunResult, flow: Flow, box: Box, frame: Frame, theme: Theme): MarkupElement {
  const { bins, retried, failovers } = flow;
  const highest = retried.reduce((most, count, bin) => Math.max(most, count + (failovers[bin] ?? 0)), 0);
  const x = horizontalScale(timeAxis(bins.endUs, 7), box);
  const axis = linearAxis("count", [0, highest > 0 ? highest * 1.1 : 1], 3);
  const y = verticalScale(axis, box);
  const styles = { retried: theme.series[3] as SeriesStyle, failovers: theme.series[5] as SeriesStyle };
  const bar = (bin: number, from: number, to: number, colour: string, column: number) => {
    const left = x(bins.startsUs[bin] ?? 0);
    const place = { x: left, y: y(to), width: Math.max(1, x((bins.startsUs[bin] ?? 0) + bins.widthUs) - left - 0.5) };
    const size = { ...place, height: y(from) - y(to) };
    const texture = column === 5 ? element("rect", { ...size, fill: textureFill(frame, "hatch") }) : null;
    const at = { "data-row": String(bin), "data-column": String(column) };
    return element("g", {}, element("rect", { ...size, class: "filled", fill: colour, ...at }), texture);
  };
  const every = formatDuration(bins.widthUs);
  return element(
    "g",
    {},
    ...drawBarTitle(every, styles, box, frame, theme),
    drawVerticalAxis(axis, box, theme),
    drawHorizontalAxis(timeAxis(bins.endUs, 7), box, theme, { title: true }),
    ...faultBands(result.faults, x, box, frame, theme),
    ...retried.flatMap((count, bin) => {
      const over = failovers[bin] ?? 0;
      return [
        count > 0 ? bar(bin, 0, count, styles.retried.colour, 4) : null,
        over > 0 ? bar(bin, count, count + over, styles.failovers.colour, 5) : null,
      ];
    }),
  );
}

function drawBarTitle(
  every: string,
  styles: { readonly retried: SeriesStyle; readonly failovers: SeriesStyle },
  box: Box,
  frame: Frame,
  theme: Theme,
): readonly MarkupElement[] {
  const y = box.top - 8;
  const retries = "client retries";
  const failovers = "failovers";
  const second = box.left + 16 + textWidth(retries, theme.text.label) + theme.space.wide;
  const third = second + 16 + textWidth(failovers, theme.text.label) + theme.space.normal;
  const sample = (x: number) => ({ x, y: y - 9, width: 11, height: 11 });
  return [
    element("rect", { ...sample(box.left), class: "filled", fill: styles.retried.colour }),
    label(box.left + 16, y, retries, theme, { bold: true }),
    element("rect", { ...sample(second), class: "filled", fill: styles.failovers.colour }),
    element("rect", { ...sample(second), fill: textureFill(frame, "hatch") }),
    label(second + 16, y, failovers, theme, { bold: true }),
    label(third, y, `per ${every}`, theme, { colour: theme.muted }),
  ];
}

function everyAnswerGood({ metrics }: VariantResult): string {
  const left = metrics.unresolved?.mean ?? 0;
  if (left === 0) return "Every request got a good answer.";
  return `Every request that ended got a good answer; ${formatNumber(left)} (mean of a replication) had no end when the run was over.`;
}

function timelineFinding(result: RunResult, variant: VariantResult, flow: Flow): string {
  let lowest: { readonly rate: number; readonly bin: number } | null = null;
  for (const [bin, rate] of flow.rate.entries()) {
    if (rate !== null && rate < (lowest?.rate ?? 1)) lowest = { rate, bin };
  }
  const worst =
    lowest === null
      ? flow.rate.some((rate) => rate !== null)
        ? everyAnswerGood(variant)
        : "No request ended."
      : `Good answers fall to ${formatShare(lowest.rate)} in the ${formatDuration(flow.bins.widthUs)} from ${formatDuration(flow.bins.startsUs[lowest.bin] ?? 0)}.`;
  const [fault] = result.faults;
  const found = fault === undefined ? undefined : detectionOf(variant, fault);
  if (fault === undefined || found === undefined) return worst;
  const backend = result.backends[fault.backend] ?? "";
  const detected =
    found.detectedUs === null
      ? "was not detected"
      : `was detected ${found.detectedUs === 0 ? "at once" : `after ${formatDuration(found.detectedUs)}`}`;
  const recovered =
    found.recoveredUs === null
      ? "the member was not used again"
      : `the member was back ${found.recoveredUs === 0 ? "at" : `${formatDuration(found.recoveredUs)} after`} its end`;
  return `${worst} The ${fault.kind} of ${backend} ${detected}; ${recovered}.`;
}

function flowTable(variant: VariantResult, flow: Flow): DataTable {
  return {
    caption: `Requests over time, ${variant.name}, mean of a replication`,
    columns: ["from", "good answers", "good", "failed", "client retries", "failovers"],
    rows: flow.bins.startsUs.map((at, bin) => [
      formatDuration(at),
      flow.rate[bin] == null ? NO_SAMPLE : formatShare(flow.rate[bin] ?? 0),
      ...[flow.good, flow.failed, flow.retried, flow.failovers].map((list) => formatMean(list[bin] ?? 0)),
    ]),
  };
}

function stateTable(variant: VariantResult): DataTable {
  return {
    caption: "States of the members in replication 0",
    columns: ["member", "from", "to", "state"],
    rows: variant.members.flatMap((member) =>
      member.states.map(({ fromUs, toUs, state }) => [
        laneName(member, variant),
        formatDuration(fromUs),
        formatDuration(toUs),
        state,
      ]),
    ),
  };
}

function faultTable(result: RunResult, variant: VariantResult): readonly DataTable[] {
  if (result.faults.length === 0) return [];
  const text = (us: number | null | undefined) => (us == null ? NO_SAMPLE : formatDuration(us));
  return [
    {
      caption: "Faults in replication 0",
      columns: ["fault", "backend", "from", "to", "detected after", "back after its end"],
      rows: result.faults.map((fault) => {
        const found = detectionOf(variant, fault);
        return [
          fault.kind,
          result.backends[fault.backend] ?? "",
          formatDuration(fault.fromUs),
          formatDuration(fault.toUs),
          text(found?.detectedUs),
          text(found?.recoveredUs),
        ];
      }),
    },
  ];
}
