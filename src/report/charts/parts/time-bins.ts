import { range, sum } from "d3";
import type { RunResult } from "../../../experiment/result.ts";

/** More points than this along the time axis are joined: nobody reads them, and the table would be endless. */
const MAX_BINS = 100;

/** Bins of the result, joined by whole numbers of bins. */
export interface TimeBins {
  /** How many bins of the result make one of these. */
  readonly joined: number;
  readonly widthUs: number;
  readonly startsUs: readonly number[];
  readonly endUs: number;
}

export function timeBins(result: RunResult): TimeBins {
  const { durationUs, binUs } = result.timing;
  const bins = Math.max(1, Math.ceil(durationUs / binUs));
  const joined = Math.ceil(bins / MAX_BINS);
  const widthUs = joined * binUs;
  return {
    joined,
    widthUs,
    startsUs: range(Math.ceil(bins / joined)).map((index) => index * widthUs),
    endUs: Math.max(durationUs, bins * binUs),
  };
}

/** Sums of a series over the joined bins. */
export function joinSums(bins: TimeBins, series: readonly number[]): readonly number[] {
  return bins.startsUs.map((_, index) => sum(series.slice(index * bins.joined, (index + 1) * bins.joined)));
}

/** The largest known value of a series in each joined bin: quantiles can't be added, their worst can be shown. */
export function joinLargest(bins: TimeBins, series: readonly (number | null)[]): readonly (number | null)[] {
  return bins.startsUs.map((_, index) => {
    const known = series.slice(index * bins.joined, (index + 1) * bins.joined).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((most, value) => Math.max(most, value));
  });
}

/** The middle one of the known values of a series in each joined bin. */
export function joinMedian(bins: TimeBins, series: readonly (number | null)[]): readonly (number | null)[] {
  return bins.startsUs.map((_, index) => {
    const known = series.slice(index * bins.joined, (index + 1) * bins.joined).filter((value) => value !== null);
    return known.sort((a, b) => a - b)[Math.floor((known.length - 1) / 2)] ?? null;
  });
}
