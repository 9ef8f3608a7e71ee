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

  /** Excess of a request in thousandths, or REFUSED; nothing is counted yet. */
  look(nowUs: number, key: string, burst: number): number {
    const bucket = this.buckets.get(key);
    if (bucket === undefined) return 0;
    const leaked = Math.trunc((this.rate * Math.abs(Math.floor(nowUs / 1000) - bucket.lastMs)) / 1000);
    const excess = Math.max(0, bucket.excess - leaked + 1000);
    return excess > burst * 1000 ? REFUSED : excess;
  }

  /** Counts a request that has been looked at; answers how many microseconds it has to wait. */
  count(nowUs: number, key: string, excess: number, delay: number): number {
    this.buckets.set(key, { excess, lastMs: Math.floor(nowUs / 1000) });
    const waits = excess - delay * 1000;
    return waits <= 0 ? 0 : Math.trunc((waits * 1000) / this.rate) * 1000;
  }
}
