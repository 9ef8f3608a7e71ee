import { invariant } from "../invariant.ts";

const CELLS_PER_OCTAVE = 128;
const CELL_BITS = 7;
const TWO_POW_31 = 2_147_483_648;
/** Shift that brings values of 2^31 and more, up to 2^53, below 2^31 and keeps more bits than a cell needs. */
const WIDE_SHIFT = 22;
const TWO_POW_22 = 4_194_304;
/** The lower part of the sum is carried over from here on. */
const CARRY = 4_503_599_627_370_496;
/** Cells for values up to 2^24 µs, 17 s; more are made when needed. */
const INITIAL_CELLS = 18 * CELLS_PER_OCTAVE;

/** A histogram as plain JSON. */
export interface SparseHistogram {
  readonly min: number;
  readonly max: number;
  /** The exact sum is `sumUpper * 2^52 + sumLower`. */
  readonly sumUpper: number;
  readonly sumLower: number;
  /** Number of a cell, its count, number of the next cell that is not empty, its count, … */
  readonly cells: readonly number[];
}

/**
 * Histogram of whole numbers >= 0, made for latencies in microseconds.
 *
 * Log-linear: values below 256 have a cell each, every octave above is cut into 128 equal cells. The value of a cell
 * is its middle, off by at most 1/256 = 0.4 % of a recorded value. Count, sum, smallest and largest are
 * exact. Merging adds counts, so it gives the same in any order.
 */
export class LogHistogram {
  count = 0;
  /** Infinity while there is nothing. */
  min = Number.POSITIVE_INFINITY;
  /** -Infinity while there is nothing. */
  max = Number.NEGATIVE_INFINITY;
  private counts = new Float64Array(INITIAL_CELLS);
  private sumUpper = 0;
  private sumLower = 0;

  /** @param value a whole number from 0 to 2^53. */
  record(value: number): void {
    const cell = cellOf(value);
    if (cell >= this.counts.length) this.extend(cell);
    this.counts[cell] = (this.counts[cell] as number) + 1;
    this.count++;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (value >= CARRY) {
      this.sumUpper++;
      this.sumLower += value - CARRY;
    } else this.sumLower += value;
    if (this.sumLower >= CARRY) this.carry();
  }

  /** Sum of all values, exact up to 2^53. */
  get sum(): number {
    return this.sumUpper * CARRY + this.sumLower;
  }

  /** Exact mean; 0 while there is nothing. */
  get mean(): number {
    return this.count === 0 ? 0 : this.sum / this.count;
  }

  /**
   * The p-quantile by nearest rank: the smallest value that at least the share p of all values do not exceed.
   * Exact at p 0 and 1, else to the middle of a cell; NaN while there is nothing.
   *
   * @param p from 0 to 1.
   */
  quantile(p: number): number {
    if (this.count === 0) return Number.NaN;
    const rank = Math.ceil(p * this.count);
    if (rank <= 1) return this.min;
    if (rank >= this.count) return this.max;
    let seen = 0;
    let cell = -1;
    while (seen < rank) seen += this.counts[++cell] as number;
    return Math.min(this.max, Math.max(this.min, middleOf(cell)));
  }

  merge(other: LogHistogram): void {
    if (other.counts.length > this.counts.length) this.extend(other.counts.length - 1);
    for (let cell = 0; cell < other.counts.length; cell++) {
      this.counts[cell] = (this.counts[cell] as number) + (other.counts[cell] as number);
    }
    this.count += other.count;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    this.sumUpper += other.sumUpper;
    this.sumLower += other.sumLower;
    if (this.sumLower >= CARRY) this.carry();
  }

  /** Value and count of each cell that holds something, in rising order. */
  cells(): (readonly [value: number, count: number])[] {
    const result: (readonly [number, number])[] = [];
    for (let cell = 0; cell < this.counts.length; cell++) {
      const count = this.counts[cell] as number;
      if (count > 0) result.push([middleOf(cell), count]);
    }
    return result;
  }

  /** Only the cells that hold something. An empty histogram has min and max 0, since JSON knows no Infinity. */
  toSparse(): SparseHistogram {
    const cells: number[] = [];
    for (let cell = 0; cell < this.counts.length; cell++) {
      const count = this.counts[cell] as number;
      if (count > 0) cells.push(cell, count);
    }
    const isEmpty = this.count === 0;
    const min = isEmpty ? 0 : this.min;
    const max = isEmpty ? 0 : this.max;
    return { min, max, sumUpper: this.sumUpper, sumLower: this.sumLower, cells };
  }

  /** The histogram that `toSparse` wrote down. */
  static fromSparse(sparse: SparseHistogram): LogHistogram {
    const histogram = new LogHistogram();
    for (let i = 0; i + 1 < sparse.cells.length; i += 2) {
      const cell = sparse.cells[i] as number;
      const count = sparse.cells[i + 1] as number;
      invariant(Number.isSafeInteger(cell) && cell >= 0 && cell < 6144, "a histogram has at most 6144 cells");
      if (cell >= histogram.counts.length) histogram.extend(cell);
      histogram.counts[cell] = count;
      histogram.count += count;
    }
    if (histogram.count > 0) {
      histogram.min = sparse.min;
      histogram.max = sparse.max;
    }
    histogram.sumUpper = sparse.sumUpper;
    histogram.sumLower = sparse.sumLower;
    return histogram;
  }

  private carry(): void {
    this.sumLower -= CARRY;
    this.sumUpper++;
  }

  private extend(cell: number): void {
    const counts = new Float64Array(Math.max(this.counts.length * 2, cell + 1));
    counts.set(this.counts);
    this.counts = counts;
  }
}

function cellOf(value: number): number {
  if (value < CELLS_PER_OCTAVE) return value;
  if (value >= TWO_POW_31) return cellOf(Math.floor(value / TWO_POW_22)) + WIDE_SHIFT * CELLS_PER_OCTAVE;
  const shift = 31 - Math.clz32(value) - CELL_BITS;
  return (shift << CELL_BITS) + (value >>> shift);
}

/** The middle of the whole numbers that share a cell, itself a whole number or a half. */
function middleOf(cell: number): number {
  if (cell < 2 * CELLS_PER_OCTAVE) return cell;
  const shift = Math.floor(cell / CELLS_PER_OCTAVE) - 1;
  let width = 1;
  for (let i = 0; i < shift; i++) width *= 2;
  return (cell - shift * CELLS_PER_OCTAVE) * width + (width - 1) / 2;
}
