import { describe, expect, it } from "vitest";
import { weibull } from "../../../../src/engine/random/distributions/index.ts";
import { at, drawsPerSample, expectCdf, expectIncreasing, expectMoments } from "./distribution-checks.ts";

describe("weibull", () => {
  it("has F(x) = 1 - exp(-(x / scale)^shape)", () => {
    const distribution = weibull(2, 10);
    // Mean 10 Γ(3/2) = 5 √π; cv² = Γ(2) / Γ(3/2)² - 1 = 4/π - 1.
    expect(distribution.mean).toBeCloseTo(5 * Math.sqrt(Math.PI), 11);
    expect(distribution.cv2).toBeCloseTo(4 / Math.PI - 1, 11);
    expectMoments(distribution);
    expectCdf(distribution, (x) => 1 - Math.exp(-((x / 10) ** 2)));
    expectIncreasing(distribution);
  });

  it("has a heavy tail below shape 1", () => {
    // Shape 1/2: mean Γ(3) = 2, cv² Γ(5) / Γ(3)² - 1 = 5.
    expect(weibull(0.5, 1).mean).toBeCloseTo(2, 11);
    expect(weibull(0.5, 1).cv2).toBeCloseTo(5, 11);
    expectCdf(weibull(0.5, 1), (x) => 1 - Math.exp(-Math.sqrt(x)));
  });

  it("reaches its scale with probability 1 - 1/e", () => {
    expect(at(weibull(3, 7), 1 - Math.exp(-1))).toBeCloseTo(7, 12);
  });

  it("takes one uniform number and refuses parameters that are not above 0", () => {
    expect(drawsPerSample(weibull(2, 1))).toBe(1);
    expect(() => weibull(0, 1)).toThrow(RangeError);
    expect(() => weibull(1, 0)).toThrow(RangeError);
  });
});
