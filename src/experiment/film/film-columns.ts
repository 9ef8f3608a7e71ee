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
  /** Which cells changed: 0 = a set not met before, which follows; else its number. */
  "cellSet",
  "cellCount",
  "cell",
  // requests in the order in which they started
  "rank",
  "start",
  "client",
  "session",
  "ordinal",
  "try",
  "class",
  "span",
  "status",
  "outcome",
  "found",
  "loss",
  "attempts",
  "attemptMember",
  "attemptResult",
  // decisions in the order in which they were made
  "decisionRank",
  "decisionInstant",
  "decisionOrdinal",
  "rule",
  "winner",
  "before",
  "after",
  /** What the decision was about: 0 = a shape not met before, which follows; else its number. */
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
] as const;

/** Microseconds of a gap that stand in a byte of their own. */
export const GAP_UNIT = 256;

export type FilmColumn = (typeof FILM_COLUMNS)[number];

/** Changes with the columns: a film of another version can't be read. */
export const FILM_VERSION = 2;

/** What stands before the bytes of a film. */
export interface FilmHeader {
  readonly version: typeof FILM_VERSION;
  /** All requests of the run are in it; else a chosen part. */
  readonly complete: boolean;
  readonly classes: readonly string[];
  readonly texts: readonly string[];
  /** Tables of the status page: title, and the column of every cell row by row. */
  readonly tables: readonly { readonly title: string; readonly rows: readonly (readonly string[])[] }[];
  /** Bytes of each of FILM_COLUMNS, then of the values of every cell in the order of `tables`. */
  readonly lengths: readonly number[];
}
