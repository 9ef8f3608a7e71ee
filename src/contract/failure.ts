/** Why a connect did not succeed. */
export const ConnectFailure = {
  REFUSED: 1,
  TIMEOUT: 2,
  /** The name has no address. */
  DNS: 3,
  RESET: 4,
} as const;

/** How an exchange broke after the connection stood. */
export const BreakCause = {
  /** The peer closed in an orderly way (FIN). */
  CLOSED: 1,
  /** The peer reset the connection (RST). */
  RESET: 2,
  /** Nothing came for as long as the proxy was ready to wait. */
  TIMEOUT: 3,
  /** The connection had been closed by the peer before the proxy used it again (found when it writes). */
  STALE: 4,
} as const;

/** How far the exchange had come when it broke. */
export const BreakPhase = {
  /** Waiting for the interim "100 Continue". */
  CONTINUE: 1,
  /** Request sent, no status line yet. */
  HEAD: 2,
  /** In the body. */
  BODY: 3,
} as const;
