import { describe, expect, it } from "vitest";
import { boundedPareto } from "../../../../src/engine/random/distributions/index.ts";
import { at, drawsPerSample, expectCdf, expectIncreasing, expectMoments } from "./distribution-checks.ts";

describe("boundedPareto", () => {
  it("has F(x) = (1 - (min / x)^shape) / (1 - (min / max)^shape)", () => {
    const distribution = boundedPareto(1.5, 10, 1000);
    expectMoments(distribution, 0.1);
    expectCdf(distribution, (x) => (1 - (10 / x) ** 1.5) / (1 - 0.01 ** 1.5));
    expectIncreasing(distribution);
    expect(at(distribution, 2 ** -53)).toBeCloseTo(10, 10);
    expect(at(distribution, 1 - 2 ** -53)).toBeCloseTo(1000, 6);
  });

  it("knows its moments where the formula has a gap, at shape 1 and 2", () => {
    // Shape 1, from 1 to e: density e / (e - 1) / x²; mean e / (e - 1); second moment e; cv² = (e - 1)² / e - 1.
    const one = boundedPareto(1, 1, Math.E);
    expect(one.mean).toBeCloseTo(Math.E / (Math.E - 1), 12);
    expect(one.cv2).toBeCloseTo((Math.E - 1) ** 2 / Math.E - 1, 12);
    // Shape 2, from 1 to 2: density 8/3 / x³; mean 8/3 * 1/2 = 4/3; second moment 8/3 * ln 2.
    const two = boundedPareto(2, 1, 2);
    expect(two.mean).toBeCloseTo(4 / 3, 12);
    expect(two.cv2).toBeCloseTo(((8 / 3) * Math.LN2) / (16 / 9) - 1, 12);
  });

  it("takes one uniform number and refuses a maximum that is not above the minimum", () => {
    expect(drawsPerSample(boundedPareto(1, 1, 2))).toBe(1);
    expect(() => boundedPareto(1, 5, 5)).toThrow(RangeError);
  });
});
