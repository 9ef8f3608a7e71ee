import type { ExpectationOperator } from "../../config/expectations/expectation.ts";
import { meanInterval } from "../analysis/confidence-interval.ts";
import { upperBoundZeroFailures } from "../analysis/proportion.ts";
import type { ExpectationBasis, ExpectationVerdict, UnitOfChance } from "./expectation-result.ts";

/** What is known about the value that an expectation speaks of. */
export interface Evidence {
  /** One per replication; null = no sample there. */
  readonly values: readonly (number | null)[];
  /** Half-width from batch means where there is only one replication; null = none. */
  readonly halfWidth: number | null;
  /** Judged in every replication: counts, and every `==` and `!=`. */
  readonly isEvery: boolean;
  /** Of what the value is the share; null = no share of things that fail or don't. */
  readonly chance: IndependentUnits | null;
}

/** The independent units behind a share. */
export interface IndependentUnits {
  /** The value of the share when nothing failed. */
  readonly flawless: 0 | 1;
  readonly count: number;
  readonly unit: UnitOfChance;
  /** Sessions of a replication share a fault, which comes at the same time in every replication. */
  readonly isFaultShared: boolean;
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
  /** Upper bound of the rate of failures when there was none, of successes when there was none; null otherwise. */
  readonly rateBelow: number | null;
  readonly units: number | null;
  readonly unitOfChance: UnitOfChance | null;
  readonly replicationsBelow: number | null;
}

/**
 * Judges one expectation. By interval: it passes when the whole interval is on the good side of the bound, fails when it
 * is on the bad side, else it is inconclusive. Counts and equalities must hold in every replication. A share without a
 * single failure, or with nothing but failures, has no spread to make an interval of; n independent units without one bound
 * its rate by 1 − (1 − level)^(1/n), about 3/n (Hanley and Lippman-Hand 1983), and that bound is judged. No samples never
 * pass.
 */
export function judge(evidence: Evidence, operator: ExpectationOperator, bound: number, level: number): Judgement {
  const samples = evidence.values.filter((value): value is number => value !== null && Number.isFinite(value));
  const common = { ...NOTHING, samples: samples.length };
  if (samples.length === 0) return { ...common, verdict: "inconclusive", basis: "no samples" };
  const { mean, halfWidth: spread } = meanInterval(samples, level);
  const halfWidth = samples.length > 1 ? spread : evidence.halfWidth;
  const sure = certaintyOf(evidence.chance, samples, level);
  const known = { ...common, value: mean, halfWidth, ...sure?.bounds };
  if (evidence.isEvery) {
    const broken = evidence.values.flatMap((value, r) => (value === null || holds(operator, value, bound) ? [] : [r]));
    return { ...known, broken, verdict: broken.length === 0 ? "pass" : "fail", basis: "every replication" };
  }
  if (sure !== null) return { ...known, verdict: byRange(operator, sure.range, bound), basis: sure.basis };
  if (halfWidth === null) return { ...known, verdict: "inconclusive", basis: "one replication" };
  const range = { low: mean - halfWidth, high: mean + halfWidth };
  return { ...known, verdict: byRange(operator, range, bound), basis: "interval" };
}

const NOTHING = {
  broken: [],
  value: null,
  halfWidth: null,
  rateBelow: null,
  units: null,
  unitOfChance: null,
  replicationsBelow: null,
} as const;

/** What is known of a share that was the same 0 or 1 in every replication; null where it was not. */
function certaintyOf(chance: IndependentUnits | null, samples: readonly number[], level: number) {
  if (chance === null || chance.count === 0) return null;
  const [first] = samples;
  const { flawless, count, unit, isFaultShared } = chance;
  // Losses are counted per state, and a session may have several: one of each is not "all".
  const isSure = first === flawless || (first === 0 && flawless === 1);
  if (!isSure || samples.some((value) => value !== first)) return null;
  const rateBelow = upperBoundZeroFailures(count, level);
  const replicationsBelow = isFaultShared ? upperBoundZeroFailures(samples.length, level) : null;
  return {
    range: first === 1 ? { low: 1 - rateBelow, high: 1 } : { low: 0, high: rateBelow },
    basis: first === flawless ? ("no failures" as const) : ("only failures" as const),
    bounds: { rateBelow, units: count, unitOfChance: unit, replicationsBelow },
  };
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
