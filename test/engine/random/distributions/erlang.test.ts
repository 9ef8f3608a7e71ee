import { describe, expect, it } from "vitest";
import { erlang } from "../../../../src/engine/random/distributions/index.ts";
import { at, drawsPerSample, expectCdf, expectMoments } from "./distribution-checks.ts";

describe("erlang", () => {
  it("is a sum of exponential phases: cv² 1 / shape", () => {
    const distribution = erlang(3, 30);
    expect([distribution.mean, distribution.cv2]).toEqual([30, 1 / 3]);
    expectMoments(distribution);
    // F(x) = 1 - exp(-y) (1 + y + y²/2) with y = x / (mean / 3).
    expectCdf(distribution, (x) => 1 - Math.exp(-x / 10) * (1 + x / 10 + (x / 10) ** 2 / 2));
  });

  it("takes as many uniform numbers as it has phases", () => {
    expect([1, 4, 16, 17, 40].map((shape) => drawsPerSample(erlang(shape, 1)))).toEqual([1, 4, 16, 17, 40]);
  });

  it("stays finite with many phases, all of them long", () => {
    // Each phase is -ln(2^-53) = 36.7 of its mean of 1/100.
    expect(at(erlang(100, 1), 1 - 2 ** -53)).toBeCloseTo(53 * Math.LN2, 8);
  });

  it("refuses shapes that are no whole number from 1 on", () => {
    for (const shape of [0, 1.5, -2]) expect(() => erlang(shape, 1)).toThrow(RangeError);
  });
});
