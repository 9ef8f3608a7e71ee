import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { incompleteBeta, incompleteBetaInverse } from "../../../src/experiment/analysis/incomplete-beta.ts";

/** P(Binomial(n, x) >= k), which equals I_x(k, n − k + 1) (DLMF 8.17.5). */
function binomialTail(k: number, n: number, x: number): number {
  let sum = 0;
  for (let i = k; i <= n; i += 1) {
    let term = 1;
    for (let j = 1; j <= i; j += 1) term *= ((n - i + j) / j) * x;
    for (let j = 0; j < n - i; j += 1) term *= 1 - x;
    sum += term;
  }
  return sum;
}

describe("incompleteBeta", () => {
  it("is x for the uniform shape and x to the power a for b = 1", () => {
    expect(incompleteBeta(0.3, 1, 1)).toBeCloseTo(0.3, 14);
    expect(incompleteBeta(0.3, 4, 1)).toBeCloseTo(0.0081, 14);
  });

  it("is the arcsine law for a = b = 1/2", () => {
    // I_x(1/2, 1/2) = (2/π) asin √x; at x = 1/4 that is (2/π)(π/6) = 1/3.
    expect(incompleteBeta(0.25, 0.5, 0.5)).toBeCloseTo(1 / 3, 14);
  });

  it("equals binomial tail sums at whole-number shapes", () => {
    for (const [k, n, x] of [
      [3, 10, 0.2],
      [9, 10, 0.7],
      [1, 20, 0.01],
      [15, 30, 0.5],
    ] as const) {
      const expected = binomialTail(k, n, x);
      expect(Math.abs(incompleteBeta(x, k, n - k + 1) / expected - 1)).toBeLessThan(1e-12);
    }
  });

  it("keeps its digits when a shape is large", () => {
    // I_x(1, b) = 1 − (1 − x)^b; x = 2^-20 and b = 2^20 give 1 − (1 − 2^-20)^(2^20), by twenty squarings.
    let power = 1 - 2 ** -20;
    for (let i = 0; i < 20; i += 1) power *= power;
    // Twenty squarings of a number near 1 are themselves good to about 1e-10.
    expect(Math.abs(incompleteBeta(2 ** -20, 1, 2 ** 20) - (1 - power))).toBeLessThan(1e-9);
  });

  it("adds up to one with its mirror image", () => {
    const shape = fc.double({ min: 0.1, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), shape, shape, (x, a, b) => {
        expect(Math.abs(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a, x) - 1)).toBeLessThan(1e-10);
      }),
    );
  });

  it("takes 0 and 1 at the ends", () => {
    expect(incompleteBeta(0, 2, 3)).toBe(0);
    expect(incompleteBeta(1, 2, 3)).toBe(1);
  });

  it("refuses arguments outside its domain", () => {
    expect(() => incompleteBeta(1.1, 1, 1)).toThrow(RangeError);
    expect(() => incompleteBeta(Number.NaN, 1, 1)).toThrow(RangeError);
    expect(() => incompleteBeta(0.5, 0, 1)).toThrow(RangeError);
    expect(() => incompleteBeta(0.5, 1, Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

describe("incompleteBetaInverse", () => {
  it("gives the median of symmetric shapes as one half", () => {
    expect(incompleteBetaInverse(0.5, 3, 3)).toBeCloseTo(0.5, 14);
    expect(incompleteBetaInverse(0.5, 0.5, 0.5)).toBeCloseTo(0.5, 14);
  });

  it("follows the arcsine law", () => {
    // The quantile of a = b = 1/2 is sin²(π p/2); at p = 1/3 that is 1/4.
    expect(incompleteBetaInverse(1 / 3, 0.5, 0.5)).toBeCloseTo(0.25, 13);
  });

  it("inverts the function", () => {
    const shape = fc.double({ min: 1, max: 300, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), shape, shape, (probability, a, b) => {
        const x = incompleteBetaInverse(probability, a, b);
        expect(Math.abs(incompleteBeta(x, a, b) - probability)).toBeLessThan(1e-10);
      }),
    );
  });

  it("maps the ends to the ends and refuses what is no probability", () => {
    expect(incompleteBetaInverse(0, 2, 3)).toBe(0);
    expect(incompleteBetaInverse(1, 2, 3)).toBe(1);
    expect(() => incompleteBetaInverse(-0.1, 2, 3)).toThrow(RangeError);
    expect(() => incompleteBetaInverse(0.5, 2, -3)).toThrow(RangeError);
  });
});
