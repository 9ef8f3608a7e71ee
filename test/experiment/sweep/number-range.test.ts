import { describe, expect, it } from "vitest";
import { readRange } from "../../../src/experiment/sweep/number-range.ts";
import { rangeValues, valueAt } from "../../../src/experiment/sweep/range-values.ts";

/** The values of a range that is well written. */
function valuesOf(text: string): readonly string[] {
  const range = readRange(text);
  if (range === null || "message" in range) throw new Error(`${text}: ${range?.message ?? "no range"}`);
  return rangeValues(range);
}

describe("a range", () => {
  it("with a step has both ends when the step divides it, and stops below the end when not", () => {
    expect(valuesOf("10..40 step 10")).toEqual(["10", "20", "30", "40"]);
    expect(valuesOf("10..40 step 20")).toEqual(["10", "30"]);
  });

  it("has the unit of either end behind every value", () => {
    expect(valuesOf("10/s..20/s step 5/s")).toEqual(["10/s", "15/s", "20/s"]);
    expect(valuesOf("10..20ms step 5")).toEqual(["10ms", "15ms", "20ms"]);
  });

  it("counts in decimals without the dust of binary fractions", () => {
    expect(valuesOf("0.1..0.5 step 0.1")).toEqual(["0.1", "0.2", "0.3", "0.4", "0.5"]);
  });

  it("in equal ratios goes through the geometric means", () => {
    // 1, 10, 100, 1000: three ratios of 10.
    expect(valuesOf("1..1000 log 4")).toEqual(["1", "10", "100", "1000"]);
    expect(valuesOf("1s..4s log 3")).toEqual(["1s", "2s", "4s"]);
  });

  it("of whole numbers gives whole numbers, each once", () => {
    // 1, 1.41, 2, 2.83, 4 rounded.
    expect(valuesOf("1..4 log 5")).toEqual(["1", "2", "3", "4"]);
  });

  it("gives the value at a share of the way, of the ratio when it is logarithmic", () => {
    const linear = readRange("10..20");
    const log = readRange("1..100 log 3");
    if (linear === null || "message" in linear || log === null || "message" in log) throw new Error("no range");
    expect(valueAt(linear, 0.5)).toBe("15");
    expect(valueAt(log, 0.5)).toBe("10");
    expect(valueAt(log, 1)).toBe("100");
  });

  it.each([
    ["20..10", "is not below"],
    ["1..9 step 0", "a step of 0 leads nowhere"],
    ["0/s..2000/s step 1", "a step of 1/s makes more than 1000 values"],
    ["1..9 log 1", "log 1: expected 2 to 1000 values"],
    ["1s..20ms step 1", "two units"],
    ["0..10 log 3", "from 0"],
    ["1..10 by 2", "behind a range"],
    ["1..10 step 0", "step of 0"],
    ["1..100000 step 1", "step of 1"],
    ["1s..10s step 1ms", "a step in"],
    ["1..10 log 1", "log 1"],
  ])("%s is refused with a reason", (text, reason) => {
    expect(readRange(text)).toMatchObject({ message: expect.stringContaining(reason), hint: expect.anything() });
  });

  it("is not seen where there is none", () => {
    expect(readRange("byrequests,bybusyness")).toBeNull();
    expect(readRange("10")).toBeNull();
  });
});
