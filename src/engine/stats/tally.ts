/** Count, mean, variance, smallest and largest of numbers in one pass, by Welford's recurrence (Technometrics 4, 1962). */
export class Tally {
  count = 0;
  /** Mean; 0 while there is nothing. */
  mean = 0;
  /** Infinity while there is nothing. */
  min = Number.POSITIVE_INFINITY;
  /** -Infinity while there is nothing. */
  max = Number.NEGATIVE_INFINITY;
  private squares = 0;

  add(value: number): void {
    const count = ++this.count;
    const before = value - this.mean;
    this.mean += before / count;
    this.squares += before * (value - this.mean);
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** Unbiased sample variance (divided by count - 1); 0 for fewer than two numbers. */
  get variance(): number {
    return this.count < 2 ? 0 : this.squares / (this.count - 1);
  }

  /** Adds what another tally has seen (Chan, Golub and LeVeque 1979). The last bits depend on the order of merging. */
  merge(other: Tally): void {
    if (other.count === 0) return;
    const count = this.count + other.count;
    const distance = other.mean - this.mean;
    const share = other.count / count;
    this.mean += distance * share;
    this.squares += other.squares + distance * distance * this.count * share;
    this.count = count;
    if (other.min < this.min) this.min = other.min;
    if (other.max > this.max) this.max = other.max;
  }
}
