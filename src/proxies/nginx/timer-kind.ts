/** What a timer of the machine is for. */
export const TimerKind = {
  /** keepalive_timeout of a client connection. */
  KEEP_ALIVE: 0,
  /** client_header_timeout of a client connection. */
  REQUEST_HEAD: 1,
  /** A request's turn in limit_req. */
  LIMIT_REQ: 2,
  /** keepalive_timeout of a connection to a server. */
  KEPT: 3,
  /** A request's time in the queue of its upstream. */
  QUEUE: 4,
  /** The next health check, by check and server. */
  HEALTH: 5,
  /** A server may be available again to those in the queue of an upstream. */
  WAKE: 6,
} as const;
