import { COARSE_CELLS, coarseCell } from "./coarse-times.ts";
import type { TimeBins } from "./time-bins.ts";
import type { Window } from "./window.ts";

/** Ends of user requests by the bin of the observed time that they fell into, whenever the requests began. */
export class TimelineEnds {
  readonly good: Float64Array;
  readonly failed: Float64Array;
  /** Response times, by bin and coarse cell. */
  readonly response: Int32Array;
  /** Their sum, by bin. */
  readonly responseUs: Float64Array;
  /** Good ends in all of the observed time. */
  goodCount = 0;
  private readonly bins: TimeBins;

  constructor(window: Window, bins: TimeBins) {
    this.bins = bins;
    this.good = new Float64Array(window.bins);
    this.failed = new Float64Array(window.bins);
    this.response = new Int32Array(window.bins * COARSE_CELLS);
    this.responseUs = new Float64Array(window.bins);
  }

  ended(nowUs: number, us: number, isGood: boolean): void {
    const bin = this.bins.of(nowUs);
    if (bin < 0) return;
    const cell = bin * COARSE_CELLS + coarseCell(us);
    this.response[cell] = (this.response[cell] as number) + 1;
    this.responseUs[bin] = (this.responseUs[bin] as number) + us;
    const counts = isGood ? this.good : this.failed;
    counts[bin] = (counts[bin] as number) + 1;
    if (isGood) this.goodCount++;
  }
}
