import type { LimitReqZone } from "./config/nginx-config.ts";

/** The request is turned away. */
export const REFUSED = -1;

/**
 * A zone of limit_req: a leaky bucket for each key (spec/nginx.md C.4; ngx_http_limit_req_lookup). Excess is kept in
 * thousandths of a request, time in milliseconds.
 */
export class LimitReqBuckets {
  private readonly rate: number;
  private readonly buckets = new Map<string, { excess: number; lastMs: number }>();

  constructor({ ratePer1000s }: LimitReqZone) {
    this.rate = ratePer1000s;
  }

  /** Microseconds that the request has to wait, or REFUSED; then nothing is counted. */
  take(nowUs: number, key: string, burst: number, delay: number): number {
    const nowMs = Math.floor(nowUs / 1000);
    const bucket = this.buckets.get(key);
    if (bucket === undefined) {
      this.buckets.set(key, { excess: 0, lastMs: nowMs });
      return 0;
    }
    const leaked = Math.trunc((this.rate * Math.abs(nowMs - bucket.lastMs)) / 1000);
    const excess = Math.max(0, bucket.excess - leaked + 1000);
    if (excess > burst * 1000) return REFUSED;
    bucket.excess = excess;
    bucket.lastMs = nowMs;
    const waits = excess - delay * 1000;
    return waits <= 0 ? 0 : Math.trunc((waits * 1000) / this.rate) * 1000;
  }
}
