import type { BaselineComparison, MetricMove } from "../experiment/baseline/baseline-comparison.ts";
import type { RunResult } from "../experiment/result.ts";
import { differenceText, metricColumn, valueText } from "./metric-column.ts";
import { formatShare } from "./number-format.ts";

/** What moved against a stored result, one sentence each; the first says it in short. */
export function baselineLines(result: RunResult, against: BaselineComparison): readonly string[] {
  const regressions = against.moves.filter(({ isRegression }) => isRegression).length;
  const head =
    against.moves.length === 0
      ? `against ${against.file}: no metric moved`
      : `against ${against.file}: ${against.moves.length} moved, ${regressions} ${regressions === 1 ? "regression" : "regressions"} beyond ${formatShare(against.tolerance)}`;
  const only = (names: readonly string[], where: string): readonly string[] =>
    names.length === 0 ? [] : [`${names.join(", ")}: only ${where}`];
  return [
    head,
    ...(against.isSameScenario ? [] : ["the scenario is not the one of the baseline"]),
    ...only(against.onlyBefore, "in the baseline"),
    ...only(against.onlyNow, "here"),
    ...against.moves.map((move) => moveText(result, move)),
  ];
}

/** "REGRESSION byrequests: p99 41.2 ms, now 44.0 ms (+2.8 ± 0.4 ms)" */
function moveText(result: RunResult, move: MetricMove): string {
  const metric = result.metrics.find(({ id }) => id === move.metric);
  if (metric === undefined) return `${move.variant}: ${move.metric}`;
  const column = metricColumn(result, metric);
  const value = (mean: number): string => valueText(column, { mean, halfWidth: null, values: [] });
  const { difference, halfWidth, variant } = move;
  const by = differenceText(column, { variant, metric: move.metric, difference, halfWidth, verdict: move.verdict });
  const word = move.isRegression ? "REGRESSION" : move.verdict;
  return `${word} ${variant}: ${metric.title} ${value(move.before)}, now ${value(move.now)} (${by})`;
}
