import { pairedDifference, verdict } from "../analysis/paired-difference.ts";
import type { Estimate, MetricInfo, RunResult, VariantResult } from "../result.ts";
import type { BaselineComparison, MetricMove } from "./baseline-comparison.ts";

/**
 * Why a stored result can't be the baseline of an experiment that follows these behaviour revisions, in words; null when
 * it can. Another revision decides otherwise on purpose: what moved would say nothing about the change under review.
 */
export function whyNotComparable(
  stored: RunResult,
  variants: readonly string[],
  families: readonly { readonly name: string; readonly behaviourRevision: number }[],
): string | null {
  if (stored.replications < 2) return `it has ${stored.replications} replication: differences would have no interval`;
  if (stored.interrupted) return "it comes from an interrupted run";
  for (const { proxy } of stored.variants) {
    const now = families.find(({ name }) => name === proxy.family);
    if (now !== undefined && now.behaviourRevision !== proxy.behaviourRevision)
      return `it was made with behaviour revision ${proxy.behaviourRevision} of ${proxy.family}; this lbsim has revision ${now.behaviourRevision}`;
  }
  if (!stored.variants.some(({ name }) => variants.includes(name)))
    return `none of its variants (${stored.variants.map(({ name }) => name).join(", ")}) is run here (${variants.join(", ")})`;
  return null;
}

/**
 * Which metrics of which variants moved. Both results have the same seed and replications, so common random numbers pair
 * them and the intervals are narrow.
 */
export function compareWithStored(
  now: RunResult,
  stored: RunResult,
  file: string,
  tolerance: number,
): BaselineComparison {
  const names = (result: RunResult): string[] => result.variants.map(({ name }) => name);
  const moves = now.variants.flatMap((variant) => {
    const before = stored.variants.find(({ name }) => name === variant.name);
    return before === undefined ? [] : movesOf(now, before, variant, tolerance);
  });
  return {
    file,
    fingerprint: stored.fingerprint,
    isSameScenario: now.scenario.hash === stored.scenario.hash,
    tolerance,
    moves,
    onlyBefore: names(stored).filter((name) => !names(now).includes(name)),
    onlyNow: names(now).filter((name) => !names(stored).includes(name)),
  };
}

function movesOf(
  { metrics, level }: RunResult,
  before: VariantResult,
  after: VariantResult,
  tolerance: number,
): readonly MetricMove[] {
  return metrics.flatMap((metric) => {
    const old = before.metrics[metric.id];
    const fresh = after.metrics[metric.id];
    if (old === undefined || fresh === undefined) return [];
    return moveOf(metric, old, fresh, after.name, level, tolerance) ?? [];
  });
}

function moveOf(
  { id, better }: MetricInfo,
  before: Estimate,
  now: Estimate,
  variant: string,
  level: number,
  tolerance: number,
): MetricMove | null {
  const numbers = ({ values }: Estimate): number[] => values.map((value) => value ?? Number.NaN);
  if (before.values.length !== now.values.length) return null;
  const difference = pairedDifference(numbers(before), numbers(now), level);
  if (difference.n < 2 || before.mean === null || now.mean === null) return null;
  const shown = verdict(difference, better === "neither" ? "higher" : better);
  if (shown === "no difference shown") return null;
  const least = Math.abs(difference.mean) - difference.halfWidth;
  return {
    variant,
    metric: id,
    before: before.mean,
    now: now.mean,
    difference: difference.mean,
    halfWidth: difference.halfWidth,
    verdict: better === "neither" ? "differs" : shown,
    isRegression: better !== "neither" && shown === "worse" && least > tolerance * Math.abs(before.mean),
  };
}
