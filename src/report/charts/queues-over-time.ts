import { max, mean } from "d3";
import type { RunResult, VariantResult } from "../../experiment/result.ts";
import { element } from "../markup.ts";
import { formatEstimate, formatMean, formatShare, NO_SAMPLE } from "../number-format.ts";
import { type Chart, chartSvg, type DataTable, type Frame } from "./chart.ts";
import { linearAxis, timeAxis } from "./parts/axis.ts";
import { label } from "./parts/label.ts";
import { drawKey } from "./parts/line-key.ts";
import { drawLinePanel } from "./parts/line-panel.ts";
import { panelGrid } from "./parts/panel-grid.ts";
import { textureDefinitions } from "./parts/patterns.ts";
import { joinLargest, type TimeBins, timeBins } from "./parts/time-bins.ts";
import { MAX_SERIES, type SeriesStyle, type Theme } from "./theme.ts";

const PANEL_HEIGHT = 110;
/** Backends that are drawn; of more, those with the most to do. */
const MOST_PANELS = 12;

/**
 * Requests at each backend, running and waiting, over time: one small panel for each backend, one line for each variant
 * (only the baseline's where there are more than a reader can tell apart), all on the same axes.
 */
export function queuesOverTime(result: RunResult, frame: Frame, theme: Theme): Chart {
  const bins = timeBins(result);
  const drawn = result.variants.length > MAX_SERIES ? baselineOf(result) : result.variants;
  const backends = busiest(result);
  const levels = backends.map((backend) => drawn.map((variant) => levelOf(bins, variant, backend)));
  const top = max(levels.flat(2), (level) => level ?? 0) ?? 0;
  const words = { title: "Requests at the backends", finding: queueFinding(result) };
  const names = drawn.map(({ name }, v) => ({ name, style: theme.series[v % theme.series.length] as SeriesStyle }));
  const key = drawKey(names, 0, 0, frame.width, theme);
  const grid = panelGrid(frame.width, backends.length, PANEL_HEIGHT, theme);
  const panels = backends.map((backend, b) => {
    const cell = grid.boxes[b] ?? { left: 0, top: 0, width: 0, height: 0 };
    return drawLinePanel(
      {
        title: result.backends[backend] ?? "",
        x: timeAxis(bins.endUs, 4),
        y: linearAxis("requests", [0, top], 4),
        faults: result.faults.filter((fault) => fault.backend === backend),
        showXTitle: false,
        lines: names.map(({ name, style }, v) => ({
          name,
          style,
          column: 1 + b * drawn.length + v,
          markers: 3,
          points: bins.startsUs.map((at, bin) => [at + bins.widthUs / 2, levels[b]?.[v]?.[bin] ?? null]),
        })),
      },
      { ...cell, top: cell.top + key.height },
      frame,
      theme,
    );
  });
  const height = key.height + grid.height + theme.space.normal;
  const unit = timeAxis(bins.endUs, 4).title;
  const foot = label(frame.width, height - 2, `${unit}; hatched: faults of the backend`, theme, {
    anchor: "end",
    size: theme.text.small,
    colour: theme.muted,
  });
  return {
    ...words,
    svg: chartSvg(
      frame,
      height,
      words,
      theme,
      textureDefinitions(frame, theme),
      element("g", {}, key.drawn, ...panels),
      foot,
    ),
    tables: [levelTable(result, bins, backends, drawn, levels), utilisationTable(result)],
  };
}

function baselineOf(result: RunResult): readonly VariantResult[] {
  return result.variants.filter(({ name }) => name === result.baseline);
}

/** Backends in their own order, at most as many as are drawn. */
function busiest(result: RunResult): readonly number[] {
  const load = result.backends.map((_, backend) =>
    result.variants.reduce((sum, { series }) => sum + (mean(series.running[backend] ?? []) ?? 0), 0),
  );
  return result.backends
    .map((_, backend) => backend)
    .sort((a, b) => (load[b] ?? 0) - (load[a] ?? 0) || a - b)
    .slice(0, MOST_PANELS)
    .sort((a, b) => a - b);
}

/** Mean number of requests at a backend; of joined bins the largest, so that no queue is averaged away. */
function levelOf(bins: TimeBins, { series }: VariantResult, backend: number): readonly (number | null)[] {
  const running = series.running[backend] ?? [];
  const waiting = series.waiting[backend] ?? [];
  return joinLargest(
    bins,
    running.map((value, bin) => value + (waiting[bin] ?? 0)),
  );
}

function levelTable(
  result: RunResult,
  bins: TimeBins,
  backends: readonly number[],
  variants: readonly VariantResult[],
  levels: readonly (readonly (readonly (number | null)[])[])[],
): DataTable {
  return {
    caption: "Requests at each backend, running and waiting (mean of a bin; of joined bins the largest)",
    columns: [
      "from",
      ...backends.flatMap((backend) => variants.map(({ name }) => `${result.backends[backend]}, ${name}`)),
    ],
    rows: bins.startsUs.map((at, bin) => [
      `${at / 1_000_000} s`,
      ...levels.flat().map((level) => {
        const value = level[bin];
        return value == null ? NO_SAMPLE : formatMean(value);
      }),
    ]),
  };
}

function utilisationTable(result: RunResult): DataTable {
  const members = result.variants[0]?.members ?? [];
  return {
    caption: "Utilisation of the members' cores (%)",
    columns: ["variant", ...members.map(({ name, alias }) => alias ?? name)],
    rows: result.variants.map((variant) => [
      variant.name,
      ...variant.members.map(({ utilisation: { mean: share, halfWidth } }) =>
        formatEstimate(share === null ? null : 100 * share, halfWidth === null ? null : 100 * halfWidth),
      ),
    ]),
  };
}

function queueFinding(result: RunResult): string {
  let most: { readonly share: number; readonly member: string; readonly variant: string } | null = null;
  for (const { name: variant, members } of result.variants)
    for (const { name, alias, utilisation } of members)
      if (utilisation.mean !== null && utilisation.mean > (most?.share ?? 0))
        most = { share: utilisation.mean, member: alias ?? name, variant };
  if (most === null) {
    const isBusy = result.variants.some(({ series }) =>
      series.running.some((level) => level.some((value) => value > 0)),
    );
    return isBusy ? "Requests were under way at the backends, but none was finished." : "No backend had any work.";
  }
  return `The busiest member is ${most.member}: its cores work ${formatShare(most.share)} of the time (${most.variant}).`;
}
