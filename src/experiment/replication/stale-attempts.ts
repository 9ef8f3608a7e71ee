import { BreakCause } from "../../contract/failure.ts";

/** As the driver tells how an attempt ended. */
const STALE = 100 + BreakCause.STALE;

/** An attempt that met a dead connection: where it went, from when to when. */
export interface StaleAttempt {
  readonly member: number;
  readonly startUs: number;
  readonly endUs: number;
}

/**
 * Attempts that met a kept-alive connection which the member had closed. The member has not seen them; when the proxy
 * sends one again to the same member, on a new connection, it is still the same attempt.
 */
export class StaleAttempts {
  private readonly byRequest = new Map<number, StaleAttempt>();

  get isEmpty(): boolean {
    return this.byRequest.size === 0;
  }

  /** Keeps an attempt that ended so; answers whether it did. */
  keep(request: number, failure: number, attempt: StaleAttempt): boolean {
    if (failure !== STALE) return false;
    this.byRequest.set(request, attempt);
    return true;
  }

  /** What was kept for a request, which is forgotten with it; null when nothing was. */
  take(request: number): StaleAttempt | null {
    const attempt = this.byRequest.get(request) ?? null;
    this.byRequest.delete(request);
    return attempt;
  }
}
