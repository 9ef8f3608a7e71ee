import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mser5 } from "../../../src/experiment/analysis/warm-up.ts";

/** The statistic of one cut as the papers write it, computed anew for every cut. */
function statisticAt(series: readonly number[], cut: number): number {
  const rest: number[] = [];
  for (let start = cut * 5; start + 5 <= series.length; start += 5) {
    rest.push(series.slice(start, start + 5).reduce((sum, value) => sum + value, 0) / 5);
  }
  const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
  return rest.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (rest.length * rest.length);
}

/** 1, −1, 1, −1, …: every batch of five has mean 1/5 or −1/5 in turn. */
const alternating = (length: number) => Array.from({ length }, (_, i) => (i % 2 === 0 ? 1 : -1));

describe("mser5", () => {
  it("cuts exactly the stretch that lies off the steady level", () => {
    const series = [...Array.from({ length: 50 }, () => 100), ...alternating(450)];
    // 90 batches of ±1/5 about mean 0: the squares sum to 90/25, divided by 90² that is 1/2250.
    const warmUp = mser5(series);
    expect(warmUp).toMatchObject({ cut: 50, reliable: true });
    expect(warmUp.statistic).toBeCloseTo(1 / 2250, 15);
  });

  it("cuts nothing from a constant series", () => {
    expect(mser5(Array.from({ length: 200 }, () => 0.1))).toEqual({ cut: 0, statistic: 0, reliable: true });
  });

  it("is unreliable when the level changes in the second half", () => {
    const series = [...Array.from({ length: 300 }, () => 100), ...Array.from({ length: 100 }, () => 0)];
    expect(mser5(series)).toEqual({ cut: 300, statistic: 0, reliable: false });
  });

  it("is unreliable when the series never settles", () => {
    expect(mser5(Array.from({ length: 400 }, (_, i) => i)).reliable).toBe(false);
  });

  it("is unreliable below ten batches and has no statistic below five", () => {
    expect(mser5(alternating(49)).reliable).toBe(false);
    expect(mser5(alternating(50)).reliable).toBe(true);
    expect(mser5(alternating(24))).toEqual({ cut: 0, statistic: Number.NaN, reliable: false });
    expect(mser5([])).toEqual({ cut: 0, statistic: Number.NaN, reliable: false });
  });

  it("ignores observations that do not fill the last batch", () => {
    const series = [...Array.from({ length: 20 }, () => 9), ...alternating(180)];
    expect(mser5([...series, 1e6, 1e6, 1e6, 1e6])).toEqual(mser5(series));
  });

  it("finds the smallest statistic of all cuts that leave five batches", () => {
    const series = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 25, maxLength: 150 });
    fc.assert(
      fc.property(series, (list) => {
        const { cut, statistic } = mser5(list);
        const batches = Math.floor(list.length / 5);
        expect(statistic).toBeCloseTo(statisticAt(list, cut / 5), 8);
        for (let other = 0; other <= batches - 5; other += 1) {
          expect(statistic).toBeLessThanOrEqual(statisticAt(list, other) + 1e-8);
        }
      }),
    );
  });
});
