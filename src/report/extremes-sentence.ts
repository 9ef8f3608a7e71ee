import type { RunResult } from "../experiment/result.ts";
import { bestVariants, comparisonOf, type MetricColumn, metricColumns, valueText } from "./metric-column.ts";

/**
 * What a metric shows, in one sentence: the value of the only variant; or that no difference is shown; or who is best and
 * who is last, in the words "highest" and "lowest" so that it can be checked against the table.
 */
export function extremesSentence(result: RunResult, metricId: string): string {
  const [column] = metricColumns(result, [metricId]);
  if (column === undefined) return "";
  const title = column.metric.title;
  const known = result.variants.flatMap((variant) => {
    const estimate = variant.metrics[metricId];
    return typeof estimate?.mean === "number" ? [{ name: variant.name, estimate, mean: estimate.mean }] : [];
  });
  const [first] = known;
  if (first === undefined) return `${capital(title)}: no sample in any replication.`;
  if (known.length === 1) return `${capital(title)} of ${first.name}: ${valueText(column, first.estimate)}.`;
  const compared = result.comparisons.filter((comparison) => comparison.metric === metricId);
  const baseline = known.find(({ name }) => name === result.baseline) ?? first;
  if (!compared.some((comparison) => comparison.verdict !== "no difference shown")) {
    const value = valueText(column, baseline.estimate);
    return `${capital(title)}: no difference from ${baseline.name} (${value}) is shown for any variant.`;
  }
  const sorted = [...known].sort((a, b) => b.mean - a.mean);
  const highest = sorted[0] ?? first;
  const lowest = sorted.at(-1) ?? first;
  const ends = `highest with ${highest.name} (${valueText(column, highest.estimate)}), lowest with ${lowest.name} (${valueText(column, lowest.estimate)})`;
  return `${capital(title)}: ${ends}${verdictCount(result, column)}.`;
}

/** "; against byrequests 2 better, 1 worse" */
function verdictCount(result: RunResult, column: MetricColumn): string {
  const verdicts = result.variants.flatMap((variant) => {
    const comparison = comparisonOf(result, variant.name, column.metric.id);
    return comparison === undefined ? [] : [comparison.verdict];
  });
  const count = (["better", "worse", "differs", "no difference shown"] as const)
    .map((verdict) => ({ verdict, times: verdicts.filter((candidate) => candidate === verdict).length }))
    .filter(({ times }) => times > 0)
    .map(
      ({ verdict, times }) => `${times} ${verdict === "no difference shown" ? "without a shown difference" : verdict}`,
    );
  return bestVariants(result, column.metric).length === 0 && count.length === 0
    ? ""
    : `; against ${result.baseline}: ${count.join(", ")}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
