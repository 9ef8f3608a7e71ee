import { describe, expect, it } from "vitest";
import { TimeWeighted } from "../../../src/engine/stats/time-weighted.ts";

describe("TimeWeighted", () => {
  it("weighs each level by how long it lasted", () => {
    const length = new TimeWeighted();
    length.set(10, 3);
    length.set(20, 1);
    // 0 for 10, 3 for 10, 1 for 20: (0 + 30 + 20) / 40.
    expect(length.average(40)).toBe(50 / 40);
    expect([length.level, length.max]).toEqual([1, 3]);
  });

  it("answers the level itself while no time has passed", () => {
    expect(new TimeWeighted(100, 4).average(100)).toBe(4);
  });

  it("forgets the warm-up and keeps the level", () => {
    const length = new TimeWeighted();
    length.set(0, 9);
    length.set(50, 2);
    length.reset(60);
    length.set(70, 4);
    // From 60: 2 for 10, 4 for 10.
    expect(length.average(80)).toBe(3);
    expect(length.max).toBe(4);
  });
});
