/** What a timer of the machine is for. */
export const TimerKind = {
  /** The next of a handler's failures is forgotten. */
  FAILS: 0,
  /** The next round of a handler's active checks. */
  HEALTH: 1,
  /** Pause between attempts, by request. */
  RETRY: 2,
  /** response_header_timeout, by request. */
  HEAD: 3,
  /** An idle client connection, by connection. */
  IDLE: 4,
} as const;
