import type { ExpectationOperator } from "../../config/expectations/expectation.ts";
import { meanInterval } from "../analysis/confidence-interval.ts";
import { upperBoundZeroFailures } from "../analysis/proportion.ts";
import type { ExpectationBasis, ExpectationVerdict } from "./expectation-result.ts";

/** What is known about the value that an expectation speaks of. */
export interface Evidence {
  /** One per replication; null = no sample there. */
  readonly values: readonly (number | null)[];
  /** Half-width from batch means where there is only one replication; null = none. */
  readonly halfWidth: number | null;
  /** Judged in every replication: counts, and every `==` and `!=`. */
  readonly isEvery: boolean;
  /** The value of a share without any failure, 1 or 0, and of how many independent units it is the share; null = no such share. */
  readonly flawless: { readonly value: 0 | 1; readonly units: number } | null;
}

export interface Judgement {
  readonly verdict: ExpectationVerdict;
  readonly basis: ExpectationBasis;
  readonly value: number | null;
  readonly halfWidth: number | null;
  /** Replications that had a sample. */
  readonly samples: number;
  /** Of them, those that break the expectation on their own; only where each is judged. */
  readonly broken: readonly number[];
  /** Upper bound of the rate of failures when there was none; null otherwise. */
  readonly rateBelow: number | null;
  readonly units: number | null;
}

/**
 * Judges one expectation. By interval: it passes when the whole interval is on the good side of the bound, fails when it
 * is on the bad side, else it is inconclusive. Counts and equalities must hold in every replication. A share without a
 * single failure has no spread to make an interval of; n independent units without a failure bound its rate by
 * 1 − (1 − level)^(1/n), about 3/n (Hanley and Lippman-Hand 1983), and that bound is judged. No samples never pass.
 */
export function judge(evidence: Evidence, operator: ExpectationOperator, bound: number, level: number): Judgement {
  const samples = evidence.values.filter((value): value is number => value !== null && Number.isFinite(value));
  const nothing = { broken: [], rateBelow: null, units: null, samples: samples.length, value: null, halfWidth: null };
  if (samples.length === 0) return { ...nothing, verdict: "inconclusive", basis: "no samples" };
  const { mean, halfWidth: spread } = meanInterval(samples, level);
  const halfWidth = samples.length > 1 ? spread : evidence.halfWidth;
  const { flawless } = evidence;
  const isFlawless = flawless !== null && flawless.units > 0 && samples.every((value) => value === flawless.value);
  const rateBelow = isFlawless ? upperBoundZeroFailures(flawless.units, level) : null;
  const known = { ...nothing, value: mean, halfWidth, rateBelow, units: isFlawless ? flawless.units : null };
  if (evidence.isEvery) {
    const broken = evidence.values.flatMap((value, r) => (value === null || holds(operator, value, bound) ? [] : [r]));
    return { ...known, broken, verdict: broken.length === 0 ? "pass" : "fail", basis: "every replication" };
  }
  if (isFlawless && rateBelow !== null) {
    const range: Range = flawless.value === 1 ? { low: 1 - rateBelow, high: 1 } : { low: 0, high: rateBelow };
    return { ...known, verdict: byRange(operator, range, bound), basis: "no failures" };
  }
  if (halfWidth === null) return { ...known, verdict: "inconclusive", basis: "one replication" };
  const range = { low: mean - halfWidth, high: mean + halfWidth };
  return { ...known, verdict: byRange(operator, range, bound), basis: "interval" };
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function byRange(operator: ExpectationOperator, { low, high }: Range, bound: number): ExpectationVerdict {
  if (operator === "within") {
    if (low >= -bound && high <= bound) return "pass";
    return low > bound || high < -bound ? "fail" : "inconclusive";
  }
  const [atLow, atHigh] = [holds(operator, low, bound), holds(operator, high, bound)];
  return atLow && atHigh ? "pass" : atLow || atHigh ? "inconclusive" : "fail";
}

function holds(operator: ExpectationOperator, value: number, bound: number): boolean {
  switch (operator) {
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    case ">":
      return value > bound;
    case ">=":
      return value >= bound;
    case "==":
      return value === bound;
    case "!=":
      return value !== bound;
    case "within":
      return Math.abs(value) <= bound;
  }
}
