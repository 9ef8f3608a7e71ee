import { describe, expect, it } from "vitest";
import { kOfNAvailability } from "../../../src/experiment/analysis/k-of-n-availability.ts";

describe("kOfNAvailability", () => {
  it.each([
    { n: 2, k: 1, mttf: 99, mttr: 1, host: 0.99, pool: 0.9999, perHour: 2.0e-4, down: 0.5, up: 4999.5 },
    { n: 3, k: 2, mttf: 99, mttr: 1, host: 0.99, pool: 0.999702, perHour: 5.94e-4, down: 0.501684, up: 1683 },
    { n: 5, k: 3, mttf: 990, mttr: 10, host: 0.99, pool: 0.9999901494, perHour: 2.9403e-6, down: 3.350202, up: 340098 },
    { n: 4, k: 1, mttf: 90, mttr: 10, host: 0.9, pool: 0.9999, perHour: 4.0e-5, down: 2.5, up: 24997.5 },
    {
      n: 10,
      k: 8,
      mttf: 999,
      mttr: 1,
      host: 0.999,
      pool: 0.9999998806,
      perHour: 3.574875e-7,
      down: 0.333918,
      up: 2797300,
    },
    {
      n: 10,
      k: 9,
      mttf: 720,
      mttr: 4,
      host: 0.994475138,
      pool: 0.9986663077,
      perHour: 6.570173e-4,
      down: 2.02992,
      up: 1520,
    },
  ])("has the renewal values for $k of $n with $mttf h up and $mttr h down", (row) => {
    const pool = kOfNAvailability(row.n, row.k, row.mttf, row.mttr);
    expect(pool.hostAvailability).toBeCloseTo(row.host, 9);
    expect(pool.availability).toBeCloseTo(row.pool, 10);
    expect(pool.unavailability).toBeCloseTo(1 - row.pool, 10);
    expect(Math.abs(pool.failureFrequency / row.perHour - 1)).toBeLessThan(1e-6);
    expect(pool.meanDownTime).toBeCloseTo(row.down, 6);
    expect(Math.abs(pool.meanUpTime / row.up - 1)).toBeLessThan(2e-6);
  });

  it("keeps the digits of many nines", () => {
    // One of ten hosts at A = 0.999 is enough: unavailability 0.001^10 = 1e-30, far below what 1 − A could hold.
    expect(kOfNAvailability(10, 1, 999, 1).unavailability * 1e30).toBeCloseTo(1, 10);
  });

  it("is a series system when every host is needed", () => {
    // A^3 = 0.729, and any of three working hosts ends it: 3 · 0.729/90 per hour.
    const pool = kOfNAvailability(3, 3, 90, 10);
    expect(pool.availability).toBeCloseTo(0.729, 14);
    expect(pool.failureFrequency).toBeCloseTo(0.0243, 14);
  });

  it("refuses more needed hosts than there are and times that are none", () => {
    expect(() => kOfNAvailability(2, 3, 1, 1)).toThrow(RangeError);
    expect(() => kOfNAvailability(2, 0, 1, 1)).toThrow(RangeError);
    expect(() => kOfNAvailability(2, 1, 0, 1)).toThrow(RangeError);
  });
});
