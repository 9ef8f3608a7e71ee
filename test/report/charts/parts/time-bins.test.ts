import { describe, expect, it } from "vitest";
import { joinLargest, joinMedian, joinSums, timeBins } from "../../../../src/report/charts/parts/time-bins.ts";
import { fixtureResult } from "../../fixture.ts";

const BASE = fixtureResult({ variants: 1 });
const lasting = (durationUs: number) => ({ ...BASE, timing: { ...BASE.timing, durationUs } });
/** 250 s in bins of 1 s are joined by three: 84 bins, the last of one second. */
const BINS = timeBins(lasting(250_000_000));

describe("bins of time", () => {
  it("are joined by whole numbers until there are at most a hundred", () => {
    expect(timeBins(lasting(100_000_000)).joined).toBe(1);
    expect(BINS.joined).toBe(3);
    expect(BINS.startsUs).toHaveLength(84);
    expect(BINS.startsUs[83]).toBe(249_000_000);
    expect(BINS.endUs).toBe(250_000_000);
  });

  it("add up counts and lose none, not even in the last, shorter bin", () => {
    const series = Array.from({ length: 250 }, (_, bin) => bin);
    const sums = joinSums(BINS, series);
    expect(sums.slice(0, 2)).toEqual([0 + 1 + 2, 3 + 4 + 5]);
    expect(sums.at(-1)).toBe(249);
    expect(sums.reduce((total, sum) => total + sum, 0)).toBe((249 * 250) / 2);
  });

  it("show the largest and the middle quantile of what they join, and nothing for nothing", () => {
    const series = [5, null, 9, null, null, null, 7, 1, 3];
    expect(joinLargest(BINS, series).slice(0, 3)).toEqual([9, null, 7]);
    expect(joinMedian(BINS, series).slice(0, 3)).toEqual([5, null, 3]);
  });
});
