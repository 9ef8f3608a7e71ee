import { describe, expect, it } from "vitest";
import { binomialMoments } from "../../../src/experiment/analysis/binomial-moments.ts";

describe("binomialMoments", () => {
  it.each([
    [1_000, 4, 250, 13.693064],
    [1_000, 10, 100, 9.486833],
    [10_000, 10, 1_000, 30],
    [100_000, 16, 6_250, 76.546554],
  ])("counts what one of the servers takes along: %d sessions, %d servers", (sessions, servers, mean, sd) => {
    const lost = binomialMoments(sessions, 1 / servers);
    expect(lost.mean).toBeCloseTo(mean, 9);
    expect(lost.sd).toBeCloseTo(sd, 6);
  });

  it("has no spread when the outcome is certain", () => {
    expect(binomialMoments(7, 0)).toEqual({ mean: 0, sd: 0 });
    expect(binomialMoments(7, 1)).toEqual({ mean: 7, sd: 0 });
  });

  it("refuses what is no count and no probability", () => {
    expect(() => binomialMoments(-1, 0.5)).toThrow(RangeError);
    expect(() => binomialMoments(1.5, 0.5)).toThrow(RangeError);
    expect(() => binomialMoments(1, 1.5)).toThrow(RangeError);
  });
});
