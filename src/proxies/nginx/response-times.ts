/**
 * How long the servers of a list take, in milliseconds, as least_time knows it (spec/nginx-plus.md (a); nginx 1.31:
 * ngx_http_upstream_least_time_module.c). Zero = no answer yet.
 */
export class ResponseTimes {
  /** Moving average of the time to the answer's head. */
  readonly headerMs: Int32Array;
  /** Moving average of the time to the answer's end. */
  readonly responseMs: Int32Array;
  /** With `inflight`: requests that wait, the sum of their ages when that number changed last, and when that was. */
  readonly waiting: Int32Array;
  private readonly agesMs: Float64Array;
  private readonly changedMs: Float64Array;
  /** Moving average of the mean age of those that wait. */
  readonly waitingMs: Int32Array;

  constructor(count: number) {
    this.headerMs = new Int32Array(count);
    this.responseMs = new Int32Array(count);
    this.waiting = new Int32Array(count);
    this.agesMs = new Float64Array(count);
    this.changedMs = new Float64Array(count);
    this.waitingMs = new Int32Array(count);
  }

  /** Takes the age of the requests that wait into account; at every look, so it depends on how often one looks. */
  look(p: number, nowMs: number): void {
    const waiting = this.waiting[p] as number;
    if (waiting === 0) return;
    const meanMs = Math.floor((this.agesMs[p] as number) / waiting) + (nowMs - (this.changedMs[p] as number));
    average(this.waitingMs, p, meanMs);
  }

  began(p: number, nowMs: number): void {
    const waiting = this.waiting[p] as number;
    if (waiting > 0) this.agesMs[p] = (this.agesMs[p] as number) + (nowMs - (this.changedMs[p] as number)) * waiting;
    this.changedMs[p] = nowMs;
    this.waiting[p] = waiting + 1;
  }

  /** A request that began `tookMs` ago waits no longer. */
  ended(p: number, nowMs: number, tookMs: number): void {
    const waiting = this.waiting[p] as number;
    if (waiting === 1) this.agesMs[p] = 0;
    else {
      this.agesMs[p] = (this.agesMs[p] as number) + (nowMs - (this.changedMs[p] as number)) * waiting - tookMs;
      this.changedMs[p] = nowMs;
    }
    this.waiting[p] = waiting - 1;
  }

  headCame(p: number, tookMs: number): void {
    average(this.headerMs, p, tookMs);
  }

  answered(p: number, tookMs: number): void {
    average(this.responseMs, p, tookMs);
  }
}

/** A twentieth of the new, the first value whole. */
function average(averages: Int32Array, p: number, valueMs: number): void {
  const before = averages[p] as number;
  averages[p] = before === 0 ? valueMs : Math.trunc(0.5 + 0.05 * valueMs + 0.95 * before);
}
