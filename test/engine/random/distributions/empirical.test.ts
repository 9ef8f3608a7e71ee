import { describe, expect, it } from "vitest";
import { empirical, empiricalQuantiles } from "../../../../src/engine/random/distributions/index.ts";
import { at, drawsPerSample, expectCdf, expectIncreasing, expectMoments, samplesOf } from "./distribution-checks.ts";

describe("empirical", () => {
  const distribution = empirical([
    { value: 100, weight: 1 },
    { value: 10, weight: 3 },
    { value: 55, weight: 0 },
  ]);

  it("takes each value as often as its weight says", () => {
    // Mean (3 * 10 + 100) / 4 = 32.5; variance (3 * 22.5² + 67.5²) / 4 = 1518.75.
    expect(distribution.mean).toBe(32.5);
    expect(distribution.cv2).toBeCloseTo(1518.75 / 32.5 ** 2, 12);
    expectMoments(distribution);
    expect(new Set(samplesOf(distribution, 1000))).toEqual(new Set([10, 100]));
  });

  it("turns at its running shares and grows with the uniform number", () => {
    expect([at(distribution, 0.7499), at(distribution, 0.7501)]).toEqual([10, 100]);
    expectIncreasing(distribution);
  });

  it("takes one uniform number", () => {
    expect(drawsPerSample(distribution)).toBe(1);
  });

  it("refuses nothing, negative weights and weights that are all 0", () => {
    expect(() => empirical([])).toThrow(RangeError);
    expect(() => empirical([{ value: 1, weight: -1 }])).toThrow(RangeError);
    expect(() => empirical([{ value: 1, weight: 0 }])).toThrow(RangeError);
    expect(() => empirical([{ value: Number.NaN, weight: 1 }])).toThrow(RangeError);
  });
});

describe("empiricalQuantiles", () => {
  const distribution = empiricalQuantiles([
    { p: 0, value: 0 },
    { p: 0.5, value: 10 },
    { p: 0.9, value: 50 },
    { p: 1, value: 100 },
  ]);

  it("passes through its points, with straight lines between", () => {
    expect([0.25, 0.5, 0.7, 0.95].map((p) => at(distribution, p)).map(Math.fround)).toEqual([5, 10, 30, 75]);
    expectIncreasing(distribution);
    expectCdf(distribution, (x) => (x < 10 ? x / 20 : x < 50 ? 0.5 + (x - 10) / 100 : 0.9 + (x - 50) / 500));
  });

  it("knows its moments", () => {
    // Mean 0.5 * 5 + 0.4 * 30 + 0.1 * 75 = 22.
    // Second moment 0.5 * 100/3 + 0.4 * (100 + 500 + 2500)/3 + 0.1 * (2500 + 5000 + 10000)/3 = 1013.33.
    expect(distribution.mean).toBeCloseTo(22, 12);
    expect(distribution.cv2).toBeCloseTo(3040 / 3 / 484 - 1, 12);
    expectMoments(distribution);
    expect(drawsPerSample(distribution)).toBe(1);
  });

  it("refuses points that do not run from 0 to 1 or that fall", () => {
    const broken = [
      [],
      [{ p: 0, value: 1 }],
      [
        { p: 0.1, value: 1 },
        { p: 1, value: 2 },
      ],
      [
        { p: 0, value: 3 },
        { p: 1, value: 2 },
      ],
    ];
    for (const points of broken) expect(() => empiricalQuantiles(points)).toThrow(RangeError);
  });
});
