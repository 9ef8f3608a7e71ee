import { describe, expect, it } from "vitest";
import { atof, atoi, hasCutSuffix, timeoutParameter } from "../../../../src/proxies/apache/config/unit-values.ts";

describe("numbers as httpd reads them", () => {
  it("cuts whole numbers off at the first other letter", () => {
    expect([atoi("500ms"), atoi(" -3x"), atoi("x5"), atoi("99999999999")]).toEqual([500, -3, 0, 2147483647]);
    expect([atof("1.999x"), atof(".5"), atof("x")]).toEqual([1.999, 0.5, 0]);
    expect([hasCutSuffix("5"), hasCutSuffix("5s"), hasCutSuffix("1.5")]).toEqual([false, true, true]);
  });

  it("knows ms, s, mi and h in lower case where a time-out has units", () => {
    expect(timeoutParameter("5", "s")).toBe(5_000_000);
    expect(timeoutParameter("5", "ms")).toBe(5000);
    expect(timeoutParameter("2min", "s")).toBe(120_000_000);
    expect(timeoutParameter("1h", "ms")).toBe(3_600_000_000);
    expect(timeoutParameter("", "s")).toBe(0);
  });

  it.each(["5m", "5S", "1.5", "-1", "x", "5d"])("calls %s a wrong format", (text) => {
    expect(timeoutParameter(text, "s")).toBeNull();
  });
});
