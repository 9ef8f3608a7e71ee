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

/** The columns of a film beside those of the status page, in the order in which they are stored. */
export const FILM_COLUMNS = [
  // instants
  "gap",
  "events",
  // requests in the order in which they ended
  "rank",
  "client",
  "session",
  "ordinal",
  "try",
  "class",
  "end",
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
  "group",
  "method",
  "sticky",
  "tier",
  "winner",
  "rule",
  "candidates",
  "candidate",
  "excluded",
  "scores",
  "score",
  "before",
  "after",
] as const;

export type FilmColumn = (typeof FILM_COLUMNS)[number];

/** What stands before the bytes of a film. */
export interface FilmHeader {
  readonly version: 1;
  /** All requests of the run are in it; else a chosen part. */
  readonly complete: boolean;
  readonly classes: readonly string[];
  readonly texts: readonly string[];
  /** Tables of the status page: title, and the column of every cell row by row. */
  readonly tables: readonly { readonly title: string; readonly rows: readonly (readonly string[])[] }[];
  /** Bytes of each of FILM_COLUMNS, then of the instants and values of every cell in the order of `tables`. */
  readonly lengths: readonly number[];
}
