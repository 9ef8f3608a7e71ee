import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearson, upperBoundZeroFailures } from "../../../src/experiment/analysis/proportion.ts";

describe("upperBoundZeroFailures", () => {
  it("is the probability at which a clean run has chance 1 − level", () => {
    // (1 − p)^n = 0.05: n = 1 gives 0.95, n = 2 gives 1 − √0.05 = 0.7763932.
    expect(upperBoundZeroFailures(1)).toBeCloseTo(0.95, 14);
    expect(upperBoundZeroFailures(2)).toBeCloseTo(1 - Math.sqrt(0.05), 14);
    expect(upperBoundZeroFailures(2, 0.99)).toBeCloseTo(0.9, 14);
  });

  it("comes to the rule of three for many trials, without losing digits", () => {
    // −ln 0.05 = 2.995732273553991; the second-order term −u²/2 is relatively u/2 = 1.5e-9 at n = 1e9.
    expect(upperBoundZeroFailures(1e9) * 1e9).toBeCloseTo(2.995732273553991 * (1 - 1.498e-9), 11);
  });

  it("has no step where it changes its way of computing", () => {
    // ln 0.05 / n passes −1e-4 between n = 29957 and 29958; (n + ½)·bound is smooth to 1e-9 there.
    const before = upperBoundZeroFailures(29_957) * 29_958.5;
    const after = upperBoundZeroFailures(29_958) * 29_959.5;
    expect(Math.abs(before / after - 1)).toBeLessThan(5e-9);
  });

  it("refuses what is no number of trials and no level", () => {
    expect(() => upperBoundZeroFailures(0)).toThrow(RangeError);
    expect(() => upperBoundZeroFailures(1.5)).toThrow(RangeError);
    expect(() => upperBoundZeroFailures(10, 1)).toThrow(RangeError);
  });
});

describe("clopperPearson", () => {
  it("has closed forms for no failure and for failures only", () => {
    // Upper bound 1 − 0.025^(1/10) = 0.3084971 for 0 of 10, and its mirror image for 10 of 10.
    expect(clopperPearson(0, 10).lower).toBe(0);
    expect(clopperPearson(0, 10).upper).toBeCloseTo(0.3084971, 7);
    expect(clopperPearson(10, 10).lower).toBeCloseTo(1 - 0.3084971, 7);
    expect(clopperPearson(10, 10).upper).toBe(1);
  });

  it("leaves 2.5 % of chance beyond either bound", () => {
    // One failure of two: P(X >= 1) = 1 − (1 − p)² = 0.025 at the lower bound, P(X <= 1) = 1 − p² = 0.025 at the
    // upper: 1 − √0.975 and √0.975.
    const { lower, upper } = clopperPearson(1, 2);
    expect(lower).toBeCloseTo(1 - Math.sqrt(0.975), 13);
    expect(upper).toBeCloseTo(Math.sqrt(0.975), 13);
  });

  it("holds the observed share and mirrors when failures and successes change places", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(400), (n, drawn) => {
        const failures = drawn % (n + 1);
        const bounds = clopperPearson(failures, n);
        const mirrored = clopperPearson(n - failures, n);
        expect(bounds.lower).toBeLessThanOrEqual(failures / n);
        expect(bounds.upper).toBeGreaterThanOrEqual(failures / n);
        expect(bounds.lower).toBeCloseTo(1 - mirrored.upper, 10);
      }),
    );
  });

  it("refuses more failures than trials", () => {
    expect(() => clopperPearson(3, 2)).toThrow(RangeError);
    expect(() => clopperPearson(-1, 2)).toThrow(RangeError);
  });
});
