import type { SweepResult, SweptEstimate, SweptPoint } from "../../experiment/sweep/sweep-result.ts";
import { formatDuration, formatEstimate, NO_SAMPLE } from "../number-format.ts";
import { type Chart, chartSvg, type Frame } from "./chart.ts";
import { type Axis, linearAxis, responseTimeAxis } from "./parts/axis.ts";
import { drawVariantLines } from "./parts/variant-lines.ts";
import type { Theme } from "./theme.ts";

const PANEL_HEIGHT = 170;
/** Pixels that a tick of the x axis needs. */
const TICK_PITCH = 64;
const US_PER_MS = 1_000;
const PERCENT = 0.01;
/** The knee: from here on p95 is more than this many times that of the lightest load. */
const KNEE_FACTOR = 2;

/** Which points a knee is drawn from: all with the same values on the other axes. */
export interface KneeSlice {
  /** Index of the axis that runs along x; its values are numbers. */
  readonly axis: number;
  readonly points: readonly SweptPoint[];
  /** "retry=60, members=3": what stands still; "" when nothing else was varied. */
  readonly fixed: string;
}

/** Response time and loss over one axis, one line per variant: where each lbmethod bends. */
export function sweepKnee(result: SweepResult, slice: KneeSlice, frame: Frame, theme: Theme): Chart {
  const { axis, fixed } = slice;
  const points = [...slice.points].sort((a, b) => xOf(a, axis) - xOf(b, axis));
  const { key = "", unit = "", isLogarithmic = false } = result.axes[axis] ?? {};
  const title = `Response time and loss over ${key}${fixed === "" ? "" : ` (${fixed})`}`;
  const words = { title, finding: findingOf(result, points, axis) };
  const variants = result.variants.map((name) => ({ name }));
  const xs = points.map((point) => xOf(point, axis));
  const ofMetric = (metric: string) => (variant: number) =>
    points.map((point) => estimateOf(point, result.variants[variant] ?? "", metric));
  const timePanel = (metric: string, panelTitle: string) => ({
    title: panelTitle,
    y: timeAxisOf(result, points, metric),
    height: PANEL_HEIGHT,
    line: (variant: number) => lineOf(xs, ofMetric(metric)(variant), variant, (value) => value),
  });
  const { drawn, height } = drawVariantLines(
    { baseline: result.baseline, variants },
    {
      x: (width) =>
        xAxis(`${key}${unit === "" ? "" : ` (${unit})`}`, xs, isLogarithmic, Math.floor(width / TICK_PITCH)),
      panels: [
        timePanel("response_p95", "p95 of the response time, logarithmic"),
        timePanel("response_mean", "mean response time, logarithmic"),
        {
          title: "requests without a good answer (%)",
          y: lossAxis(result, points),
          height: PANEL_HEIGHT,
          line: (variant) =>
            lineOf(xs, ofMetric("availability")(variant), variant, (value) => (1 - value) / PERCENT, 1 / PERCENT),
        },
      ],
    },
    0,
    frame,
    theme,
  );
  return { ...words, svg: chartSvg(frame, height, words, theme, drawn), tables: tablesOf(result, points, axis) };
}

function xOf(point: SweptPoint, axis: number): number {
  return point.numbers[axis] ?? 0;
}

function estimateOf(point: SweptPoint, variant: string, metric: string): SweptEstimate {
  const found = point.variants.find(({ name }) => name === variant)?.metrics[metric];
  return found ?? { mean: null, halfWidth: null };
}

function lineOf(
  xs: readonly number[],
  estimates: readonly SweptEstimate[],
  variant: number,
  turn: (mean: number) => number,
  stretch = 1,
) {
  const known = estimates.flatMap(({ mean, halfWidth }, i) => {
    const y = mean === null ? null : turn(mean);
    return y === null
      ? []
      : [[xs[i] ?? 0, Math.max(0, y - (halfWidth ?? 0) * stretch), y + (halfWidth ?? 0) * stretch] as const];
  });
  return {
    column: variant + 1,
    markers: xs.length,
    points: estimates.map(({ mean }, i) => [xs[i] ?? 0, mean === null ? null : turn(mean)] as const),
    ribbon: known,
  };
}

function meansOf(result: SweepResult, points: readonly SweptPoint[], metric: string): readonly number[] {
  return points.flatMap((point) => result.variants.flatMap((name) => estimateOf(point, name, metric).mean ?? []));
}

function timeAxisOf(result: SweepResult, points: readonly SweptPoint[], metric: string): Axis {
  const means = meansOf(result, points, metric);
  const least = means.reduce((low, mean) => Math.min(low, mean), Number.POSITIVE_INFINITY);
  const most = means.reduce((high, mean) => Math.max(high, mean), US_PER_MS);
  return responseTimeAxis("response time", (Number.isFinite(least) ? least : 1) * 0.8, most * 1.25, 7);
}

function lossAxis(result: SweepResult, points: readonly SweptPoint[]): Axis {
  const worst = meansOf(result, points, "availability").reduce((most, mean) => Math.max(most, 1 - mean), PERCENT);
  return linearAxis("lost", [0, Math.min(1, worst * 1.1) / PERCENT], 4);
}

/** Linear, or logarithmic with the values of the sweep themselves as ticks. */
function xAxis(title: string, xs: readonly number[], isLogarithmic: boolean, room: number): Axis {
  const from = xs[0] ?? 0;
  const to = xs.at(-1) ?? 1;
  if (!isLogarithmic || from <= 0 || to <= from) return linearAxis(title, [from, to], Math.max(2, room));
  const stride = Math.max(1, Math.ceil(xs.length / Math.max(1, room)));
  const ticks = xs.filter((_, i) => i % stride === 0).map((at) => ({ at, text: String(at) }));
  return { kind: "log", domain: [from, to], ticks, title };
}

/** Where each variant bends: the last value up to which p95 stays within twice that of the first. */
function findingOf(result: SweepResult, points: readonly SweptPoint[], axis: number): string {
  const { unit = "" } = result.axes[axis] ?? {};
  const bends = result.variants.map((name) => {
    const p95 = points.map((point) => estimateOf(point, name, "response_p95").mean);
    const first = p95[0] ?? null;
    const bent = first === null ? -1 : p95.findIndex((value) => value === null || value > KNEE_FACTOR * first);
    const last = points[bent < 0 ? points.length - 1 : bent - 1];
    const place = last === undefined ? NO_SAMPLE : `${xOf(last, axis)}${unit}`;
    return `${name} ${bent < 0 ? `through all values, ${place} included` : `up to ${place}`}`;
  });
  return `p95 stays within twice its first value: ${bends.join("; ")}.`;
}

function tablesOf(result: SweepResult, points: readonly SweptPoint[], axis: number) {
  const { key = "", unit = "" } = result.axes[axis] ?? {};
  const columns = [unit === "" ? key : `${key} (${unit})`, ...result.variants];
  const table = (caption: string, metric: string, write: (estimate: SweptEstimate) => string) => ({
    caption,
    columns,
    rows: points.map((point) => [
      String(xOf(point, axis)),
      ...result.variants.map((name) => write(estimateOf(point, name, metric))),
    ]),
  });
  return [
    table("p95 of the response time", "response_p95", timeText),
    table("Mean response time", "response_mean", timeText),
    table("Requests without a good answer (%)", "availability", ({ mean, halfWidth }) =>
      mean === null ? NO_SAMPLE : formatEstimate((1 - mean) / PERCENT, halfWidth === null ? null : halfWidth / PERCENT),
    ),
  ];
}

function timeText({ mean, halfWidth }: SweptEstimate): string {
  if (mean === null) return NO_SAMPLE;
  return halfWidth === null ? formatDuration(mean) : `${formatDuration(mean)} ± ${formatDuration(halfWidth)}`;
}
