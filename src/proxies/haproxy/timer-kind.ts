/** What a timer of the machine is for. */
export const TimerKind = {
  /** Queue, turn-around or tarpit of a request, by request: it waits for one of them at a time. */
  STREAM: 0,
  /** The next check of a server, by member. */
  CHECK: 1,
  /** The next step of a server's slow start, by member. */
  SLOWSTART: 2,
  /** A client connection without a whole request, by slot of the connection. */
  CLIENT: 3,
} as const;
