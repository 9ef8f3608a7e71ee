import type { SweepResult } from "../experiment/sweep/sweep-result.ts";
import type { DataTable } from "./charts/chart.ts";
import { PLANNER_COLUMNS, plannerCells } from "./planner-columns.ts";

/** "3 points × 2 variants × 10 replications · seed 1 · 95 % intervals" */
export function sweepLine(result: SweepResult): string {
  const design = result.design === "lhs" ? "Latin hypercube" : "all combinations";
  const { points, variants, replications, seed, level, scenario } = result;
  return `${scenario.name} · ${counted(points.length, "point")} (${design}) × ${counted(variants.length, "variant")} × ${counted(replications, "replication")} · seed ${seed} · ${level * 100} % intervals`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** One row per point and variant with the most asked metrics. */
export function sweepTable(result: SweepResult): DataTable {
  return {
    caption: "Means over replications ± half-width of the interval",
    columns: [...result.axes.map(({ key }) => key), "variant", ...PLANNER_COLUMNS.map(({ title }) => title)],
    rows: result.points.flatMap((point) =>
      point.variants.map((variant) => [...point.values, variant.name, ...plannerCells(variant.metrics)]),
    ),
  };
}
