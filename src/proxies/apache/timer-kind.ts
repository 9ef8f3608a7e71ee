/** What a timer of the machine is for. */
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
