import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "../../../src/engine/invariant.ts";
import { LogHistogram } from "../../../src/engine/stats/log-histogram.ts";

function histogramOf(values: readonly number[]): LogHistogram {
  const histogram = new LogHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** Whole numbers of every size, from one digit to 2^53. */
const anyValue = fc
  .tuple(fc.integer({ min: 0, max: 53 }), fc.double({ min: 0.5, max: 1, noNaN: true }))
  .map(([exponent, share]) => Math.floor(share * 2 ** exponent));

describe("LogHistogram", () => {
  it("is exact below 256", () => {
    const histogram = histogramOf(Array.from({ length: 256 }, (_, value) => value));
    for (let value = 0; value < 256; value++) expect(histogram.quantile((value + 1) / 256)).toBe(value);
  });

  it("takes quantiles by nearest rank", () => {
    const histogram = histogramOf([10, 20, 30, 40]);
    // Ranks 1, 1, 2, 3, 4.
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => histogram.quantile(p))).toEqual([10, 10, 20, 30, 40]);
    expect(histogram.quantile(0.51)).toBe(30);
  });

  it("is off by at most 1/256 of any value", () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, (one, two, three) => {
        const sorted = [one, two, three].sort((a, b) => a - b) as [number, number, number];
        const median = histogramOf([one, two, three]).quantile(0.5);
        expect(Math.abs(median - sorted[1])).toBeLessThanOrEqual(sorted[1] / 256);
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps count, sum, smallest and largest exactly, even where doubles would lose them", () => {
    const histogram = histogramOf([2 ** 53, 3, 1, 2 ** 31, 2 ** 31 - 1]);
    expect([histogram.count, histogram.min, histogram.max]).toEqual([5, 1, 2 ** 53]);
    const { sumUpper, sumLower } = histogram.toSparse();
    expect(BigInt(sumUpper) * 2n ** 52n + BigInt(sumLower)).toBe(2n ** 53n + 3n + 2n ** 32n);
    expect(histogramOf([1000, 2000]).mean).toBe(1500);
  });

  it("carries the sum over while it is recorded and merged", () => {
    const half = 2 ** 51;
    const histogram = histogramOf([half, half, half + 1]);
    histogram.merge(histogramOf([half, half, half]));
    const { sumUpper, sumLower } = histogram.toSparse();
    expect(BigInt(sumUpper) * 2n ** 52n + BigInt(sumLower)).toBe(6n * 2n ** 51n + 1n);
    expect(histogram.sum).toBe(6 * half + 1);
  });

  it("merges to what one histogram of all would be, in either order", () => {
    const values = fc.array(anyValue, { maxLength: 40 });
    fc.assert(
      fc.property(values, values, (one, other) => {
        const [left, right] = [histogramOf(one), histogramOf(other)];
        left.merge(histogramOf(other));
        right.merge(histogramOf(one));
        expect(left.toSparse()).toEqual(histogramOf([...one, ...other]).toSparse());
        expect(right.toSparse()).toEqual(left.toSparse());
      }),
    );
  });

  it("comes back from JSON as it was", () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 40 }), (values) => {
        const histogram = histogramOf(values);
        const copy = LogHistogram.fromSparse(JSON.parse(JSON.stringify(histogram.toSparse())));
        expect(copy.toSparse()).toEqual(histogram.toSparse());
        expect([copy.count, copy.min, copy.max, copy.sum]).toEqual([
          histogram.count,
          histogram.min,
          histogram.max,
          histogram.sum,
        ]);
      }),
    );
  });

  it("has no quantile, mean 0 and goes through JSON while it is empty", () => {
    const empty = new LogHistogram();
    expect(empty.quantile(0.5)).toBeNaN();
    expect(empty.mean).toBe(0);
    const copy = LogHistogram.fromSparse(JSON.parse(JSON.stringify(empty.toSparse())));
    copy.record(5);
    expect([copy.min, copy.max, copy.count]).toEqual([5, 5, 1]);
  });

  it("refuses cells that no value has", () => {
    const broken = { min: 0, max: 0, sumUpper: 0, sumLower: 0, cells: [1_000_000, 1] };
    expect(() => LogHistogram.fromSparse(broken)).toThrow(InvariantError);
  });
});
