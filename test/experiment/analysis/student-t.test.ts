import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { studentTCdf, studentTQuantile } from "../../../src/experiment/analysis/student-t.ts";

describe("studentTQuantile", () => {
  // Printed tables of the t distribution (Pearson and Hartley, Biometrika Tables for Statisticians).
  it.each([
    [0.975, 1, 12.7062047],
    [0.975, 2, 4.3026527],
    [0.975, 9, 2.2621572],
    [0.975, 19, 2.0930241],
    [0.975, 29, 2.0452296],
    [0.95, 4, 2.1318468],
    [0.995, 9, 3.2498355],
    [0.9995, 9, 4.7809126],
    [0.9995, 1, 636.6192488],
    [0.975, 120, 1.9799304],
    [0.975, Number.POSITIVE_INFINITY, 1.959964],
  ])("gives the table value at probability %d with %d degrees of freedom", (probability, degrees, expected) => {
    expect(Math.abs(studentTQuantile(probability, degrees) / expected - 1)).toBeLessThan(5e-8);
  });

  it("follows the closed forms of one and two degrees of freedom far into the tail", () => {
    // One degree is the Cauchy law, t = cot(π q) for the upper tail q; two degrees t = (1 − 2q)/√(2q(1 − q)).
    for (const tail of [0.4, 0.1, 1e-3, 1e-6, 1e-9]) {
      expect(Math.abs(-studentTQuantile(tail, 1) * Math.tan(Math.PI * tail) - 1)).toBeLessThan(1e-12);
      const two = (1 - 2 * tail) / Math.sqrt(2 * tail * (1 - tail));
      expect(Math.abs(-studentTQuantile(tail, 2) / two - 1)).toBeLessThan(1e-12);
    }
  });

  it("is zero at one half and infinite at the ends", () => {
    expect(studentTQuantile(0.5, 7)).toBe(0);
    expect(studentTQuantile(0, 7)).toBe(Number.NEGATIVE_INFINITY);
    expect(studentTQuantile(1, 7)).toBe(Number.POSITIVE_INFINITY);
  });

  it("runs without a step into the expansion for very many degrees of freedom", () => {
    const below = studentTQuantile(0.975, 999_999);
    const above = studentTQuantile(0.975, 1_000_000);
    // dt/dn is about −(z³ + z)/(4n²) = −2.4e-12 for z = 1.96 and n = 1e6.
    expect(below - above).toBeGreaterThan(0);
    expect(below - above).toBeLessThan(1e-11);
    expect(studentTQuantile(0.975, 1e12)).toBeCloseTo(1.959963984540054, 10);
  });

  it("inverts the distribution function", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
        fc.double({ min: 0.5, max: 5_000, noNaN: true }),
        (probability, degrees) => {
          const back = studentTCdf(studentTQuantile(probability, degrees), degrees);
          expect(Math.abs(back - probability)).toBeLessThan(1e-11 * Math.max(probability, 1e-3));
        },
      ),
    );
  });

  it("is odd about one half and shrinks with more degrees of freedom", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.499, noNaN: true }),
        fc.integer({ min: 1, max: 2_000 }),
        (tail, degrees) => {
          expect(studentTQuantile(1 - tail, degrees)).toBeCloseTo(-studentTQuantile(tail, degrees), 9);
          expect(studentTQuantile(tail, degrees)).toBeLessThan(studentTQuantile(tail, degrees + 1));
        },
      ),
    );
  });

  it("refuses what is no probability and no number of degrees", () => {
    expect(() => studentTQuantile(1.01, 5)).toThrow(RangeError);
    expect(() => studentTQuantile(Number.NaN, 5)).toThrow(RangeError);
    expect(() => studentTQuantile(0.9, 0)).toThrow(RangeError);
  });
});

describe("studentTCdf", () => {
  it("follows the closed forms of one, two and three degrees of freedom", () => {
    // F1(t) = 1/2 + atan(t)/π; F2(t) = 1/2 + t/(2√(2 + t²)); F3(t) = 1/2 + (atan(t/√3) + √3 t/(3 + t²))/π.
    const root = Math.sqrt(3);
    for (const t of [-30, -2, -0.1, 0, 0.5, 1, 4]) {
      expect(studentTCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13);
      expect(studentTCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 13);
      expect(studentTCdf(t, 3)).toBeCloseTo(0.5 + (Math.atan(t / root) + (root * t) / (3 + t * t)) / Math.PI, 13);
    }
  });

  it("ends at 0 and 1", () => {
    expect(studentTCdf(Number.NEGATIVE_INFINITY, 4)).toBe(0);
    expect(studentTCdf(Number.POSITIVE_INFINITY, 4)).toBe(1);
  });

  it("refuses NaN and a number of degrees that is not positive and finite", () => {
    expect(() => studentTCdf(Number.NaN, 4)).toThrow(RangeError);
    expect(() => studentTCdf(1, -1)).toThrow(RangeError);
    expect(() => studentTCdf(1, Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});
