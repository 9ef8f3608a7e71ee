/** What an alarm of the backends is about; the low bits of its id. */
export const BackendWake = {
  /** A job with a core of its own is finished; index = job. */
  JOB: 0,
  /** The next job of a backend with shared cores may be finished; index = backend. */
  SHARING: 1,
  /** A connection may have been idle for too long; index = connection. */
  IDLE: 2,
  /** A fault begins or ends; index = fault unit. */
  FAULT: 3,
  /** A backend tells its load; index = backend. */
  REPORT: 4,
} as const;
