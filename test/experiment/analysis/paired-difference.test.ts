import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairedDifference, verdict } from "../../../src/experiment/analysis/paired-difference.ts";

describe("pairedDifference", () => {
  it("is the interval of candidate minus baseline, replication by replication", () => {
    // Differences 1, 2, 3: mean 2, s = 1, half width t(0.975; 2)/√3 = 4.30265273/1.73205081.
    const difference = pairedDifference([10, 20, 30], [11, 22, 33]);
    expect(difference.mean).toBe(2);
    expect(difference.halfWidth).toBeCloseTo(2.48413771, 8);
    expect(difference).toMatchObject({ n: 3, leftOut: 0, level: 0.95 });
  });

  it("sees through spread that both variants share", () => {
    // The values spread over 100, but every difference is 1: the interval is 1 ± 0.
    expect(pairedDifference([0, 50, 100], [1, 51, 101])).toMatchObject({ mean: 1, halfWidth: 0 });
  });

  it("leaves out replications without samples on either side and counts them", () => {
    const nan = Number.NaN;
    expect(pairedDifference([1, nan, 3, nan, 5], [2, 2, nan, nan, 6])).toMatchObject({ mean: 1, n: 2, leftOut: 3 });
  });

  it("has no mean when no pair is left", () => {
    const difference = pairedDifference([Number.NaN], [1]);
    expect(difference).toMatchObject({ n: 0, leftOut: 1, halfWidth: Number.POSITIVE_INFINITY });
    expect(difference.mean).toBeNaN();
    expect(verdict(difference, "lower")).toBe("no difference shown");
  });

  it("shows no difference between identical lists", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2 }), (list) => {
        const difference = pairedDifference(list, list);
        expect(difference).toMatchObject({ mean: 0, halfWidth: 0 });
        expect(verdict(difference, "higher")).toBe("no difference shown");
        expect(verdict(difference, "lower")).toBe("no difference shown");
      }),
    );
  });

  it("changes only its sign when the variants change places", () => {
    const pairs = fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(pairs, (list) => {
        const left = list.map(([value]) => value);
        const right = list.map(([, value]) => value);
        const there = pairedDifference(left, right);
        const back = pairedDifference(right, left);
        expect(back.mean + there.mean).toBe(0);
        expect(back.halfWidth).toBe(there.halfWidth);
      }),
    );
  });

  it("refuses lists of different length", () => {
    expect(() => pairedDifference([1, 2], [1])).toThrow(RangeError);
  });
});

describe("verdict", () => {
  const shown = (mean: number, halfWidth: number) => ({ mean, halfWidth, n: 10, level: 0.95 });

  it("depends on which direction is better", () => {
    expect(verdict(shown(3, 1), "higher")).toBe("better");
    expect(verdict(shown(3, 1), "lower")).toBe("worse");
    expect(verdict(shown(-3, 1), "higher")).toBe("worse");
    expect(verdict(shown(-3, 1), "lower")).toBe("better");
  });

  it("shows nothing while the interval holds zero, its edges included", () => {
    expect(verdict(shown(1, 3), "higher")).toBe("no difference shown");
    expect(verdict(shown(2, 2), "higher")).toBe("no difference shown");
    expect(verdict(shown(5, Number.POSITIVE_INFINITY), "lower")).toBe("no difference shown");
  });
});
