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
  if (baseline !== undefined && counts.length > 0 && !counts.some(({ verdict }) => !SILENT.has(verdict))) {
    const value = valueText(column, baseline.estimate);
    const silent = counts.find(({ verdict }) => verdict === "no sample")?.times ?? 0;
    const unknown = silent === 0 ? "" : `; ${silent} without a sample`;
    return `${capital(title)}: no difference from ${baseline.name} (${value}) is shown for any variant${unknown}.`;
  }
  const means = known.map(({ mean }) => mean);
  const end = (mean: number): string => {
    const [leader = first, ...others] = known.filter((one) => one.mean === mean);
    const names = others.length === 0 ? leader.name : `${leader.name} and ${others.length} more`;
    return `${names} (${valueText(column, leader.estimate)})`;
  };
  const ends = `highest with ${end(Math.max(...means))}, lowest with ${end(Math.min(...means))}`;
  return `${capital(title)}: ${ends}${against(result, baseline !== undefined, counts)}.`;
}

/** "; against byrequests: 2 better, 1 worse"; nothing where nothing was compared, as with results of different seeds. */
function against({ baseline }: RunResult, isKnown: boolean, counts: ReturnType<typeof verdictCounts>): string {
  if (counts.length === 0) return "";
  if (!isKnown) return `; ${baseline} has no sample to compare them with`;
  return `; against ${baseline}: ${counts.map(({ verdict, times }) => `${times} ${WORDS[verdict]}`).join(", ")}`;
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
