import { cumsum } from "d3";
import type { RunResult } from "../../experiment/result.ts";
import { extremesSentence } from "../extremes-sentence.ts";
import { element } from "../markup.ts";
import { formatDuration, formatMean, formatShare, NO_SAMPLE } from "../number-format.ts";
import { type Chart, chartSvg, type DataTable, type Frame } from "./chart.ts";
import { linearAxis, timeAxis } from "./parts/axis.ts";
import { mostTelling } from "./parts/most-telling.ts";
import { textureDefinitions } from "./parts/patterns.ts";
import { drawStackedRows, type StackedRows } from "./parts/stacked-rows.ts";
import { joinSums, type TimeBins, timeBins } from "./parts/time-bins.ts";
import { drawVariantLines } from "./parts/variant-lines.ts";
import type { Theme } from "./theme.ts";

const LOST_HEIGHT = 210;
const HITS_HEIGHT = 110;
/** Backends that have a part of the stacked rows; of more, those that lost most. */
const MOST_BACKENDS = 12;

/** Lost sessions as they add up, how often requests reached the backend of their session, and what was lost where and why. */
export function sessionLoss(result: RunResult, frame: Frame, theme: Theme): Chart {
  const bins = timeBins(result);
  const lost = result.variants.map(({ series }) =>
    [...cumsum(joinSums(bins, series.sessionsLost))].map((count) => count / result.replications),
  );
  const hits = result.variants.map(({ series }) => hitRates(bins, series.stickyHits, series.stickyAsked));
  const mostLost = lost.flat().reduce((most, count) => Math.max(most, count), 0);
  const lowestHit = hits.flat().reduce<number>((least, rate) => Math.min(least, rate ?? 1), 1);
  const words = { title: "Lost sessions", finding: extremesSentence(result, "sessions_lost") };
  const variants = result.variants.length;
  const lines = drawVariantLines(
    result,
    {
      x: (width) => timeAxis(bins.endUs, Math.max(2, Math.floor(width / 70))),
      faults: result.faults,
      panels: [
        {
          title: "lost sessions so far, per replication",
          y: linearAxis("lost", [0, Math.max(1, mostLost * 1.05)], 5),
          height: LOST_HEIGHT,
          line: (variant) => ({
            column: 1 + variant,
            step: true,
            points: bins.startsUs.map((at, bin) => [at + bins.widthUs, lost[variant]?.[bin] ?? null]),
          }),
        },
        {
          title: "requests that reached their session",
          y: linearAxis("reached", [Math.max(0, Math.floor(lowestHit * 10 - 0.01) / 10), 1], 3, formatShare),
          height: HITS_HEIGHT,
          line: (variant) => ({
            column: 1 + variants + variant,
            markers: 4,
            points: bins.startsUs.map((at, bin) => [at + bins.widthUs, hits[variant]?.[bin] ?? null]),
          }),
        },
      ],
    },
    0,
    frame,
    theme,
  );
  const causes = drawStackedRows(lossByCause(result), lines.height, frame, theme);
  const places = drawStackedRows(lossByBackend(result), lines.height + causes.height, frame, theme);
  const height = lines.height + causes.height + places.height;
  const drawn = element("g", {}, lines.drawn, causes.drawn, places.drawn);
  return {
    ...words,
    svg: chartSvg(frame, height, words, theme, textureDefinitions(frame, theme), drawn),
    tables: [
      overTimeTable(result, bins, lost, hits),
      stackTable(lossByCause(result)),
      stackTable(lossByBackend(result)),
    ],
  };
}

function hitRates(bins: TimeBins, hits: readonly number[], asked: readonly number[]): readonly (number | null)[] {
  const hitSums = joinSums(bins, hits);
  return joinSums(bins, asked).map((count, bin) => (count === 0 ? null : (hitSums[bin] ?? 0) / count));
}

function lossByCause(result: RunResult): StackedRows {
  const causes = [...new Set(result.variants.flatMap(({ sessionLoss: losses }) => losses.map(({ cause }) => cause)))];
  return {
    title: "lost sessions by cause",
    parts: causes,
    rows: result.variants.map(({ name, sessionLoss: losses }) => ({
      name,
      values: causes.map((cause) => losses.find((loss) => loss.cause === cause)?.lost.mean ?? 0),
    })),
  };
}

function lossByBackend(result: RunResult): StackedRows {
  const lost = result.variants.map(({ series }) =>
    result.backends.map(
      (_, backend) =>
        (series.sessionsLostByBackend[backend] ?? []).reduce((sum, count) => sum + count, 0) / result.replications,
    ),
  );
  const shown = mostTelling(result.backends, MOST_BACKENDS, (_, backend) =>
    lost.reduce((sum, values) => sum + (values[backend] ?? 0), 0),
  );
  const most = shown.length < result.backends.length ? `, the ${shown.length} that lost most` : "";
  return {
    title: `lost sessions by backend of the state${most}`,
    parts: shown.map((backend) => result.backends[backend] ?? ""),
    rows: result.variants.map(({ name }, v) => ({
      name,
      values: shown.map((backend) => lost[v]?.[backend] ?? 0),
    })),
  };
}

function stackTable({ title, parts, rows }: StackedRows): DataTable {
  return {
    caption: `${title.slice(0, 1).toUpperCase()}${title.slice(1)}, mean of a replication`,
    columns: ["variant", ...parts],
    rows: rows.map(({ name, values }) => [name, ...values.map(formatMean)]),
  };
}

function overTimeTable(
  result: RunResult,
  bins: TimeBins,
  lost: readonly (readonly number[])[],
  hits: readonly (readonly (number | null)[])[],
): DataTable {
  const names = result.variants.map((variant) => variant.name);
  return {
    caption: "Lost sessions so far, and requests that reached the backend of their session",
    columns: ["until", ...names.map((name) => `${name}, lost`), ...names.map((name) => `${name}, reached`)],
    rows: bins.startsUs.map((at, bin) => [
      formatDuration(at + bins.widthUs),
      ...lost.map((list) => formatMean(list[bin] ?? 0)),
      ...hits.map((list) => (list[bin] == null ? NO_SAMPLE : formatShare(list[bin] ?? 0))),
    ]),
  };
}
