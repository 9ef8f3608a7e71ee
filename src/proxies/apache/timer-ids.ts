/** What a timer of the machine is for; the id is kind + 8 × number of the thing it belongs to. */
export const TimerKind = {
  /** First idle client connection of a keep-alive queue. */
  KEEP_ALIVE: 0,
  /** Rest of a request head, by client connection. */
  REQUEST_HEAD: 1,
  /** Free pool connection, by request. */
  ACQUIRE: 2,
  /** Next look for a usable member, by balancer. */
  BALANCER_WAIT: 3,
  /** Health checks. */
  WATCHDOG: 4,
  /** The parent's look at its processes. */
  MAINTENANCE: 5,
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
