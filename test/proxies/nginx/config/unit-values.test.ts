import { describe, expect, it } from "vitest";
import { parseNumber, parseSize, parseTime, parseTimeUs } from "../../../../src/proxies/nginx/config/unit-values.ts";

describe("values with units", () => {
  it("adds up times whose units fall", () => {
    expect(parseTime("1h 30m", false)).toBe(5400);
    expect(parseTime("1m30", true)).toBe(90);
    expect(parseTime("1d2h3m4s", true)).toBe(93_784);
    expect(parseTimeUs("1s500ms")).toBe(1_500_000);
  });

  it("refuses rising units, milliseconds among whole seconds and months among milliseconds", () => {
    expect(parseTime("1s1m", false)).toBeNull();
    expect(parseTime("500ms", true)).toBeNull();
    expect(parseTime("1M", false)).toBeNull();
    expect(parseTime("1.5s", false)).toBeNull();
    expect(parseTime("", false)).toBeNull();
  });

  it("reads sizes in bytes, giga only for offsets", () => {
    expect(parseSize("8k")).toBe(8192);
    expect(parseSize("1M")).toBe(1_048_576);
    expect(parseSize("1g")).toBeNull();
    expect(parseSize("1g", true)).toBe(1_073_741_824);
  });

  it("takes digits alone for a number", () => {
    expect(parseNumber("07")).toBe(7);
    expect(parseNumber("-1")).toBeNull();
    expect(parseNumber("99999999999999999999")).toBeNull();
  });
});
