import type { ErlangCheck, NoErlangCheck } from "./erlang-check.ts";
import type { PlanVerdict } from "./find-limit.ts";

export const PLAN_FORMAT = "lbsim-plan";
export const PLAN_VERSION = 1;

/** What a plan found. Plain JSON. */
export interface PlanResult {
  readonly format: typeof PLAN_FORMAT;
  readonly version: typeof PLAN_VERSION;
  readonly lbsim: string;
  readonly scenario: { readonly name: string; readonly file: string };
  readonly seed: number;
  /** Confidence level of every interval, 0.95. */
  readonly level: number;
  readonly reproduce: string;
  readonly direction: "largest" | "smallest";
  readonly key: string;
  /** Neighbouring values differ by this ratio; null = by the written step. */
  readonly resolution: number | null;
  readonly expectations: readonly string[];
  readonly conditions: readonly string[];
  readonly answers: readonly PlanAnswer[];
}

/** The answer for one variant. */
export interface PlanAnswer {
  readonly variant: string;
  /** The last value that keeps all expectations; null = none of the range does. */
  readonly value: string | null;
  /** The first value beyond it that is shown to break one; null = the range ends before. */
  readonly failsFrom: string | null;
  /** The value behind `value`: the nearest one that is not shown to pass; null = the range ends. */
  readonly next: string | null;
  /** What broke or could not be decided at `next`. */
  readonly limitedBy: string | null;
  /** All values that were run, the easiest first. */
  readonly runs: readonly PlanRun[];
  /** A harder value passed where an easier one did not: bisection can't be relied on. */
  readonly isMonotone: boolean;
  readonly erlang: ErlangCheck | NoErlangCheck;
}

/** One value that was tried. */
export interface PlanRun {
  readonly value: string;
  readonly verdict: PlanVerdict;
  readonly replications: number;
  /** The condition that decided, and what it said about the expectations. */
  readonly condition: string;
  readonly why: string;
  readonly metrics: Readonly<Record<string, { readonly mean: number | null; readonly halfWidth: number | null }>>;
}
