import { pairedDifference, verdict } from "./analysis/paired-difference.ts";
import type { Comparison, Estimate, MetricInfo } from "./result.ts";

/** Differences of every variant against the baseline, paired by replication: common random numbers make them small. */
export function compareWithBaseline(
  metrics: readonly MetricInfo[],
  variants: readonly { readonly name: string; readonly metrics: Readonly<Record<string, Estimate>> }[],
  baseline: string,
  level: number,
): Comparison[] {
  const base = variants.find(({ name }) => name === baseline);
  if (base === undefined) return [];
  return variants
    .filter(({ name }) => name !== baseline)
    .flatMap((variant) =>
      metrics.map((metric) =>
        comparePair(metric, base.metrics[metric.id], variant.metrics[metric.id], variant.name, level),
      ),
    );
}

function comparePair(
  metric: MetricInfo,
  base: Estimate | undefined,
  candidate: Estimate | undefined,
  variant: string,
  level: number,
): Comparison {
  const numbers = (estimate: Estimate | undefined): number[] =>
    (estimate?.values ?? []).map((value) => value ?? Number.NaN);
  const difference = pairedDifference(numbers(base), numbers(candidate), level);
  const none: Comparison = {
    variant,
    metric: metric.id,
    difference: null,
    halfWidth: null,
    verdict: "no difference shown",
  };
  if (difference.n === 0) return none;
  const halfWidth = Number.isFinite(difference.halfWidth) ? difference.halfWidth : null;
  const known = { variant, metric: metric.id, difference: difference.mean, halfWidth };
  if (halfWidth === null) return { ...known, verdict: "no difference shown" };
  if (metric.better !== "neither") return { ...known, verdict: verdict(difference, metric.better) };
  return {
    ...known,
    verdict: verdict(difference, "higher") === "no difference shown" ? "no difference shown" : "differs",
  };
}
