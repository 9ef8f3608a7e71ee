import type { SweptEstimate } from "../experiment/sweep/sweep-result.ts";
import { formatEstimate } from "./number-format.ts";

/** The columns that a planner reads first. Times are in ms, shares in percent. */
export const PLANNER_COLUMNS = [
  { id: "throughput", title: "good/s", divisor: 1 },
  { id: "availability", title: "availability (%)", divisor: 0.01 },
  { id: "response_mean", title: "mean (ms)", divisor: 1_000 },
  { id: "response_p95", title: "p95 (ms)", divisor: 1_000 },
  { id: "response_p99", title: "p99 (ms)", divisor: 1_000 },
  { id: "sessions_lost", title: "sessions lost", divisor: 1 },
] as const;

/** The cells of one row under the planner's columns; "-" where a metric has no sample. */
export function plannerCells(metrics: Readonly<Record<string, SweptEstimate>>): readonly string[] {
  return PLANNER_COLUMNS.map(({ id, divisor }) => {
    const { mean = null, halfWidth = null } = metrics[id] ?? {};
    return formatEstimate(mean === null ? null : mean / divisor, halfWidth === null ? null : halfWidth / divisor);
  });
}
