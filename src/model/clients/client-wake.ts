/** What an alarm of the clients is about; the low bits of its id. */
export const ClientWake = {
  /** The next session arrives. */
  ARRIVAL: 0,
  /** A user's pause is over; index = user. */
  USER: 1,
  /** Think time is over; index = slot. */
  NEXT: 2,
  /** Back-off is over; index = lane, as in all below. */
  RETRY: 3,
  PATIENCE: 4,
  /** A connection was idle for as long as the client keeps one. */
  IDLE: 5,
  TUNNEL_END: 6,
  /** The end of the run: nothing new starts. */
  END: 7,
} as const;
