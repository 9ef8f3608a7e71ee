/** What a timer of the machine is for; the id is kind + 8 × number of the thing it belongs to. */
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

export function timerId(kind: number, slot: number): number {
  return kind + slot * 8;
}

export function timerKind(id: number): number {
  return id % 8;
}

export function timerSlot(id: number): number {
  return Math.floor(id / 8);
}
