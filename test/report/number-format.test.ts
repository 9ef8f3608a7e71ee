import { describe, expect, it } from "vitest";
import {
  decimalsFor,
  formatDifference,
  formatDuration,
  formatEstimate,
  formatMean,
  formatNumber,
  formatShare,
} from "../../src/report/number-format.ts";

describe("numbers", () => {
  it("have three significant digits, and whole numbers all of theirs", () => {
    expect([0.012345, 1.2345, 12.345, 123.45, 1234.5].map(formatNumber)).toEqual([
      "0.0123",
      "1.23",
      "12.3",
      "123",
      // toFixed takes the nearer of two neighbours, and the larger one when both are as near.
      "1235",
    ]);
    expect([0, 7, 12_345, -0].map(formatNumber)).toEqual(["0", "7", "12345", "0"]);
  });

  it("get one decimal less when rounding carries into the next power of ten", () => {
    // 9.996 rounds to 10.0 with three digits, not to 10.00.
    expect(formatNumber(9.996)).toBe("10.0");
    expect(decimalsFor(9.996)).toBe(1);
  });

  it("keep the zeros of a mean that happens to be whole", () => {
    expect([60, 31.5, 100].map(formatMean)).toEqual(["60.0", "31.5", "100"]);
  });
});

describe("estimates", () => {
  it("have as many decimals as two digits of the half-width ask for", () => {
    expect(formatEstimate(99.6214, 0.0312)).toBe("99.621 ± 0.031");
    expect(formatEstimate(41.234, 1.26)).toBe("41.2 ± 1.3");
  });

  it("never get more than two decimals beyond their own three digits", () => {
    expect(formatEstimate(41.23456789, 0.0000012)).toBe("41.235 ± 0.000");
  });

  it("of a mean without spread are not given false decimals", () => {
    expect(formatEstimate(100, 0)).toBe("100 ± 0");
  });

  it("without an interval or without a sample say so by leaving it out", () => {
    expect(formatEstimate(41.234, null)).toBe("41.2");
    expect(formatEstimate(null, null)).toBe("–");
  });

  it("of a difference always show their sign", () => {
    expect(formatDifference(3.14, 0.12)).toBe("+3.14 ± 0.12");
    expect(formatDifference(-3.14, 0.12)).toBe("−3.14 ± 0.12");
    expect(formatDifference(0, 0)).toBe("0 ± 0");
  });
});

describe("durations and shares", () => {
  it("choose the unit that needs no exponent and no long row of zeros", () => {
    expect([0, 380, 41_234, 380_000, 60_000_000, 60_345_678].map(formatDuration)).toEqual([
      "0 µs",
      "380 µs",
      "41.2 ms",
      "380 ms",
      "60 s",
      "60.3 s",
    ]);
  });

  it("are in percent", () => {
    expect(formatShare(0.12345)).toBe("12.3 %");
    expect(formatShare(1)).toBe("100 %");
  });
});
