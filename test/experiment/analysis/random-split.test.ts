import { describe, expect, it } from "vitest";
import { optimalSplit, randomSplit } from "../../../src/experiment/analysis/random-split.ts";

describe("randomSplit", () => {
  it.each([
    { weights: [1, 1], rates: [1, 1], arrivals: 1.6, loads: [0.8, 0.8], W: 5 },
    { weights: [2, 1], rates: [2, 1], arrivals: 2.4, loads: [0.8, 0.8], W: 3.333333 },
    { weights: [1, 1], rates: [2, 1], arrivals: 1.8, loads: [0.45, 0.9], W: 5.454545 },
    { weights: [3, 1], rates: [1, 1], arrivals: 1.2, loads: [0.9, 0.3], W: 7.857143 },
  ])("splits $weights over service rates $rates", ({ weights, rates, arrivals, loads, W }) => {
    const split = randomSplit(weights, arrivals, rates);
    expect(split.W).toBeCloseTo(W, 6);
    for (const [server, load] of loads.entries()) expect(split.loads[server]).toBeCloseTo(load, 12);
  });

  it("sends nothing to a server of weight 0", () => {
    expect(randomSplit([1, 0], 0.5, [1, 1])).toEqual({ loads: [0.5, 0], W: 2 });
  });

  it("refuses overload of a single server, lists that do not match and weights that are none", () => {
    expect(() => randomSplit([3, 1], 1.4, [1, 1])).toThrow(/server 0 has load/);
    expect(() => randomSplit([1], 0.5, [1, 1])).toThrow(RangeError);
    expect(() => randomSplit([0, 0], 0.5, [1, 1])).toThrow(RangeError);
    expect(() => randomSplit([2, -1], 0.5, [1, 1])).toThrow(RangeError);
    expect(() => randomSplit([], 0.5, [])).toThrow(RangeError);
    expect(() => randomSplit([1], 0, [1])).toThrow(RangeError);
  });
});

describe("optimalSplit", () => {
  it("follows the square-root rule", () => {
    const [fast, slow] = optimalSplit(1.8, [2, 1]);
    expect(fast).toBeCloseTo(1.297056, 6);
    expect(slow).toBeCloseTo(0.502944, 6);
    expect(randomSplit([fast ?? 0, slow ?? 0], 1.8, [2, 1]).W).toBeCloseTo(1.587235, 6);
  });

  it("leaves a slow server idle while a fast one is little loaded", () => {
    // With both used, √1 (5 − 0.5)/(2 + 1) = 1.5 exceeds the slow server's rate, so all goes to the fast one.
    expect(optimalSplit(0.5, [4, 1])).toEqual([0.5, 0]);
  });

  it("refuses more than all servers can carry", () => {
    expect(() => optimalSplit(3, [2, 1])).toThrow(RangeError);
    expect(() => optimalSplit(1, [2, 0])).toThrow(RangeError);
  });
});
