import { describe, expect, it } from "vitest";
import { mmc } from "../../../src/experiment/analysis/queueing-theory.ts";
import { jsq2 } from "../../../src/experiment/analysis/shortest-of-two.ts";

describe("jsq2", () => {
  it.each([
    [0.5, 1.426321, 1.596561, 1.333333, 0.315967],
    [0.8, 2.955737, 3.267946, 2.777778, 0.094165],
    [0.9, 5.474913, 5.864685, 5.263158, 0.042246],
  ])("has the exact mean times at load %d", (rho, shortest, withReplacement, pooled, bothIdle) => {
    const jsq = jsq2(rho);
    expect(jsq.W).toBeCloseTo(shortest, 6);
    expect(jsq.bothIdle).toBeCloseTo(bothIdle, 6);
    expect(jsq2(rho, 0.75).W).toBeCloseTo(withReplacement, 6);
    expect(mmc(2, 2 * rho).W).toBeCloseTo(pooled, 6);
  });

  it("comes near the pooled queue in heavy traffic", () => {
    // State-space collapse: (1 − ρ) times the total number tends to 1; at ρ = 0.9 the total is 9.854843.
    expect(jsq2(0.9).L).toBeCloseTo(9.854843, 6);
  });

  it.each([0.1, 0.5, 0.9, 0.95])("leaves each server idle for exactly 1 − ρ at load %d", (rho) => {
    expect(jsq2(rho).oneIdle).toBeCloseTo(1 - rho, 10);
    expect(jsq2(rho, 0.75).oneIdle).toBeCloseTo(1 - rho, 10);
  });

  it("keeps Little's law", () => {
    const { L, W } = jsq2(0.8);
    expect(L).toBeCloseTo(2 * 0.8 * W, 12);
  });

  it("refuses loads and shares that its truncation does not cover", () => {
    expect(() => jsq2(1)).toThrow(RangeError);
    expect(() => jsq2(0)).toThrow(RangeError);
    expect(() => jsq2(0.5, 0.5)).toThrow(RangeError);
  });
});
