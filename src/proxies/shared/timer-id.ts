/** Kinds of timers that a machine may have: the rest of an id is the number of the thing that it belongs to. */
const KINDS = 8;

/** @param kind what the timer is for, 0 to 7. */
export function timerId(kind: number, slot: number): number {
  return kind + slot * KINDS;
}

export function timerKind(id: number): number {
  return id % KINDS;
}

export function timerSlot(id: number): number {
  return Math.floor(id / KINDS);
}
