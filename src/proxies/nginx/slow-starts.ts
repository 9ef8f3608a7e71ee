/** A server that has just come back has at least this part of its weight. */
const LEAST_SHARE = 1 / 256;

/**
 * slow_start of NGINX Plus (spec/nginx-plus.md (a)): a server that becomes available again regains its weight within the
 * time. The curve is not public: it is taken as a straight line here, and not applied when nginx starts.
 */
export class SlowStarts {
  /** Servers that are regaining their weight. */
  running = 0;
  private readonly lengthMs: readonly number[];
  /** When each began; Infinity = it has its whole weight. */
  private readonly beganMs: Float64Array;

  constructor(lengthsUs: readonly number[]) {
    this.lengthMs = lengthsUs.map((lengthUs) => lengthUs / 1000);
    this.beganMs = new Float64Array(lengthsUs.length).fill(Number.POSITIVE_INFINITY);
  }

  begin(p: number, nowMs: number): void {
    if (this.lengthMs[p] === 0) return;
    if (this.beganMs[p] === Number.POSITIVE_INFINITY) this.running++;
    this.beganMs[p] = nowMs;
  }

  /** Part of its weight that a server has now: 1/256 to 1. */
  share(p: number, nowMs: number): number {
    const beganMs = this.beganMs[p] as number;
    if (beganMs === Number.POSITIVE_INFINITY) return 1;
    const share = (nowMs - beganMs) / (this.lengthMs[p] as number);
    if (share < 1) return Math.max(LEAST_SHARE, share);
    this.beganMs[p] = Number.POSITIVE_INFINITY;
    this.running--;
    return 1;
  }
}
