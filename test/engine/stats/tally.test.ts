import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Tally } from "../../../src/engine/stats/tally.ts";

function tallyOf(values: readonly number[]): Tally {
  const tally = new Tally();
  for (const value of values) tally.add(value);
  return tally;
}

describe("Tally", () => {
  it("knows count, mean, variance, smallest and largest", () => {
    // Mean 5; squared distances 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32; 32 / 7.
    const tally = tallyOf([2, 4, 4, 4, 5, 5, 7, 9]);
    expect([tally.count, tally.mean, tally.min, tally.max]).toEqual([8, 5, 2, 9]);
    expect(tally.variance).toBeCloseTo(32 / 7, 12);
  });

  it("has no variance with fewer than two numbers", () => {
    expect(tallyOf([]).variance).toBe(0);
    expect(tallyOf([3]).variance).toBe(0);
  });

  it("keeps its digits when the numbers are large and close together", () => {
    // 1e9 + {4, 7, 13, 16}: mean 1e9 + 10, variance (36 + 9 + 9 + 36) / 3 = 30.
    expect(tallyOf([4, 7, 13, 16].map((value) => 1e9 + value)).variance).toBeCloseTo(30, 6);
  });

  it("merges to what one tally of all would be", () => {
    const numbers = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const merged = tallyOf(one);
        merged.merge(tallyOf(other));
        const all = tallyOf([...one, ...other]);
        expect([merged.count, merged.min, merged.max]).toEqual([all.count, all.min, all.max]);
        expect(merged.mean).toBeCloseTo(all.mean, 8);
        expect(merged.variance).toBeCloseTo(all.variance, 5);
      }),
    );
  });
});
