import { describe, expect, it } from "vitest";
import { expFixed, LN2_FIXED, lnFixed, splitFixed } from "../../../src/engine/random/fixed-point.ts";

describe("fixed-point numbers", () => {
  it("have ln 2 to 30 decimals", () => {
    // 0.693147180559945309417232121458176568…
    expect((LN2_FIXED * 10n ** 30n) >> 120n).toBe(693147180559945309417232121458n);
  });

  it("have exp and ln that undo each other", () => {
    // exp(ln(3/2)) = 3/2 to 2^-110.
    const difference = expFixed(lnFixed(3, 2)) - (3n << 119n);
    expect(difference < 1n << 10n && difference > -(1n << 10n)).toBe(true);
  });

  it("split into a short upper part and a rest", () => {
    const [upper, rest] = splitFixed(LN2_FIXED, 32);
    expect(Number.isInteger(upper * 2 ** 32)).toBe(true);
    expect(rest).toBeGreaterThanOrEqual(0);
    expect(rest).toBeLessThan(2 ** -32);
    expect(upper + rest).toBe(Math.LN2);
    expect(splitFixed(-(1n << 119n), 4)).toEqual([-0.5, 0]);
  });
});
