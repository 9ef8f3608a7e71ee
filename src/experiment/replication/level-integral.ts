/** Integral of a level over time, split into bins of equal width from `fromUs`; what lies before does not count. */
export class LevelIntegral {
  readonly bins: Float64Array;
  peak = 0;
  private readonly fromUs: number;
  private readonly binUs: number;
  private lastUs: number;
  private level = 0;
  /** The bin that was added to last, and where it ends. */
  private bin = 0;
  private binEndUs = Number.NEGATIVE_INFINITY;

  constructor(fromUs: number, toUs: number, binUs: number) {
    this.fromUs = fromUs;
    this.binUs = binUs;
    this.lastUs = fromUs;
    this.bins = new Float64Array(Math.max(1, Math.ceil((toUs - fromUs) / binUs)));
  }

  set(nowUs: number, level: number): void {
    // The same level goes on: it is accounted for when it changes.
    if (level === this.level && level <= this.peak) return;
    if (nowUs > this.lastUs) this.advance(nowUs);
    this.level = level;
    if (level > this.peak && nowUs >= this.fromUs) this.peak = level;
  }

  /** Accounts for the time up to `nowUs`. */
  advance(nowUs: number): void {
    const { level, lastUs } = this;
    if (nowUs <= lastUs) return;
    if (level !== 0) {
      if (nowUs <= this.binEndUs) this.bins[this.bin] = (this.bins[this.bin] as number) + level * (nowUs - lastUs);
      else this.split(nowUs);
    }
    this.lastUs = nowUs;
  }

  /** The level lasted beyond the bin that was found last. */
  private split(nowUs: number): void {
    let bin = Math.floor((this.lastUs - this.fromUs) / this.binUs);
    let from = this.lastUs;
    for (; bin < this.bins.length && from < nowUs; bin++) {
      const end = Math.min(nowUs, this.fromUs + (bin + 1) * this.binUs);
      this.bins[bin] = (this.bins[bin] as number) + this.level * (end - from);
      from = end;
      this.bin = bin;
      this.binEndUs = this.fromUs + (bin + 1) * this.binUs;
    }
  }

  total(): number {
    let sum = 0;
    for (const bin of this.bins) sum += bin;
    return sum;
  }
}
