import type { SparseHistogram } from "../../engine/stats/log-histogram.ts";

/** What one replication of one variant measured: plain JSON, integers and sums, so that replications merge exactly. */
export interface ReplicationResult {
  readonly fingerprint: string;
  /** Observed time, after the warm-up. */
  readonly fromUs: number;
  readonly toUs: number;
  /** Values by MetricInfo.id; null = no sample. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** Tries by Outcome. */
  readonly outcomes: readonly number[];
  /** Lost sessions by LossCause. */
  readonly lostByCause: readonly number[];
  readonly members: readonly MemberMeasures[];
  /** Used core time ÷ (cores × observed time), by backend. */
  readonly utilisation: readonly number[];
  readonly series: SeriesMeasures;
  readonly latency: SparseHistogram;
  /** States of each member over the observed time. */
  readonly states: readonly (readonly StateSpan[])[];
  readonly faults: readonly FaultSpan[];
  /** Parts that expectations speak of, in the order of `slicesOf`; absent when they speak of none. */
  readonly slices?: readonly SliceMeasures[];
  /** Of how many single cases the shares are shares. */
  readonly units: {
    readonly requests: number;
    readonly tries: number;
    readonly sessionsStarted: number;
    readonly sessionsEnded: number;
  };
  /** Share of tries that never reached a balancer. */
  readonly unroutedShare: number;
  readonly rows: RequestRows | null;
  /** What the status page showed and why requests went where they went (see film/); only where it was asked for. */
  readonly film?: string;
  readonly events: number;
}

/** What was measured in one slice. */
export interface SliceMeasures {
  /** User requests in it. */
  readonly requests: number;
  /** By MetricInfo.id, as far as they are measured per slice; null = no sample. */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly latency: SparseHistogram;
}

export interface MemberMeasures {
  readonly attempts: number;
  readonly failures: number;
  readonly shareRequests: number | null;
  readonly shareBytes: number | null;
  readonly shareBusy: number | null;
  readonly entitlement: number | null;
}

export interface StateSpan {
  readonly fromUs: number;
  readonly toUs: number;
  readonly state: string;
}

export interface FaultSpan {
  readonly fault: number;
  readonly backend: number;
  readonly fromUs: number;
  readonly toUs: number;
}

/** Per bin from the start of the observed time. */
export interface SeriesMeasures {
  readonly good: readonly number[];
  readonly failed: readonly number[];
  readonly retried: readonly number[];
  readonly failovers: readonly number[];
  readonly sessionsLost: readonly number[];
  readonly sessionsLostByBackend: readonly (readonly number[])[];
  readonly stickyHits: readonly number[];
  readonly stickyAsked: readonly number[];
  /** Time integral of requests running and waiting, request-µs: [backend][bin]. */
  readonly running: readonly (readonly number[])[];
  readonly waiting: readonly (readonly number[])[];
  /** Response times by bin and coarse cell, as [bin, cell, count]. */
  readonly response: readonly (readonly [number, number, number])[];
  /** Sum of the response times per bin, µs. */
  readonly responseUs: readonly number[];
}

/** One row per try, in the order in which tries ended; columns of equal length. */
export interface RequestRows {
  /** Arrival rank among all tries of the run. */
  readonly started: readonly number[];
  readonly client: readonly number[];
  readonly session: readonly number[];
  readonly ordinal: readonly number[];
  readonly tryNumber: readonly number[];
  readonly classIndex: readonly number[];
  readonly startUs: readonly number[];
  /** -1 = the try has no end when the run is over; its outcome is -1 too. */
  readonly endUs: readonly number[];
  readonly attempts: readonly number[];
  /** Members tried, joined by ">". */
  readonly members: readonly string[];
  readonly status: readonly number[];
  readonly outcome: readonly number[];
  /** 0 none, 1 state found, 2 state missing. */
  readonly session_verdict: readonly number[];
  readonly truncated: boolean;
}
