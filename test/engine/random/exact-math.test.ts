import { describe, expect, it } from "vitest";
import { exp, gamma, ln, lnGamma, normalCdf, normalQuantile, pow } from "../../../src/engine/random/exact-math.ts";
import { RandomStream } from "../../../src/engine/random/random-stream.ts";

const bits = new DataView(new ArrayBuffer(8));

/** How many doubles lie between two of the same sign. */
function doublesApart(one: number, other: number): number {
  const rank = (x: number): bigint => {
    bits.setFloat64(0, x);
    return bits.getBigInt64(0);
  };
  const distance = Number(rank(one) - rank(other));
  return Math.abs(distance);
}

const random = new RandomStream(1, 0, "exact-math");
const between = (min: number, max: number): number => min + (max - min) * random.next();

/** The largest distance, in doubles, of a function from the engine's own. */
function worstOf(
  count: number,
  draw: () => number,
  ours: (x: number) => number,
  theirs: (x: number) => number,
): number {
  let worst = 0;
  for (let i = 0; i < count; i++) {
    const x = draw();
    worst = Math.max(worst, doublesApart(ours(x), theirs(x)));
  }
  return worst;
}

describe("ln", () => {
  it("stays within 2 units in the last place of Math.log for numbers of every size", () => {
    const anySize = () => between(1, 2) * 2 ** Math.floor(between(-1074, 1024));
    expect(worstOf(50_000, anySize, ln, Math.log)).toBeLessThanOrEqual(2);
  });

  it("loses no digits around 1, where the result is near 0", () => {
    expect(worstOf(50_000, () => 1 + between(-0.02, 0.02), ln, Math.log)).toBeLessThanOrEqual(2);
    // ln(1 + e) = e - e²/2 + … = e (1 - 2^-53 + …) for e = 2^-52, and that is the double below e.
    expect(ln(1 + Number.EPSILON)).toBe(Number.EPSILON * (1 - 2 ** -53));
    expect(ln(1)).toBe(0);
  });

  it("knows the ends of its domain", () => {
    expect([ln(0), ln(-0), ln(Number.POSITIVE_INFINITY)]).toEqual([-Infinity, -Infinity, Infinity]);
    expect([ln(-1), ln(Number.NEGATIVE_INFINITY), ln(Number.NaN)]).toEqual([NaN, NaN, NaN]);
    expect(doublesApart(ln(Number.MIN_VALUE), Math.log(Number.MIN_VALUE))).toBeLessThanOrEqual(2);
    expect(doublesApart(ln(Number.MAX_VALUE), Math.log(Number.MAX_VALUE))).toBeLessThanOrEqual(2);
  });

  it("has these bits in every engine", () => {
    // 1.09861228866810969…, 1.60943791243410037…, 1.94591014905531330…
    expect([ln(3), ln(5), ln(7)]).toEqual([1.0986122886681098, 1.6094379124341003, 1.9459101490553132]);
  });
});

describe("exp", () => {
  it("stays within 2 units in the last place of Math.exp over its whole range", () => {
    expect(worstOf(50_000, () => between(-745, 709.7), exp, Math.exp)).toBeLessThanOrEqual(2);
    expect(worstOf(50_000, () => between(-2, 2), exp, Math.exp)).toBeLessThanOrEqual(2);
  });

  it("knows its limits", () => {
    expect([exp(0), exp(-0), exp(710), exp(-746)]).toEqual([1, 1, Infinity, 0]);
    expect([exp(Infinity), exp(-Infinity), exp(NaN)]).toEqual([Infinity, 0, NaN]);
  });
});

describe("pow", () => {
  it("is exp(y ln x), with an error that grows with the exponent of the result", () => {
    let worst = 0;
    for (let i = 0; i < 20_000; i++) {
      const [x, y] = [between(1e-3, 1e3), between(-20, 20)];
      const unit = (Math.abs(y * Math.log(x)) + 3) * 2 ** -52;
      worst = Math.max(worst, Math.abs(pow(x, y) / x ** y - 1) / unit);
    }
    expect(worst).toBeLessThanOrEqual(1);
  });

  it("knows 0 and 1 and answers NaN for negative bases", () => {
    expect([pow(5, 0), pow(0, 0), pow(0, 2), pow(0, -1), pow(1, 7)]).toEqual([1, 1, 0, Infinity, 1]);
    expect(pow(-2, 2)).toBeNaN();
  });
});

describe("the normal distribution", () => {
  it("has the quantiles of the tables", () => {
    // Abramowitz and Stegun, tables 26.1 and 26.5, and Wichura's own test values.
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(0.99)).toBeCloseTo(2.3263478740408408, 14);
    expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 14);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167814, 13);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 12);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });

  it("has the probabilities of the tables", () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 15);
    expect(normalCdf(-5) / 2.866515718791946e-7).toBeCloseTo(1, 13);
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(NaN)]).toEqual([0, 1, NaN]);
  });

  it("has a quantile that undoes the distribution function", () => {
    for (let z = -6; z <= 6; z += 0.01) {
      // Above 0 the probability nears 1 and keeps few digits of its distance to 1.
      expect(Math.abs(normalQuantile(normalCdf(z)) - z)).toBeLessThan(z < 0 ? 1e-13 : 1e-7);
    }
  });
});

describe("gamma", () => {
  it("is the factorial of whole numbers", () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      expect(Math.abs(gamma(n) / factorial - 1)).toBeLessThan(1e-13);
      factorial *= n;
    }
  });

  it("has the known values in between", () => {
    // Γ(1/2) = √π, Γ(3/2) = √π / 2, Γ(1/4) = 3.6256099082219083119.
    expect(gamma(0.5)).toBeCloseTo(Math.sqrt(Math.PI), 13);
    expect(gamma(1.5)).toBeCloseTo(Math.sqrt(Math.PI) / 2, 13);
    expect(gamma(0.25)).toBeCloseTo(3.625609908221908, 12);
    // ln(99!) = 359.13420536957539878.
    expect(lnGamma(100)).toBeCloseTo(359.1342053695754, 10);
  });
});
