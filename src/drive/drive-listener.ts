/** Told what the proxy tried on behalf of each request; all calls in time order. */
export interface DriveListener {
  /** The proxy begins an attempt (a connect, or a request on a reused connection). `address` indexes ProxyMachine.addresses. */
  attemptStarted(nowUs: number, request: number, attempt: number, member: number, address: number): void;
  /** The backend application saw the attempt's request. */
  attemptReached(nowUs: number, request: number, attempt: number): void;
  /**
   * `status` = the backend's status, or 0; `failure` = 0, a ConnectFailure, or 100 + a BreakCause; `bytes` = body bytes
   * that came from the backend. After 100 + BreakCause.STALE the backend application has not seen the attempt; a start
   * at the same member that follows for the request is the same attempt on a new connection.
   */
  attemptEnded(nowUs: number, request: number, attempt: number, status: number, failure: number, bytes: number): void;
  /** The proxy holds nothing for the request any more. */
  requestDone(nowUs: number, request: number): void;
}
