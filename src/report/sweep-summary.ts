import type { SweepResult, SweptEstimate } from "../experiment/sweep/sweep-result.ts";
import type { DataTable } from "./charts/chart.ts";
import { formatEstimate } from "./number-format.ts";

/** The columns that a planner reads first. Times are in ms, shares in percent. */
const COLUMNS = [
  { id: "throughput", title: "good/s", divisor: 1 },
  { id: "availability", title: "availability (%)", divisor: 0.01 },
  { id: "response_mean", title: "mean (ms)", divisor: 1_000 },
  { id: "response_p95", title: "p95 (ms)", divisor: 1_000 },
  { id: "response_p99", title: "p99 (ms)", divisor: 1_000 },
  { id: "sessions_lost", title: "sessions lost", divisor: 1 },
] as const;

/** "3 points × 2 variants × 10 replications · seed 1 · 95 % intervals" */
export function sweepLine(result: SweepResult): string {
  const design = result.design === "lhs" ? "Latin hypercube" : "all combinations";
  const { points, variants, replications, seed, level, scenario } = result;
  return `${scenario.name} · ${points.length} points (${design}) × ${variants.length} variants × ${replications} replications · seed ${seed} · ${level * 100} % intervals`;
}

/** One row per point and variant with the most asked metrics. */
export function sweepTable(result: SweepResult): DataTable {
  return {
    caption: "Means over replications ± half-width of the interval",
    columns: [...result.axes.map(({ key }) => key), "variant", ...COLUMNS.map(({ title }) => title)],
    rows: result.points.flatMap((point) =>
      point.variants.map((variant) => [
        ...point.values,
        variant.name,
        ...COLUMNS.map(({ id, divisor }) => scaled(variant.metrics[id], divisor)),
      ]),
    ),
  };
}

function scaled(estimate: SweptEstimate | undefined, divisor: number): string {
  const { mean = null, halfWidth = null } = estimate ?? {};
  return formatEstimate(mean === null ? null : mean / divisor, halfWidth === null ? null : halfWidth / divisor);
}
