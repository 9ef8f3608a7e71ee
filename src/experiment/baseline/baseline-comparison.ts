/** A result beside a stored one of the same seed and replications. Plain JSON. */
export interface BaselineComparison {
  /** Path of the stored result as given. */
  readonly file: string;
  /** Fingerprint of the stored result. */
  readonly fingerprint: string;
  readonly isSameScenario: boolean;
  /** How much worse a metric may be, as a share of its old mean. */
  readonly tolerance: number;
  readonly moves: readonly MetricMove[];
  /** Variants that only one of the two results has. */
  readonly onlyBefore: readonly string[];
  readonly onlyNow: readonly string[];
}

/** A metric whose interval of the difference leaves out zero. */
export interface MetricMove {
  readonly variant: string;
  readonly metric: string;
  readonly before: number;
  readonly now: number;
  /** Now minus before, paired by replication. */
  readonly difference: number;
  readonly halfWidth: number;
  readonly verdict: "better" | "worse" | "differs";
  /** Worse by more than the tolerance with all of the interval. */
  readonly isRegression: boolean;
}
