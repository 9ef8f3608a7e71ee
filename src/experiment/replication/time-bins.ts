import type { Window } from "./window.ts";

/** Bins of the observed time; instants that follow each other mostly fall into the bin of the one before. */
export class TimeBins {
  private readonly window: Window;
  private bin = -1;
  /** The bin found last holds the instants from `startUs` up to, not at, `endUs`. */
  private startUs = 0;
  private endUs = 0;

  constructor(window: Window) {
    this.window = window;
  }

  /** Bin of an instant, or -1 outside the observed time. */
  of(nowUs: number): number {
    return nowUs >= this.startUs && nowUs < this.endUs ? this.bin : this.find(nowUs);
  }

  private find(nowUs: number): number {
    const { fromUs, toUs, binUs } = this.window;
    if (nowUs < fromUs || nowUs >= toUs) return -1;
    this.bin = Math.floor((nowUs - fromUs) / binUs);
    this.startUs = fromUs + this.bin * binUs;
    this.endUs = Math.min(toUs, this.startUs + binUs);
    return this.bin;
  }
}
