import { describe, expect, it } from "vitest";
import { pareto } from "../../../../src/engine/random/distributions/index.ts";
import { at, drawsPerSample, expectCdf, expectIncreasing, expectMoments } from "./distribution-checks.ts";

describe("pareto", () => {
  it("has F(x) = 1 - (minimum / x)^shape", () => {
    const distribution = pareto(6, 10);
    // Mean 6 * 10 / 5 = 12; cv² 1 / (6 * 4).
    expect(distribution.mean).toBeCloseTo(12, 12);
    expect(distribution.cv2).toBeCloseTo(1 / 24, 12);
    expectMoments(distribution, 0.1);
    expectCdf(distribution, (x) => 1 - (10 / x) ** 6);
    expectIncreasing(distribution);
    // The median of shape 1 is twice the minimum.
    expect(at(pareto(1, 10), 0.5)).toBeCloseTo(20, 12);
  });

  it("has no mean up to shape 1 and no variance up to shape 2", () => {
    expect([pareto(1, 1).mean, pareto(1, 1).cv2]).toEqual([Infinity, Infinity]);
    expect([pareto(2, 1).mean, pareto(2, 1).cv2]).toEqual([2, Infinity]);
  });

  it("takes one uniform number and refuses parameters that are not above 0", () => {
    expect(drawsPerSample(pareto(2, 1))).toBe(1);
    expect(() => pareto(-1, 1)).toThrow(RangeError);
    expect(() => pareto(1, 0)).toThrow(RangeError);
  });
});
