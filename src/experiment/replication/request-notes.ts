/** What is kept of a request that runs: column of `notes[(request << 4) | …]`. */
export const Note = {
  CLIENT: 0,
  SESSION: 1,
  ORDINAL: 2,
  TRY: 3,
  CLASS: 4,
  SESSION_SLOT: 5,
  /** Attempts so far, and a hash of the members that they went to, in their order. */
  ATTEMPTS: 6,
  ATTEMPT_HASH: 7,
  /** MISSING or FOUND once a backend has looked for the session's state. */
  VERDICT: 8,
  /** 1 = the try is out. */
  IS_OPEN: 9,
} as const;
