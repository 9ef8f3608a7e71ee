import { describe, expect, it } from "vitest";
import { lognormal, lognormalFromQuantiles } from "../../../../src/engine/random/distributions/index.ts";
import { normalCdf } from "../../../../src/engine/random/exact-math.ts";
import { at, drawsPerSample, expectCdf, expectIncreasing, expectMoments } from "./distribution-checks.ts";

describe("lognormal", () => {
  it("has the mean and cv that were asked for", () => {
    const distribution = lognormal(100, 0.5);
    expect([distribution.mean, distribution.cv2]).toEqual([100, 0.25]);
    expectMoments(distribution);
    // σ² = ln 1.25, µ = ln 100 - σ²/2.
    const sigma2 = Math.log(1.25);
    const mu = Math.log(100) - sigma2 / 2;
    expectCdf(distribution, (x) => normalCdf((Math.log(x) - mu) / Math.sqrt(sigma2)));
    expectIncreasing(distribution);
  });

  it("has the median and 99th percentile that were asked for", () => {
    const distribution = lognormalFromQuantiles(20, 200);
    expect(at(distribution, 0.5)).toBeCloseTo(20, 10);
    expect(at(distribution, 0.99)).toBeCloseTo(200, 9);
    // σ = ln 10 / 2.3263478740 = 0.98978, so mean 20 exp(σ²/2) = 32.642 and cv² = exp(σ²) - 1 = 1.6636.
    expect(distribution.mean).toBeCloseTo(32.64, 1);
    expect(distribution.cv2).toBeCloseTo(1.664, 2);
    expectMoments(distribution, 0.1);
  });

  it("takes one uniform number", () => {
    expect([drawsPerSample(lognormal(1, 1)), drawsPerSample(lognormalFromQuantiles(1, 2))]).toEqual([1, 1]);
  });

  it("refuses a 99th percentile that is not above the median", () => {
    expect(() => lognormalFromQuantiles(5, 5)).toThrow(RangeError);
    expect(() => lognormal(1, 0)).toThrow(RangeError);
  });
});
