import { describe, expect, it } from "vitest";
import { exponential } from "../../../../src/engine/random/distributions/index.ts";
import { at, drawsPerSample, expectCdf, expectIncreasing, expectMoments } from "./distribution-checks.ts";

describe("exponential", () => {
  it("has F(x) = 1 - exp(-x / mean)", () => {
    const distribution = exponential(40);
    expect([distribution.mean, distribution.cv2]).toEqual([40, 1]);
    expectMoments(distribution);
    expectCdf(distribution, (x) => 1 - Math.exp(-x / 40));
    expectIncreasing(distribution);
    // The median is mean * ln 2.
    expect(at(distribution, 0.5)).toBeCloseTo(40 * Math.LN2, 10);
  });

  it("takes one uniform number", () => {
    expect(drawsPerSample(exponential(1))).toBe(1);
  });

  it("refuses a mean that is not above 0", () => {
    for (const mean of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => exponential(mean)).toThrow(new RangeError(`the mean must be above 0, not ${mean}`));
    }
  });
});
