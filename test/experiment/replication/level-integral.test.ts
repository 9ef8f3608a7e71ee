import { describe, expect, it } from "vitest";
import { LevelIntegral } from "../../../src/experiment/replication/level-integral.ts";

describe("LevelIntegral", () => {
  it("splits the area under the level at the bins", () => {
    const level = new LevelIntegral(0, 300, 100);
    level.set(50, 2);
    level.set(250, 1);
    level.advance(300);
    // 2 × 50 in the first bin, 2 × 100 in the second, 2 × 50 + 1 × 50 in the third
    expect([...level.bins]).toEqual([100, 200, 150]);
    expect(level.total()).toBe(450);
  });

  it("leaves out what lies before the observed time, but remembers the level", () => {
    const level = new LevelIntegral(100, 200, 100);
    level.set(20, 3);
    level.advance(200);
    expect([...level.bins]).toEqual([300]);
  });

  it("knows the highest level of the observed time", () => {
    const level = new LevelIntegral(100, 200, 100);
    level.set(50, 9);
    level.set(60, 1);
    level.set(150, 4);
    expect(level.peak).toBe(4);
  });
});
