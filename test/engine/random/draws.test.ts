import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Draws } from "../../../src/engine/random/draws.ts";
import { ln } from "../../../src/engine/random/exact-math.ts";

const int32 = fc.integer();
const address = fc.tuple(int32, int32, int32, int32);

/**
 * Chi-square of counts that should be equal, as standard deviations from its mean. The draws are fixed by their seed,
 * so a bound of 4.5 (one in 150,000) can't fail by chance once it has passed.
 */
function chiSquareScore(cells: number, draws: number, cellOf: (i: number) => number): number {
  const counts = new Float64Array(cells);
  for (let i = 0; i < draws; i++) counts[cellOf(i)] = (counts[cellOf(i)] as number) + 1;
  const expected = draws / cells;
  let sum = 0;
  for (const count of counts) sum += (count - expected) ** 2 / expected;
  return (sum - (cells - 1)) / Math.sqrt(2 * (cells - 1));
}

describe("Draws", () => {
  it("gives the same numbers at an address, whatever was drawn elsewhere and in which order", () => {
    const alone = new Draws(42, 1, "service");
    const busy = new Draws(42, 1, "service");
    fc.assert(
      fc.property(address, fc.array(fc.tuple(address, fc.nat(5))), (wanted, others) => {
        alone.at(...wanted);
        const expected = [alone.next(), alone.next(), alone.next()];
        for (const [other, count] of others) {
          busy.at(...other);
          for (let i = 0; i < count; i++) busy.next();
        }
        busy.at(...wanted);
        expect([busy.next(), busy.next(), busy.next()]).toEqual(expected);
      }),
    );
  });

  it("begins an address anew at each visit", () => {
    const draws = new Draws(1, 0, "x");
    expect(draws.at(3, 4).next()).toBe(draws.at(3, 4).next());
  });

  it("takes missing indices for 0", () => {
    const draws = new Draws(1, 0, "x");
    expect(draws.at(9).next()).toBe(draws.at(9, 0, 0, 0).next());
    expect(new Draws(1, 0, "x").next()).toBe(draws.at(0).next());
  });

  it("differs by seed, replication, purpose, every index and rank", () => {
    const first = new Draws(1, 0, "x");
    const others = [new Draws(2, 0, "x"), new Draws(1, 1, "x"), new Draws(1, 0, "y")];
    const numbers = [first.at(1, 1, 1, 1).next(), first.next(), ...others.map((draws) => draws.at(1, 1, 1, 1).next())];
    for (const [a, b, c, d] of [
      [2, 1, 1, 1],
      [1, 2, 1, 1],
      [1, 1, 2, 1],
      [1, 1, 1, 2],
    ] as const) {
      numbers.push(first.at(a, b, c, d).next());
    }
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("never gives 0 or 1, and gives 32 bits as whole numbers", () => {
    const draws = new Draws(1, 0, "x");
    let smallest = 1;
    let largest = 0;
    let wrongWords = 0;
    for (let i = 0; i < 100_000; i++) {
      const u = draws.at(i).next();
      smallest = Math.min(smallest, u);
      largest = Math.max(largest, u);
      const word = draws.nextUint32();
      if (word !== word >>> 0) wrongWords++;
    }
    expect(smallest).toBeGreaterThan(0);
    expect(largest).toBeLessThan(1);
    expect(wrongWords).toBe(0);
  });

  it("makes an exponential number from the same draw as next, to the bit of -ln(1 - u)", () => {
    const draws = new Draws(5, 0, "x");
    let different = 0;
    for (let i = 0; i < 1_000_000; i++) {
      const u = draws.at(i).next();
      if (draws.at(i).nextExponential() !== -ln(1 - u)) different++;
    }
    expect(different).toBe(0);
    draws.at(1).nextExponential();
    const second = draws.next();
    draws.at(1).next();
    expect(draws.next()).toBe(second);
  });

  it("is uniform over neighbouring addresses, whichever index runs", () => {
    const draws = new Draws(1, 0, "x");
    const walks = [
      (i: number) => draws.at(i),
      (i: number) => draws.at(0, i),
      (i: number) => draws.at(0, 0, i),
      (i: number) => draws.at(0, 0, 0, i),
      (i: number) => draws.at(i >> 12, (i >> 6) & 63, i & 63),
      (i: number) => draws.at(i << 13),
    ];
    for (const walk of walks) {
      expect(Math.abs(chiSquareScore(1024, 1 << 17, (i) => walk(i).nextUint32() >>> 22))).toBeLessThan(4.5);
      expect(Math.abs(chiSquareScore(1024, 1 << 17, (i) => walk(i).nextUint32() & 1023))).toBeLessThan(4.5);
      expect(Math.abs(chiSquareScore(1024, 1 << 17, (i) => ((walk(i).next() * 2 ** 36) % 1024) | 0))).toBeLessThan(4.5);
    }
  });

  it("has no pattern between neighbouring addresses, nor between the draws of one address", () => {
    const draws = new Draws(1, 0, "x");
    const top5 = (a: number, b: number) => draws.at(a, b).nextUint32() >>> 27;
    expect(Math.abs(chiSquareScore(1024, 1 << 17, (i) => top5(i, 0) * 32 + top5(i + 1, 0)))).toBeLessThan(4.5);
    expect(Math.abs(chiSquareScore(1024, 1 << 17, (i) => top5(3, i) * 32 + top5(3, i + 1)))).toBeLessThan(4.5);
    const pair = (i: number) => {
      const first = draws.at(i).nextUint32() >>> 27;
      return first * 32 + (draws.nextUint32() >>> 27);
    };
    expect(Math.abs(chiSquareScore(1024, 1 << 17, pair))).toBeLessThan(4.5);
  });

  it("changes each bit of a number with probability one half when one bit of one index changes", () => {
    const draws = new Draws(1, 0, "x");
    const samples = 1024;
    let worst = 0;
    for (let index = 0; index < 4; index++) {
      for (let bit = 0; bit < 32; bit += 3) {
        const flips = new Float64Array(32);
        for (let n = 0; n < samples; n++) {
          const indices: [number, number, number, number] = [n, n & 7, (n >> 3) & 3, 0];
          const before = draws.at(...indices).nextUint32();
          indices[index] = (indices[index] as number) ^ (1 << bit);
          const changed = before ^ draws.at(...indices).nextUint32();
          for (let i = 0; i < 32; i++) flips[i] = (flips[i] as number) + ((changed >>> i) & 1);
        }
        for (const count of flips) worst = Math.max(worst, Math.abs(count / samples - 0.5));
      }
    }
    // Standard deviation 1/64; 1,408 comparisons reach 3.5 of them by chance.
    expect(worst).toBeLessThan(5 / 64);
  });

  it("gives no two of a quarter million addresses the same number", () => {
    const draws = new Draws(1, 0, "x");
    const seen = new Set<number>();
    for (let a = 0; a < 64; a++) {
      for (let b = 0; b < 64; b++) for (let c = 0; c < 64; c++) seen.add(draws.at(a, b, c).next());
    }
    // 52 bits: the chance of one collision is 2^36 / 2 / 2^52, one in 130,000.
    expect(seen.size).toBe(64 ** 3);
  });
});
