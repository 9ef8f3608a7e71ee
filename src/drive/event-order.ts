/**
 * What happens first at the same instant. Lower goes first; within a priority the event that was scheduled first.
 *
 * 1. Answers: what a backend has finished is finished; a member's `busy` is released before the next request is
 *    balanced, and an answer beats the timeout that falls on the same instant.
 * 2. Timeouts and timers: a member that came back or failed by the clock did so before the next request looks at it.
 * 3. Arrivals: new requests meet the state that all the above left behind.
 * 4. Observers: a snapshot at t shows everything that happened at t.
 *
 * Whatever an event sets off at its own instant (zero-latency messages) is carried out before the next event.
 */
export const Priority = { ANSWER: 0, TIMEOUT: 1, ARRIVAL: 2, OBSERVER: 3 } as const;

/** Kinds of events in the queue. */
export const EventKind = {
  CLIENT_WAKE: 0,
  BACKEND_WAKE: 1,
  /** A message with latency arrives; id = message slot. */
  DELIVERY: 2,
  /** Lanes of timers, one kind each; id = lane. */
  CLIENT_TIMER: 3,
  BACKEND_TIMER: 4,
  CONNECT_DEADLINE: 5,
  SILENCE_DEADLINE: 6,
  MACHINE_TIMER: 7,
  PROBE_DEADLINE: 8,
  OBSERVER: 9,
  /** A timer of the machine with a delay of its own; id = slot. */
  MACHINE_ALARM: 10,
} as const;
