import { describe, expect, it } from "vitest";
import { InvariantError } from "../../../src/engine/invariant.ts";
import { CounterSeries } from "../../../src/engine/stats/counter-series.ts";

describe("CounterSeries", () => {
  it("counts per bin; a bin begins at its first microsecond and ends before the next", () => {
    const series = new CounterSeries(1000);
    for (const nowUs of [0, 999, 1000, 3500]) series.add(nowUs);
    series.add(3999, 5);
    expect(series.toArray()).toEqual([2, 1, 0, 6]);
    expect([series.length, series.at(3), series.at(4)]).toEqual([4, 6, 0]);
  });

  it("grows as far as time goes", () => {
    const series = new CounterSeries(1_000_000);
    series.add(86_400_000_000 - 1, 2);
    expect(series.length).toBe(86_400);
    expect(series.at(86_399)).toBe(2);
    expect(series.toArray().reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it("merges bin by bin, whichever is longer", () => {
    const [short, long] = [new CounterSeries(10), new CounterSeries(10)];
    short.add(5);
    long.add(5, 2);
    long.add(995, 3);
    short.merge(long);
    long.merge(short);
    expect([short.at(0), short.at(99), short.length]).toEqual([3, 3, 100]);
    expect([long.at(0), long.at(99)]).toEqual([5, 6]);
  });

  it("refuses to merge other bins and bins of no width", () => {
    expect(() => new CounterSeries(10).merge(new CounterSeries(20))).toThrow(InvariantError);
    expect(() => new CounterSeries(0)).toThrow(InvariantError);
  });
});
