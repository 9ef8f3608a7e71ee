import type { Comparison, Estimate, MetricInfo, RunResult, VariantResult } from "../experiment/result.ts";
import { formatDifference, formatEstimate } from "./number-format.ts";

/** A metric as a column of a table: its unit is in the header, its numbers are divided by `divisor`. */
export interface MetricColumn {
  readonly metric: MetricInfo;
  /** "ms", "%", "1/s" or "" for counts. */
  readonly unit: string;
  /** The number of the result divided by this is what the table shows. */
  readonly divisor: number;
}

/** The columns of the short table on a terminal, in order. */
const SHORT_COLUMNS: readonly string[] = [
  "throughput",
  "availability",
  "response_p50",
  "response_p99",
  "sessions_lost_share",
  "sessions_lost",
  "sessions_doomed",
  "failovers",
  "share_error",
];

const PERCENT = 0.01;
const US_PER_MS = 1_000;
const US_PER_S = 1_000_000;
/** From here on a column of times is in seconds. */
const SECONDS_FROM_US = 10 * US_PER_S;

/** The columns of the short table. */
export function shortColumns(result: RunResult): readonly MetricColumn[] {
  return tableColumns(result, SHORT_COLUMNS);
}

/** The columns for these metric ids, and one for requests without an end where there are any. */
export function tableColumns(result: RunResult, ids: readonly string[]): readonly MetricColumn[] {
  const hasUnresolved = result.variants.some(({ metrics }) => (metrics.unresolved?.mean ?? 0) > 0);
  return metricColumns(result, hasUnresolved ? [...ids, "unresolved"] : ids);
}

/** The columns for these metric ids; an id that the result does not have is left out. */
export function metricColumns(result: RunResult, ids: readonly string[]): readonly MetricColumn[] {
  return ids.flatMap((id) => {
    const metric = result.metrics.find((candidate) => candidate.id === id);
    return metric === undefined ? [] : [metricColumn(result, metric)];
  });
}

/** One unit for all variants, chosen by the largest mean, so that a column can be compared by eye. */
export function metricColumn(result: RunResult, metric: MetricInfo): MetricColumn {
  if (metric.unit === "ratio") return { metric, unit: "%", divisor: PERCENT };
  if (metric.unit === "1/s") return { metric, unit: "1/s", divisor: 1 };
  if (metric.unit === "count") return { metric, unit: "", divisor: 1 };
  const largest = Math.max(0, ...result.variants.map((variant) => variant.metrics[metric.id]?.mean ?? 0));
  if (largest >= SECONDS_FROM_US) return { metric, unit: "s", divisor: US_PER_S };
  return largest >= US_PER_MS ? { metric, unit: "ms", divisor: US_PER_MS } : { metric, unit: "µs", divisor: 1 };
}

/** "p99 (ms)": what stands over the column. */
export function columnTitle(column: MetricColumn): string {
  // The rate says its unit in its title already.
  return column.unit === "" || column.unit === "1/s" ? column.metric.title : `${column.metric.title} (${column.unit})`;
}

/** The estimate in the unit of its column: "41.2 ± 0.31"; or that there was nothing to measure. */
export function cellText(column: MetricColumn, estimate: Estimate | undefined): string {
  if (typeof estimate?.mean !== "number") return "no sample";
  const { mean, halfWidth } = scaled(column, estimate.mean, estimate.halfWidth);
  return formatEstimate(mean, halfWidth);
}

/** An estimate with its unit, for sentences: "41.2 ± 0.31 ms". */
export function valueText(column: MetricColumn, estimate: Estimate): string {
  const text = cellText(column, estimate);
  if (column.metric.unit === "1/s") return `${text}/s`;
  return column.unit === "" ? text : `${text} ${column.unit}`;
}

/** A paired difference with its unit: "−3.1 ± 0.2 ms"; differences of shares are in percentage points. */
export function differenceText(column: MetricColumn, comparison: ShownComparison): string {
  if (comparison.difference === null) return "no sample";
  const { mean, halfWidth } = scaled(column, comparison.difference, comparison.halfWidth);
  const unit = column.unit === "%" ? "points" : column.unit === "1/s" ? "" : column.unit;
  return `${formatDifference(mean, halfWidth)}${unit === "" ? "" : ` ${unit}`}`;
}

function scaled(column: MetricColumn, mean: number | null, halfWidth: number | null) {
  return {
    mean: mean === null ? null : mean / column.divisor,
    halfWidth: halfWidth === null ? null : halfWidth / column.divisor,
  };
}

/** Every verdict, in the order in which they are told. */
export const VERDICTS = ["better", "worse", "differs", "no difference shown", "no sample"] as const;

/** A comparison as readers are told of it: where a side has no sample, there is nothing that could have been shown. */
export type ShownComparison = Omit<Comparison, "verdict"> & { readonly verdict: (typeof VERDICTS)[number] };

/** The paired comparison of a variant with the baseline, if the result has it. */
export function comparisonOf(result: RunResult, variant: string, metric: string): ShownComparison | undefined {
  const found = result.comparisons.find((comparison) => comparison.variant === variant && comparison.metric === metric);
  return found?.difference === null ? { ...found, verdict: "no sample" } : found;
}

/**
 * Names of the variants with the best mean of a metric, if the best is more than luck: a candidate must be shown to be
 * better than the baseline, the baseline must be shown to be better than some candidate. Empty when nothing is shown.
 */
export function bestVariants(result: RunResult, metric: MetricInfo): readonly string[] {
  if (metric.better === "neither") return [];
  const sign = metric.better === "higher" ? 1 : -1;
  const meanOf = (variant: VariantResult) => variant.metrics[metric.id]?.mean ?? null;
  const means = result.variants.map(meanOf).filter((mean) => mean !== null);
  if (means.length < 2) return [];
  const best = sign * Math.max(...means.map((mean) => sign * mean));
  const leaders = result.variants.filter((variant) => meanOf(variant) === best).map((variant) => variant.name);
  const verdictOf = (name: string) => comparisonOf(result, name, metric.id)?.verdict;
  const shown = leaders.includes(result.baseline)
    ? result.variants.some((variant) => verdictOf(variant.name) === "worse")
    : leaders.some((name) => verdictOf(name) === "better");
  return shown ? leaders : [];
}
