import type { BaselineComparison } from "./baseline/baseline-comparison.ts";
import type { ExpectationResult } from "./expectations/expectation-result.ts";
import type { PrecisionResult } from "./precision.ts";

/**
 * RunResult: the one versioned object that every table, file, chart and verdict is a view of.
 * Plain JSON; times in µs, ratios 0..1, estimates with the half-width of their confidence interval.
 */
export const RESULT_FORMAT = "lbsim-result";
export const RESULT_VERSION = 1;

export interface RunResult {
  readonly format: typeof RESULT_FORMAT;
  readonly version: typeof RESULT_VERSION;
  readonly lbsim: string;
  readonly scenario: {
    readonly name: string;
    readonly file: string;
    readonly hash: string /** First comment lines of the file: its question. */;
    readonly about: string;
  };
  readonly seed: number;
  readonly replications: number;
  /** Confidence level of every interval, 0.95. */
  readonly level: number;
  /** Hash over all variants' fingerprints in order. */
  readonly fingerprint: string;
  readonly interrupted: boolean;
  /** Command that makes this result again. */
  readonly reproduce: string;
  readonly timing: {
    readonly warmUpUs: number;
    readonly warmUpFrom: "given" | "MSER-5" | "none";
    readonly durationUs: number;
    readonly drainUs: number /** Width of a bin of every series. */;
    readonly binUs: number;
  };
  /** Values that nobody wrote and that matter: shown so that they can be doubted. */
  readonly assumptions: readonly { readonly key: string; readonly value: string; readonly from: string }[];
  readonly faults: readonly FaultBand[];
  /** Names of the backends, index = identity in all lists below. */
  readonly backends: readonly string[];
  readonly metrics: readonly MetricInfo[];
  readonly baseline: string;
  readonly variants: readonly VariantResult[];
  readonly comparisons: readonly Comparison[];
  readonly warnings: readonly string[];
  /** Intervals come from batch means of one long steady run; absent = from replications. */
  readonly batches?: {
    readonly count: number /** Largest correlation of neighbouring batches. */;
    readonly lag1: number;
  };
  /** Absent when no precision was asked for. */
  readonly precision?: PrecisionResult;
  /** Absent when nothing was expected. */
  readonly expectations?: readonly ExpectationResult[];
  /** Absent when it was not compared with a stored result. */
  readonly against?: BaselineComparison;
}

/** A fault as it happened in replication 0, relative to the start of the observed time. */
export interface FaultBand {
  readonly id: string;
  readonly kind: string;
  readonly backend: number;
  readonly fromUs: number;
  readonly toUs: number;
}

export interface MetricInfo {
  readonly id: string;
  readonly title: string;
  readonly unit: "ratio" | "µs" | "1/s" | "count";
  readonly better: "higher" | "lower" | "neither";
  /** What exactly is counted, one sentence. */
  readonly definition: string;
}

export interface Estimate {
  /** Mean over replications; null when no replication had a sample. */
  readonly mean: number | null;
  /** Half-width of the interval; null with fewer than two replications. */
  readonly halfWidth: number | null;
  /** One value per replication (null = no sample). */
  readonly values: readonly (number | null)[];
}

export interface VariantResult {
  readonly name: string;
  readonly settings: readonly { readonly key: string; readonly value: string }[];
  readonly proxy: {
    readonly family: string;
    readonly version: string;
    readonly behaviourRevision: number;
    readonly file: string;
    readonly hash: string /** Unified diff against the file as written, "" when nothing was set. */;
    readonly diff: string;
  };
  readonly fingerprint: string;
  readonly members: readonly MemberResult[];
  /** Keyed by MetricInfo.id. */
  readonly metrics: Readonly<Record<string, Estimate>>;
  readonly series: VariantSeries;
  readonly latency: LatencyResult;
  readonly sessionLoss: readonly { readonly cause: string; readonly lost: Estimate }[];
  readonly outcomes: readonly { readonly outcome: string; readonly requests: Estimate }[];
  readonly passedOver: readonly {
    readonly kind: "ignored" | "unmodelled";
    readonly directive: string;
    readonly file: string;
    readonly line: number;
  }[];
  readonly problems: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly file: string;
    readonly line: number;
  }[];
  /**
   * Replication 0 as a film: the status page at every retained event and the decision for every retained request (see
   * src/experiment/film); gzip in base64. Absent when nobody asked for it.
   */
  readonly film?: string;
}

export interface MemberResult {
  readonly name: string;
  readonly group: string;
  readonly alias: string | null;
  readonly backend: number;
  readonly weight: number;
  readonly tier: number;
  readonly role: string;
  /** Share of the group's attempts that it was entitled to: its weight among the members usable at each pick. */
  readonly entitlement: Estimate;
  readonly shareRequests: Estimate;
  readonly shareBytes: Estimate;
  readonly shareBusy: Estimate;
  readonly attempts: Estimate;
  readonly failures: Estimate;
  /** Mean utilisation of the backend's cores. */
  readonly utilisation: Estimate;
  /** State of the member over time in replication 0, in the words of its status page. */
  readonly states: readonly { readonly fromUs: number; readonly toUs: number; readonly state: string }[];
  /** Delay between the start of each fault on its backend and the first state change it caused, and likewise at the end (replication 0). */
  readonly detections: readonly {
    readonly fault: string;
    readonly detectedUs: number | null;
    readonly recoveredUs: number | null;
  }[];
}

/** Sums over replications per bin, from the start of the observed time. */
export interface VariantSeries {
  readonly good: readonly number[];
  readonly failed: readonly number[];
  readonly retried: readonly number[];
  readonly failovers: readonly number[];
  readonly sessionsLost: readonly number[];
  /** Sessions lost per bin and backend that held the state: [backend][bin]. */
  readonly sessionsLostByBackend: readonly (readonly number[])[];
  /** Requests that carried a session and reached the backend of their state / all that carried one. */
  readonly stickyHits: readonly number[];
  readonly stickyAsked: readonly number[];
  /** Response time quantiles per bin in µs, pooled over replications; null = no request. */
  readonly p50Us: readonly (number | null)[];
  readonly p99Us: readonly (number | null)[];
  /** Mean number running and waiting per backend and bin: [backend][bin]. */
  readonly running: readonly (readonly number[])[];
  readonly waiting: readonly (readonly number[])[];
}

export interface LatencyResult {
  /** Pooled over replications: response time of user requests from their intended start, as (upper bound in µs, count) of non-empty cells. */
  readonly cells: readonly (readonly [number, number])[];
  /** Quantiles with intervals over replications. */
  readonly quantiles: readonly { readonly p: number; readonly us: Estimate }[];
}

export interface Comparison {
  readonly variant: string;
  readonly metric: string;
  /** Variant minus baseline, paired over replications; null = no samples. */
  readonly difference: number | null;
  readonly halfWidth: number | null;
  readonly verdict: "better" | "worse" | "no difference shown" | "differs";
}
