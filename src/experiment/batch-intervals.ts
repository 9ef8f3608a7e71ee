import type { WorldSpec } from "../model/world-spec.ts";
import { batchMeans, lag1Autocorrelation } from "./analysis/batch-means.ts";
import { meanInterval } from "./analysis/confidence-interval.ts";
import type { ReplicationResult } from "./replication/replication-result.ts";

/** Batches of a long run: enough degrees of freedom, and each as long as possible. */
const BATCHES = 20;
/** Bins that a batch has at least; with fewer its ends weigh too much. */
const LEAST_BINS = 5;

export interface BatchIntervals {
  readonly batches: number;
  /** Half-widths by metric. */
  readonly halfWidths: Readonly<Record<string, number>>;
  /** Largest correlation of neighbouring batches. */
  readonly lag1: number;
}

/** From here on neighbouring batches are shown to depend on each other: 2/√batches. */
export const LAG1_LIMIT = 2 / Math.sqrt(BATCHES);

/** Nothing in the scenario makes one time of the run unlike another: no faults, and arrivals whose law stays the same. */
export function isSteady({ faults, clients }: WorldSpec): boolean {
  return faults.length === 0 && clients.arrivals.kind !== "curve" && clients.arrivals.kind !== "trace";
}

/**
 * Intervals from one long steady run by batch means (analysis/batch-means.ts), for the metrics that are means over time
 * or over requests. Null when the run is too short.
 */
export function batchIntervals(
  { series, fromUs, toUs }: ReplicationResult,
  binUs: number,
  level: number,
): BatchIntervals | null {
  const whole = Math.floor((toUs - fromUs) / binUs);
  if (whole < BATCHES * LEAST_BINS) return null;
  const means = (values: readonly number[]): number[] => batchMeans(values.slice(0, whole), BATCHES);
  const good = means(series.good);
  const failed = means(series.failed);
  const responseUs = means(series.responseUs);
  const requests = good.map((value, b) => value + (failed[b] ?? 0));
  if (requests.some((value) => value === 0)) return null;
  const ratio = (of: readonly number[]): number[] => of.map((value, b) => value / (requests[b] as number));
  const byMetric = {
    throughput: good.map((value) => (value * 1_000_000) / binUs),
    availability: ratio(good),
    response_mean: ratio(responseUs),
  };
  const halfWidths = Object.fromEntries(
    Object.entries(byMetric).map(([id, values]) => [id, meanInterval(values, level).halfWidth]),
  );
  const lags = Object.values(byMetric).map(lag1Autocorrelation);
  return { batches: BATCHES, halfWidths, lag1: Math.max(0, ...lags.filter((lag) => !Number.isNaN(lag))) };
}
