import { invariant } from "../invariant.ts";
import type { SimTime } from "../sim-time.ts";

/** Counts per time bin of a fixed width; bin i holds what happened from `i * binUs` up to, not at, `(i + 1) * binUs`. */
export class CounterSeries {
  readonly binUs: SimTime;
  /** Bins up to the last one that something was added to. */
  length = 0;
  private counts = new Float64Array(64);

  constructor(binUs: SimTime) {
    invariant(Number.isSafeInteger(binUs) && binUs > 0, "a time bin is a whole number of microseconds above 0");
    this.binUs = binUs;
  }

  /** Counts n things that happened now. */
  add(nowUs: SimTime, n = 1): void {
    const bin = Math.floor(nowUs / this.binUs);
    if (bin >= this.length) this.extend(bin + 1);
    this.counts[bin] = (this.counts[bin] as number) + n;
  }

  /** The count of one bin; 0 behind the end. */
  at(bin: number): number {
    return bin < this.length ? (this.counts[bin] as number) : 0;
  }

  /** Adds the counts of another series, bin by bin. */
  merge(other: CounterSeries): void {
    invariant(other.binUs === this.binUs, "only series with the same time bins can be merged");
    if (other.length > this.length) this.extend(other.length);
    for (let bin = 0; bin < other.length; bin++) this.counts[bin] = (this.counts[bin] as number) + other.at(bin);
  }

  toArray(): number[] {
    return Array.from(this.counts.subarray(0, this.length));
  }

  private extend(length: number): void {
    let capacity = this.counts.length;
    while (capacity < length) capacity *= 2;
    if (capacity > this.counts.length) {
      const counts = new Float64Array(capacity);
      counts.set(this.counts);
      this.counts = counts;
    }
    this.length = length;
  }
}
