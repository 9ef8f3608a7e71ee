/** Integral of a level over time, split into bins of equal width from `fromUs`; what lies before does not count. */
export class LevelIntegral {
  readonly bins: Float64Array;
  peak = 0;
  private readonly fromUs: number;
  private readonly binUs: number;
  private lastUs: number;
  private level = 0;

  constructor(fromUs: number, toUs: number, binUs: number) {
    this.fromUs = fromUs;
    this.binUs = binUs;
    this.lastUs = fromUs;
    this.bins = new Float64Array(Math.max(1, Math.ceil((toUs - fromUs) / binUs)));
  }

  set(nowUs: number, level: number): void {
    if (nowUs > this.lastUs) this.advance(nowUs);
    this.level = level;
    if (level > this.peak && nowUs >= this.fromUs) this.peak = level;
  }

  /** Accounts for the time up to `nowUs`. */
  advance(nowUs: number): void {
    if (nowUs <= this.lastUs) return;
    if (this.level !== 0) {
      let bin = Math.floor((this.lastUs - this.fromUs) / this.binUs);
      let from = this.lastUs;
      for (; bin < this.bins.length && from < nowUs; bin++) {
        const end = Math.min(nowUs, this.fromUs + (bin + 1) * this.binUs);
        this.bins[bin] = (this.bins[bin] as number) + this.level * (end - from);
        from = end;
      }
    }
    this.lastUs = nowUs;
  }

  total(): number {
    let sum = 0;
    for (const bin of this.bins) sum += bin;
    return sum;
  }
}
