import { describe, expect, it } from "vitest";
import { solveBandedChain } from "../../../src/experiment/analysis/banded-markov-chain.ts";

describe("solveBandedChain", () => {
  it("solves a birth-and-death chain to the last digits, however small the probabilities", () => {
    // Birth 1, death 1000: p(n) = 1000^-n (1 − 1/1000)/(1 − 1000^-11).
    const chain = solveBandedChain(11, 1, (state, to) => {
      if (state < 10) to(state + 1, 1);
      if (state > 0) to(state - 1, 1000);
    });
    const first = 0.999 / (1 - 1e-33);
    for (let n = 0; n <= 10; n += 1) {
      expect(Math.abs((chain[n] ?? 0) / (first * Number(`1e-${3 * n}`)) - 1)).toBeLessThan(1e-13);
    }
  });

  it("solves a cycle, where the probabilities go against the rates", () => {
    // 0 → 1 → 2 → 0 at rates 1, 2, 4: the flow is equal everywhere, so p is as 1 : 1/2 : 1/4.
    const rates = [1, 2, 4];
    const chain = solveBandedChain(3, 2, (state, to) => to((state + 1) % 3, rates[state] ?? 0));
    expect(chain[0]).toBeCloseTo(4 / 7, 15);
    expect(chain[1]).toBeCloseTo(2 / 7, 15);
    expect(chain[2]).toBeCloseTo(1 / 7, 15);
  });

  it("adds up rates that are listed twice", () => {
    const chain = solveBandedChain(2, 1, (state, to) => {
      to(1 - state, 1);
      if (state === 1) to(0, 2);
    });
    expect(chain[0]).toBeCloseTo(0.75, 15);
  });

  it("refuses transitions out of the band and states that lead nowhere back", () => {
    expect(() => solveBandedChain(3, 1, (state, to) => to((state + 1) % 3, 1))).toThrow(/leaves the band/);
    expect(() => solveBandedChain(2, 1, (state, to) => to(state + 1, 1))).toThrow(/leaves the band/);
    expect(() => solveBandedChain(2, 1, (state, to) => (state === 0 ? to(1, 1) : undefined))).toThrow(
      /leads to no earlier state/,
    );
  });
});
