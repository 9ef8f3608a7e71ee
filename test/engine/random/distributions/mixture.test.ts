import { describe, expect, it } from "vitest";
import {
  constant,
  erlang,
  exponential,
  mixture,
  pareto,
  uniform,
} from "../../../../src/engine/random/distributions/index.ts";
import { drawsPerSample, expectCdf, expectMoments, FixedUniforms } from "./distribution-checks.ts";

describe("mixture", () => {
  const distribution = mixture([
    { weight: 9, of: uniform(0, 2) },
    { weight: 1, of: exponential(10) },
  ]);

  it("is each part as often as its weight says", () => {
    // Mean 0.9 * 1 + 0.1 * 10 = 1.9; second moment 0.9 * 4/3 + 0.1 * 200 = 21.2.
    expect(distribution.mean).toBeCloseTo(1.9, 12);
    expect(distribution.cv2).toBeCloseTo(21.2 / 1.9 ** 2 - 1, 12);
    expectMoments(distribution, 0.1);
    expectCdf(distribution, (x) => 0.9 * Math.min(1, x / 2) + 0.1 * (1 - Math.exp(-x / 10)));
  });

  it("takes one uniform number to choose and then those of the part", () => {
    expect(drawsPerSample(distribution)).toBe(2);
    expect(drawsPerSample(mixture([{ weight: 1, of: erlang(4, 1) }]))).toBe(5);
    const source = new FixedUniforms(0.95, 0.5);
    expect(distribution.sample(source)).toBeCloseTo(10 * Math.LN2, 10);
  });

  it("has the infinite moments of a part that can happen, and not those of one that can't", () => {
    const parts = (weight: number) => [
      { weight: 1, of: constant(1) },
      { weight, of: pareto(1.5, 1) },
    ];
    expect(mixture(parts(1)).cv2).toBe(Infinity);
    expect(mixture(parts(1)).mean).toBe(2);
    expect(mixture(parts(0)).cv2).toBe(0);
  });

  it("refuses to mix nothing", () => {
    expect(() => mixture([])).toThrow(RangeError);
  });
});
