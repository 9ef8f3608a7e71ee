/** How one try of a request ended, from the client's point of view. */
export const Outcome = {
  /** Complete answer, status in the class's `good`, not a hidden error, within patience. */
  GOOD: 0,
  /** Complete answer with a status that is not good. */
  BAD_STATUS: 1,
  /** Complete answer with a good status that hides an error of the application. */
  HIDDEN_ERROR: 2,
  /** The client's patience ended first. */
  TIMED_OUT: 3,
  /** The connection closed without an answer. */
  NO_ANSWER: 4,
  /** The answer broke off. */
  TRUNCATED: 5,
  /** Never connected to the proxy within patience (SYNs lost). */
  NOT_CONNECTED: 6,
  /** A switched connection was cut by the proxy or the backend. */
  TUNNEL_CUT: 7,
} as const;
export const OUTCOME_NAMES = [
  "good",
  "bad status",
  "hidden error",
  "timed out",
  "no answer",
  "truncated",
  "not connected",
  "tunnel cut",
] as const;

/** Why the state of a session was lost (design: "Lost, once per state, by cause"). */
export const LossCause = {
  /** The backend that held the state died and its memory with it. */
  WIPED: 0,
  /** Another backend processed the request, the state still exists. */
  ELSEWHERE: 1,
  /** The client had a cookie but did not send it (path or domain does not match, deleted). */
  NOT_SENT: 2,
  /** The cookie reached the backend with another value, or not at all although it was sent. */
  ALTERED: 3,
  /** The state expired. */
  EXPIRED: 4,
} as const;
export const LOSS_CAUSE_NAMES = ["wiped", "elsewhere", "cookie not sent", "cookie altered", "expired"] as const;

/** Identity of a request, the same in every variant: what views across variants join on. */
export interface RequestIdentity {
  /** Arrival number of the session (open arrivals), or user number. */
  readonly client: number;
  /** Session number within the client (always 0 with open arrivals). */
  readonly session: number;
  /** Number of the request within the session. */
  readonly ordinal: number;
  /** 0 = first try, 1 = first retry by the client … */
  readonly tryNumber: number;
  readonly classIndex: number;
}

/** Told of everything that statistics and fingerprints are made of. Calls come in time order. */
export interface WorldListener {
  /** A try begins (the client wants to send it). The identity record is reused: copy what you keep. `sessionSlot` is dense and reused. */
  requestStarted(nowUs: number, request: number, identity: RequestIdentity, sessionSlot: number): void;
  /** A try is over for the client. `outcome` is one of Outcome, `status` 0 when there was none. `final`: no retry follows. */
  requestFinished(nowUs: number, request: number, outcome: number, status: number, final: boolean): void;
  /** A user's request (all its tries) is over: response time runs from the first try's intended start. */
  userRequestFinished(nowUs: number, startedUs: number, classIndex: number, outcome: number, tries: number): void;
  /** A backend processed a request of a session: did it find the state? Called when the answer leaves the backend. */
  sessionChecked(nowUs: number, request: number, backend: number, found: boolean): void;
  sessionStarted(nowUs: number, sessionSlot: number, backend: number): void;
  /** State of a session was lost; `backend` = where the state lived. */
  sessionLost(nowUs: number, sessionSlot: number, backend: number, cause: number): void;
  /** Refused, failed or timed out while the state still exists; told once until the next good answer. */
  sessionInterrupted(nowUs: number, sessionSlot: number, backend: number): void;
  /** The session ended and its state was gone although the client never noticed. */
  sessionDoomed(nowUs: number, sessionSlot: number, backend: number): void;
  sessionEnded(nowUs: number, sessionSlot: number): void;
  /**
   * A switched connection was cut by the proxy or the backend. Its try was reported as good when the 101 came (design: "a
   * tunnel is good when its 101 came in time, cut tunnels are counted apart"), so this is told besides.
   */
  tunnelCut(nowUs: number, request: number, sessionSlot: number): void;
  /** Client retries, gives up and leaves. */
  clientLeft(nowUs: number, sessionSlot: number): void;
  /** A fault begins or ends on a backend (index into WorldSpec.faults). */
  faultChanged(nowUs: number, fault: number, backend: number, active: boolean): void;
  /** Level of a backend changed: requests running and waiting. */
  backendLevel(nowUs: number, backend: number, running: number, waiting: number): void;
  /** Work done for a requester that was gone, in µs of service. */
  workWasted(nowUs: number, backend: number, wastedUs: number): void;
  /** Service time used, in µs of a core. */
  workDone(nowUs: number, backend: number, busyUs: number): void;
}
