import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchMeans, lag1Autocorrelation } from "../../../src/experiment/analysis/batch-means.ts";

describe("batchMeans", () => {
  it("averages consecutive stretches", () => {
    expect(batchMeans([1, 3, 5, 7, 9, 11], 3)).toEqual([2, 6, 10]);
  });

  it("leaves the surplus out at the start", () => {
    expect(batchMeans([1000, 1, 3, 5, 7], 2)).toEqual([2, 6]);
  });

  it("keeps the overall mean when the batches use every observation", () => {
    const blocks = fc.array(fc.tuple(fc.integer(), fc.integer(), fc.integer(), fc.integer()), { minLength: 1 });
    fc.assert(
      fc.property(blocks, (list) => {
        const series = list.flat();
        const means = batchMeans(series, list.length);
        const overall = series.reduce((sum, value) => sum + value, 0) / series.length;
        expect(means).toHaveLength(list.length);
        expect(means.reduce((sum, value) => sum + value, 0) / means.length).toBeCloseTo(overall, 3);
      }),
    );
  });

  it("refuses a number of batches that the series cannot fill", () => {
    expect(() => batchMeans([1, 2], 3)).toThrow(RangeError);
    expect(() => batchMeans([1, 2], 0)).toThrow(RangeError);
    expect(() => batchMeans([1, 2], 1.5)).toThrow(RangeError);
  });
});

describe("lag1Autocorrelation", () => {
  it("gives the worked values of a ramp and of an alternation", () => {
    // Ramp 1..5, deviations −2 −1 0 1 2: (2 + 0 + 0 + 2)/10 = 0.4. Alternation of four: (−1 −1 −1)/4 = −0.75.
    expect(lag1Autocorrelation([1, 2, 3, 4, 5])).toBeCloseTo(0.4, 15);
    expect(lag1Autocorrelation([1, -1, 1, -1])).toBeCloseTo(-0.75, 15);
  });

  it("says nothing about constant or single values", () => {
    expect(lag1Autocorrelation([])).toBeNaN();
    expect(lag1Autocorrelation([3])).toBeNaN();
    expect(lag1Autocorrelation([0.1, 0.1, 0.1])).toBeNaN();
  });

  it("stays between −1 and 1", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 2 }), (list) => {
        const correlation = lag1Autocorrelation(list);
        if (!Number.isNaN(correlation)) expect(Math.abs(correlation)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
