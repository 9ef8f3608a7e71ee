/** A place in a text file that somebody wrote; lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Characters to underline; 0 when only the place is known. */
  readonly length: number;
}

export type Severity = "error" | "warning" | "note";

/** Something to tell the author of a file: what, where, and what to do about it. */
export interface Problem {
  /** Stable kebab-case code, listed by `lbsim list diagnostics` and explained in docs/reference/diagnostics.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** What to write instead, or where to look; null when the message says it all. */
  readonly hint: string | null;
  readonly position: Position | null;
  /** What the real program would not start without ("an events block"), where lbsim takes the file as it is meant. */
  readonly lacks?: string;
}

/** What a diagnostic means, for lists and docs. */
export interface DiagnosticInfo {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence. */
  readonly title: string;
}

/**
 * A directive of the user's file that the simulation does not act on.
 * `ignored` = does not affect balancing; `unmodelled` = affects results in life, not here.
 */
export interface PassedOver {
  readonly kind: "ignored" | "unmodelled";
  readonly directive: string;
  readonly position: Position;
}
