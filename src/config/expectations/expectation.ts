import type { Position } from "../../contract/problem.ts";

/** A threshold that a result must meet, as read from `expect:` or `--expect`. */
export interface Expectation {
  readonly text: string;
  readonly position: Position;
  readonly subject: ExpectationSubject;
  readonly operator: ExpectationOperator;
  /** In the unit of the metric: µs, ratio 0..1, per second or a count; of a share: what it may be off, 0..1. */
  readonly bound: number;
  /** Only this variant; null = every one. */
  readonly variant: string | null;
  /** Only requests of this class; null = all. */
  readonly requestClass: string | null;
  /** Only this part of the observed time; null = all of it. */
  readonly window: ExpectationWindow | null;
}

export type ExpectationSubject =
  | { readonly kind: "metric"; readonly id: string }
  /** Response time of the slowest of `p` (0..1) of the user requests. */
  | { readonly kind: "quantile"; readonly p: number }
  /** Share of the attempts of a member's balancer minus the share it was entitled to. */
  | { readonly kind: "share"; readonly member: string };

export const EXPECTATION_OPERATORS = ["<=", ">=", "==", "!=", "<", ">"] as const;

/** `within` belongs to shares alone: off by no more than the bound, either way. */
export type ExpectationOperator = (typeof EXPECTATION_OPERATORS)[number] | "within";

export type ExpectationWindow =
  /** From the start of each outage of a fault to `extendUs` after its end. */
  | { readonly kind: "fault"; readonly id: string; readonly extendUs: number }
  /** Counted from the start of the observed time. */
  | { readonly kind: "span"; readonly fromUs: number; readonly toUs: number };

/** What an expectation can speak of: known before the run, so that a misspelt name is told before it. */
export interface ExpectationWords {
  readonly metrics: readonly ExpectationMetric[];
  readonly variants: readonly string[];
  readonly classes: readonly string[];
  /** Ids of the faults. */
  readonly faults: readonly string[];
  /** Aliases and addresses of the members. */
  readonly members: readonly string[];
  /** Aliases that several members have, with the addresses that can be meant. */
  readonly ambiguous: Readonly<Record<string, readonly string[]>>;
}

export interface ExpectationMetric {
  readonly id: string;
  readonly unit: "ratio" | "µs" | "1/s" | "count";
  /** It is also measured per request class. */
  readonly perClass: boolean;
  /** It is also measured per window. */
  readonly perWindow: boolean;
}
