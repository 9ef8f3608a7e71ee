/** What a timer of the machine is for; the id is kind + 8 × number of the thing it belongs to. */
export const TimerKind = {
  /** timeout http-request or http-keep-alive of a client connection. */
  CLIENT: 0,
  /** timeout queue of a stream. */
  QUEUE: 1,
  /** The turn-around pause of a stream. */
  TURN_AROUND: 2,
  /** The next check of a server, by member. */
  CHECK: 3,
  /** The next second of slowstart of a server, by member. */
  SLOWSTART: 4,
  /** timeout tarpit of a stream. */
  TARPIT: 5,
  /** timeout tunnel of a stream. */
  TUNNEL: 6,
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
