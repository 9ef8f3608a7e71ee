import { METRICS } from "./metrics.ts";
import type { Estimate, MetricInfo } from "./result.ts";

/** How narrow intervals shall be. */
export interface PrecisionWish {
  /** Half-width ÷ mean, 0..1. */
  readonly relative: number;
  /** Replications after which it is given up. */
  readonly most: number;
}

/** Replications that are added at a time: looking after each one would stop by luck too often. */
export const PRECISION_BATCH = 10;
/** Replications after which it is given up when nobody says. */
export const PRECISION_MOST = 200;

/**
 * Metrics whose intervals are looked at: means and quantiles that every scenario has. Counts and peaks follow the length
 * of the run, and a rare count would never be narrow.
 */
const WATCHED = [
  "throughput",
  "availability",
  "response_mean",
  "response_p50",
  "response_p95",
  "response_p99",
  "sessions_lost_share",
];

/** Half-widths below these are narrow whatever the mean: nobody decides by less. 0.05 points, 0.1 ms, 0.01/s. */
const FLOORS: Readonly<Record<MetricInfo["unit"], number>> = { ratio: 0.0005, µs: 100, "1/s": 0.01, count: 0.5 };

/** What became of a wish. Plain JSON. */
export interface PrecisionResult {
  readonly relative: number;
  readonly most: number;
  readonly replications: number;
  readonly isReached: boolean;
  /** The interval that is widest compared with what was wished; null = no interval. */
  readonly widest: {
    readonly variant: string;
    readonly metric: string;
    readonly mean: number;
    readonly halfWidth: number;
    /** Half-width that was wished: `relative` of the mean, or the floor of the metric. */
    readonly wished: number;
    /** About how many replications it would take: half-widths shrink with their square root. */
    readonly needed: number;
  } | null;
}

/** Whether all watched intervals are narrow, and which is the widest. */
export function precisionOf(
  variants: readonly { readonly name: string; readonly metrics: Readonly<Record<string, Estimate>> }[],
  replications: number,
  { relative, most }: PrecisionWish,
): PrecisionResult {
  let widest: PrecisionResult["widest"] = null;
  let worst = -1;
  for (const { name, metrics } of variants)
    for (const { id, unit } of METRICS) {
      const { mean = null, halfWidth = null } = WATCHED.includes(id) ? (metrics[id] ?? {}) : {};
      if (mean === null || halfWidth === null) continue;
      const wished = Math.max(relative * Math.abs(mean), FLOORS[unit]);
      const ratio = halfWidth / wished;
      if (ratio <= worst) continue;
      worst = ratio;
      const needed = Math.ceil(replications * ratio * ratio);
      widest = { variant: name, metric: id, mean, halfWidth, wished, needed };
    }
  return { relative, most, replications, isReached: worst >= 0 && worst <= 1, widest };
}
