export type ExpectationVerdict = "pass" | "fail" | "inconclusive";

/** By what a verdict was reached. */
export type ExpectationBasis =
  | "interval"
  | "every replication"
  | "no failures"
  | "only failures"
  | "one replication"
  | "no samples";

/** What counts as independent where nothing ever failed, or everything did (see `IndependentUnits`). */
export type UnitOfChance = "session" | "request" | "replication";

/** One expectation on one variant. Plain JSON. */
export interface ExpectationResult {
  readonly text: string;
  readonly variant: string;
  readonly verdict: ExpectationVerdict;
  readonly basis: ExpectationBasis;
  /** Of the value below; "share" is a difference to the entitlement, 0..1. */
  readonly unit: "ratio" | "µs" | "1/s" | "count" | "share";
  /** Mean over replications; null when there was no sample. */
  readonly value: number | null;
  readonly halfWidth: number | null;
  readonly bound: number;
  /** Replications, and how many of them had a sample. */
  readonly replications: number;
  readonly samples: number;
  /** Numbers of the replications that break it on their own; only with the basis "every replication". */
  readonly broken: readonly number[];
  /** With no failure (or no success) among `units` independent units: upper bound of its rate, about 3/units. */
  readonly rateBelow: number | null;
  readonly units: number | null;
  /** What a unit is; results of before it was written count sessions. */
  readonly unitOfChance?: UnitOfChance | null;
  /** Where sessions share scheduled faults: the same bound with replications as units. */
  readonly replicationsBelow?: number | null;
  /** Where it is written. */
  readonly file: string;
  readonly line: number;
}

/** The worst of the verdicts; a pass when there are none. */
export function worstVerdict(results: readonly { readonly verdict: ExpectationVerdict }[]): ExpectationVerdict {
  if (results.some(({ verdict }) => verdict === "fail")) return "fail";
  return results.some(({ verdict }) => verdict === "inconclusive") ? "inconclusive" : "pass";
}
