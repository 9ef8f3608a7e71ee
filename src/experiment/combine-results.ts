import { compareWithBaseline } from "./comparisons.ts";
import type { RunResult, VariantResult } from "./result.ts";

/** A stored result and what to call it beside others: "2026-11 report", a file, a folder. */
export interface NamedResult {
  readonly name: string;
  readonly result: RunResult;
}

/** Why two results can't be drawn into one report. */
export class CombineError extends RangeError {}

/**
 * Several results as one, the first one's baseline as the baseline of all. Differences are paired, so they are only
 * given when every result comes from the same scenario with the same seed: else common random numbers do not hold.
 *
 * @throws CombineError when time axes or backends differ, so that no chart could show both.
 */
export function combineResults(named: readonly NamedResult[]): RunResult {
  const [first, ...others] = named;
  if (first === undefined) throw new CombineError("there is no result");
  if (others.length === 0) return first.result;
  for (const other of others) assertComparable(first, other);
  const variants = named.flatMap(({ name, result }) =>
    result.variants.map((variant): VariantResult => ({ ...variant, name: `${name} · ${variant.name}` })),
  );
  const { result: base } = first;
  const baseline = `${first.name} · ${base.baseline}`;
  const paired = others.every(({ result }) => result.seed === base.seed && result.scenario.hash === base.scenario.hash);
  const remarks = paired ? [] : ["the results come from different scenarios or seeds: differences are not compared"];
  return {
    ...base,
    fingerprint: named.map(({ result }) => result.fingerprint).join(" "),
    interrupted: named.some(({ result }) => result.interrupted),
    reproduce: named.map(({ result }) => result.reproduce).join(" && "),
    replications: Math.min(...named.map(({ result }) => result.replications)),
    baseline,
    variants,
    comparisons: paired ? compareWithBaseline(base.metrics, variants, baseline, base.level) : [],
    warnings: [...remarks, ...named.flatMap(({ name, result }) => result.warnings.map((each) => `${name}: ${each}`))],
  };
}

function assertComparable(first: NamedResult, other: NamedResult): void {
  const [a, b] = [first.result, other.result];
  const differs = (what: string): never => {
    throw new CombineError(`${first.name} and ${other.name} can't stand in one report: ${what} differ`);
  };
  if (a.timing.durationUs !== b.timing.durationUs || a.timing.binUs !== b.timing.binUs) differs("their observed times");
  if (a.backends.join("\n") !== b.backends.join("\n")) differs("their backends");
}
