import { describe, expect, it } from "vitest";
import { hyperexponential, hyperexponentialPhases } from "../../../../src/engine/random/distributions/index.ts";
import { drawsPerSample, expectCdf, expectMoments } from "./distribution-checks.ts";

describe("hyperexponential", () => {
  it("has the mean and cv² that were asked for, with balanced means", () => {
    const distribution = hyperexponential(10, 4);
    expect([distribution.mean, distribution.cv2]).toEqual([10, 4]);
    expectMoments(distribution, 0.08);
    // p = (1 + sqrt(3/5)) / 2; phase means 10 / 2p and 10 / 2(1 - p).
    const p = (1 + Math.sqrt(3 / 5)) / 2;
    const tail = (share: number, x: number) => share * Math.exp((-x * 2 * share) / 10);
    expectCdf(distribution, (x) => 1 - tail(p, x) - tail(1 - p, x));
  });

  it("takes explicit phases", () => {
    const distribution = hyperexponentialPhases([
      { weight: 3, mean: 2 },
      { weight: 1, mean: 10 },
    ]);
    // Mean 3/4 * 2 + 1/4 * 10 = 4; second moment 3/4 * 2 * 4 + 1/4 * 2 * 100 = 56; cv² = 56 / 16 - 1.
    expect(distribution.mean).toBe(4);
    expect(distribution.cv2).toBeCloseTo(2.5, 12);
    expectMoments(distribution);
  });

  it("takes two uniform numbers", () => {
    expect(drawsPerSample(hyperexponential(1, 2))).toBe(2);
  });

  it("is exponential at cv² 1 and refuses less", () => {
    expectCdf(hyperexponential(5, 1), (x) => 1 - Math.exp(-x / 5));
    expect(() => hyperexponential(5, 0.9)).toThrow(RangeError);
  });
});
