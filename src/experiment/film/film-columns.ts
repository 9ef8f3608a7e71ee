/** What happened at an instant of a film; several may at once. */
export const FilmEvent = {
  REQUEST_STARTED: 1,
  ATTEMPT: 2,
  REQUEST_ENDED: 4,
  /** A request ended badly. */
  FAILED: 8,
  SESSION_LOST: 16,
  /** A member's state changed. */
  STATE: 32,
  /** A fault began or ended. */
  FAULT: 64,
  /** Nothing in particular: one of the frames in even distances that a thinned-out film has. */
  KEY: 128,
} as const;

/** Events that a reader jumps to. */
export const OF_INTEREST = FilmEvent.FAILED | FilmEvent.SESSION_LOST | FilmEvent.STATE | FilmEvent.FAULT;

/**
 * The columns of a film beside those of the status page, in the order in which they are stored. What follows from another
 * column is stored as the difference to what one would expect, which nearly always is nothing.
 */
export const FILM_COLUMNS = [
  // instants: microseconds since the one before, its last eight bits apart as they have no pattern
  "gapLow",
  "gapHigh",
  "events",
  // how many requests started (but one), how many decisions were made (against the last time such an instant came), how many
  // requests ended (but one): only where the events say that it happened at all
  "starts",
  "decisions",
  "ends",
  // requests in the order in which they started
  "rank",
  "clientLow",
  "clientHigh",
  "clientNumber",
  "session",
  "ordinal",
  /** Which of those under way ended. */
  "end",
  /** All else of a request: known tales by number, else the columns below. */
  "tale",
  "try",
  "class",
  "status",
  "outcome",
  "found",
  "loss",
  "attempts",
  "attemptMember",
  "attemptResult",
  // decisions in the order in which they were made
  "decisionRequest",
  "decisionOrdinal",
  "rule",
  "winner",
  "before",
  "after",
  /** What the decision was about: known shapes by number, else the columns below. */
  "shape",
  "group",
  "method",
  "sticky",
  "tier",
  "candidates",
  "candidate",
  "excluded",
  "scores",
  "score",
  /** Which cells changed: known sets by number, else the columns below. */
  "cellSet",
  "cellCount",
  "cell",
] as const;

/** Numbers without a pattern in their last eight bits have these in a byte of their own. */
export const LOW_BYTE = 256;

export type FilmColumn = (typeof FILM_COLUMNS)[number];

/** Changes with the columns: a film of another version can't be read. */
export const FILM_VERSION = 3;

/** What stands before the bytes of a film. */
export interface FilmHeader {
  readonly version: typeof FILM_VERSION;
  /** All requests of the run are in it; else a chosen part. */
  readonly complete: boolean;
  /** Its times are told from those of another film, without which it can't be read: see Foresight. */
  readonly foreseen?: true;
  readonly classes: readonly string[];
  readonly texts: readonly string[];
  /** Tables of the status page: title, and the column of every cell row by row. */
  readonly tables: readonly { readonly title: string; readonly rows: readonly (readonly string[])[] }[];
  /** Bytes of each of FILM_COLUMNS, then of the values of every cell in the order of `tables`. */
  readonly lengths: readonly number[];
}
