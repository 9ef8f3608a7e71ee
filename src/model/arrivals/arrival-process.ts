/**
 * When sessions start, for clients who come whatever happens (open arrivals). Every process keeps its time as a real
 * number and rounds only the answer, so the rate has no rounding error.
 */
export interface ArrivalProcess {
  /**
   * Instant in µs of arrival number `arrival`; Infinity when no more come. Called once for each number, counting from
   * 0; the answers never go back in time.
   */
  next(arrival: number): number;
}

export const US_PER_SECOND = 1_000_000;
