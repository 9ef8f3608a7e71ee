import type { RunResult } from "../experiment/result.ts";
import {
  comparisonOf,
  type MetricColumn,
  metricColumns,
  type ShownComparison,
  VERDICTS,
  valueText,
} from "./metric-column.ts";

/**
 * What a metric shows, in one sentence: the value of the only variant; or that no difference is shown; or who is best and
 * who is last, in the words "highest" and "lowest" so that it can be checked against the table. A variant without a sample
 * has shown nothing, neither a difference nor that there is none.
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
  if (known.length === 1) {
    const others = result.variants.length > 1 ? "; no sample in any other variant" : "";
    return `${capital(title)} of ${first.name}: ${valueText(column, first.estimate)}${others}.`;
  }
  const baseline = known.find(({ name }) => name === result.baseline);
  const counts = verdictCounts(result, column);
  if (baseline !== undefined && !counts.some(({ verdict }) => !SILENT.has(verdict))) {
    const value = valueText(column, baseline.estimate);
    const silent = counts.find(({ verdict }) => verdict === "no sample")?.times ?? 0;
    const unknown = silent === 0 ? "" : `; ${silent} without a sample`;
    return `${capital(title)}: no difference from ${baseline.name} (${value}) is shown for any variant${unknown}.`;
  }
  const sorted = [...known].sort((a, b) => b.mean - a.mean);
  const highest = sorted[0] ?? first;
  const lowest = sorted.at(-1) ?? first;
  const ends = `highest with ${highest.name} (${valueText(column, highest.estimate)}), lowest with ${lowest.name} (${valueText(column, lowest.estimate)})`;
  const against =
    baseline === undefined
      ? `; ${result.baseline} has no sample to compare them with`
      : `; against ${result.baseline}: ${counts.map(({ verdict, times }) => `${times} ${WORDS[verdict]}`).join(", ")}`;
  return `${capital(title)}: ${ends}${against}.`;
}

/** Verdicts that show nothing. */
const SILENT: ReadonlySet<string> = new Set(["no difference shown", "no sample"]);

const WORDS: Readonly<Record<ShownComparison["verdict"], string>> = {
  better: "better",
  worse: "worse",
  differs: "differs",
  "no difference shown": "without a shown difference",
  "no sample": "without a sample",
};

/** How often each verdict was given, those that were given at all. */
function verdictCounts(result: RunResult, column: MetricColumn) {
  const verdicts = result.variants.flatMap(({ name }) => comparisonOf(result, name, column.metric.id)?.verdict ?? []);
  return VERDICTS.map((verdict) => ({ verdict, times: verdicts.filter((one) => one === verdict).length })).filter(
    ({ times }) => times > 0,
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
