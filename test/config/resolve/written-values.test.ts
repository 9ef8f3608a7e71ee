import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { flowValue } from "../../../src/config/resolve/written-values.ts";

describe("a value in YAML's flow form", () => {
  it("is as plain as it can be", () => {
    expect(flowValue({ exponential: { mean: "5s" } })).toBe("{exponential: {mean: 5s}}");
    expect(flowValue(["/app/x", 2, true, null])).toBe("[/app/x, 2, true, null]");
    expect(flowValue("")).toBe('""');
    expect(flowValue("503")).toBe('"503"');
    expect(flowValue("a: b")).toBe('"a: b"');
  });

  it("is read back as the same text", () => {
    const words = fc.constantFrom(
      "true",
      "null",
      "~",
      "on",
      "1e3",
      "0x1",
      ".5",
      "+1",
      "-",
      "a b",
      "a #b",
      "a:",
      ": b",
      "[a]",
      "10.0.0.1:80",
      "5%",
    );
    fc.assert(fc.property(fc.oneof(words, fc.string()), (text) => parse(flowValue(text)) === text));
  });
});
