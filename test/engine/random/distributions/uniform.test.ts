import { describe, expect, it } from "vitest";
import { uniform } from "../../../../src/engine/random/distributions/index.ts";
import { at, drawsPerSample, expectCdf, expectIncreasing, expectMoments } from "./distribution-checks.ts";

describe("uniform", () => {
  it("lies evenly between its ends", () => {
    const distribution = uniform(50, 200);
    // Mean 125, variance 150² / 12 = 1875.
    expect(distribution.mean).toBe(125);
    expect(distribution.cv2).toBeCloseTo(1875 / 125 ** 2, 12);
    expectMoments(distribution);
    expectCdf(distribution, (x) => (x - 50) / 150);
    expectIncreasing(distribution);
    expect(at(distribution, 0.5)).toBe(125);
  });

  it("takes one uniform number", () => {
    expect(drawsPerSample(uniform(0, 1))).toBe(1);
  });

  it("may have no width, but not its ends the wrong way round", () => {
    expect([at(uniform(3, 3), 0.7), uniform(3, 3).cv2]).toEqual([3, 0]);
    expect(() => uniform(2, 1)).toThrow(RangeError);
  });
});
