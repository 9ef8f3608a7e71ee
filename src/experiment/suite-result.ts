import type { RunResult } from "./result.ts";

/** What became of one scenario of a suite. The worst that happened counts. */
export type SuiteStatus = "pass" | "fail" | "inconclusive" | "differs" | "unusable" | "interrupted";

export interface SuiteEntry {
  /** Path of the scenario. */
  readonly file: string;
  readonly status: SuiteStatus;
  /** The run that its expectations were judged by; null when it has none or was not run. */
  readonly result: RunResult | null;
  /** Null when none is recorded. */
  readonly fingerprint: SuiteFingerprint | null;
  /** Why it can't be used, in words; "" when it can. */
  readonly problem: string;
}

/** A recorded fingerprint and what it is now. */
export interface SuiteFingerprint {
  /** The file that holds it. */
  readonly recordedIn: string;
  readonly seed: number;
  readonly replications: number;
  /** Null = not recorded yet. */
  readonly recorded: string | null;
  readonly now: string;
}

/** Worst first: what a suite's exit code and a scenario's status go by. */
export const SUITE_STATUSES: readonly SuiteStatus[] = [
  "interrupted",
  "unusable",
  "fail",
  "inconclusive",
  "differs",
  "pass",
];

/** The status that counts. */
export function worstStatus(statuses: readonly SuiteStatus[]): SuiteStatus {
  return SUITE_STATUSES.find((status) => statuses.includes(status)) ?? "pass";
}
