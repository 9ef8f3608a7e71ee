import { DEFAULT_LEVEL, type Interval, meanInterval } from "./confidence-interval.ts";

/** Mean of candidate − baseline over the replications that both have, with its confidence interval. */
export interface PairedDifference extends Interval {
  /** Replications left out because one side had no samples (NaN). */
  readonly leftOut: number;
}

/** Whether a larger or a smaller value of a metric is the better one. */
export type BetterDirection = "higher" | "lower";

/** What a paired comparison shows. */
export type Verdict = "better" | "worse" | "no difference shown";

/**
 * Compares two variants replication by replication. Both lists are in replication order, and entry i of both was
 * simulated with the same random numbers, so the difference carries only what the variants do differently.
 *
 * Source: paired-t confidence interval, Law, Simulation Modeling and Analysis, 5th ed. 2015, section 10.2.1.
 *
 * @throws RangeError when the lists differ in length or `level` does not lie strictly between 0 and 1.
 */
export function pairedDifference(
  baseline: readonly number[],
  candidate: readonly number[],
  level: number = DEFAULT_LEVEL,
): PairedDifference {
  if (baseline.length !== candidate.length) {
    throw new RangeError(
      `a paired comparison needs the same replications on both sides, got ${baseline.length} and ${candidate.length}`,
    );
  }
  const differences: number[] = [];
  for (const [replication, before] of baseline.entries()) {
    const after = candidate[replication] ?? Number.NaN;
    if (!Number.isNaN(before) && !Number.isNaN(after)) differences.push(after - before);
  }
  return { ...meanInterval(differences, level), leftOut: baseline.length - differences.length };
}

/**
 * Reads an interval as a sentence: the candidate is better or worse only when zero lies outside the interval.
 * A zero on the very edge, one replication or none shows nothing.
 */
export function verdict(difference: Interval, betterDirection: BetterDirection): Verdict {
  if (!(Math.abs(difference.mean) > difference.halfWidth)) return "no difference shown";
  return difference.mean > 0 === (betterDirection === "higher") ? "better" : "worse";
}
