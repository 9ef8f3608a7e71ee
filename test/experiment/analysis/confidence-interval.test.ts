import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanInterval } from "../../../src/experiment/analysis/confidence-interval.ts";

const values = fc.array(fc.double({ min: -1_000, max: 1_000, noNaN: true }), { minLength: 2, maxLength: 40 });

describe("meanInterval", () => {
  it("gives mean and t interval of a worked example", () => {
    // Mean 3, s² = (4 + 1 + 0 + 1 + 4)/4 = 2.5, half width t(0.975; 4) √(2.5/5) = 2.776445105 · 0.7071067812.
    const interval = meanInterval([1, 2, 3, 4, 5]);
    expect(interval.mean).toBe(3);
    expect(interval.halfWidth).toBeCloseTo(1.96324316, 8);
    expect(interval.n).toBe(5);
    expect(interval.level).toBe(0.95);
  });

  it("widens with the level", () => {
    // t(0.9995; 9) / t(0.975; 9) = 4.7809126/2.2621572 on the same ten values.
    const ten = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
    expect(meanInterval(ten, 0.999).halfWidth / meanInterval(ten).halfWidth).toBeCloseTo(2.11343056, 6);
  });

  it("has an infinite half width for one value and no mean for none", () => {
    expect(meanInterval([7])).toEqual({ mean: 7, halfWidth: Number.POSITIVE_INFINITY, n: 1, level: 0.95 });
    expect(meanInterval([])).toEqual({ mean: Number.NaN, halfWidth: Number.POSITIVE_INFINITY, n: 0, level: 0.95 });
  });

  it("gives equal values exactly themselves, plus or minus exactly nothing", () => {
    // 0.1 + 0.1 + 0.1 is not 0.3 in binary, so a plain sum would leave a trace.
    expect(meanInterval([0.1, 0.1, 0.1])).toMatchObject({ mean: 0.1, halfWidth: 0 });
  });

  it("keeps the spread of values that share a huge offset", () => {
    // 2^40 + {0, 1, 2}: s = 1, half width t(0.975; 2)/√3 = 4.30265273/1.73205081.
    const interval = meanInterval([2 ** 40, 2 ** 40 + 1, 2 ** 40 + 2]);
    expect(interval.mean).toBe(2 ** 40 + 1);
    expect(interval.halfWidth).toBeCloseTo(2.48413771, 7);
  });

  it("moves along when every value is moved, without changing its width", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -1_000, max: 1_000 }), (list, shift) => {
        const still = meanInterval(list);
        const moved = meanInterval(list.map((value) => value + shift));
        expect(moved.mean - shift).toBeCloseTo(still.mean, 9);
        expect(moved.halfWidth).toBeCloseTo(still.halfWidth, 9);
      }),
    );
  });

  it("scales with its values", () => {
    fc.assert(
      // Whole 1/1024ths, because squares of values near 1e-160 would sink below the smallest doubles.
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 2 }), (whole) => {
        const list = whole.map((value) => value / 1024);
        const doubled = meanInterval(list.map((value) => 2 * value));
        expect(doubled.mean).toBe(2 * meanInterval(list).mean);
        expect(doubled.halfWidth).toBe(2 * meanInterval(list).halfWidth);
      }),
    );
  });

  it("passes a NaN on instead of hiding it", () => {
    expect(meanInterval([1, Number.NaN, 3]).mean).toBeNaN();
    expect(meanInterval([1, Number.NaN, 3]).halfWidth).toBeNaN();
  });

  it("refuses a level outside 0..1", () => {
    expect(() => meanInterval([1, 2], 1)).toThrow(RangeError);
    expect(() => meanInterval([1, 2], 95)).toThrow(RangeError);
  });
});
