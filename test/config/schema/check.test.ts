import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { check, schemaAt } from "../../../src/config/schema/check.ts";
import { flag, list, quantity, section, text, whole, withFallback, word } from "../../../src/config/schema/keys.ts";
import { duration } from "../../../src/config/values/quantity.ts";

const inner = section(
  { time: quantity(duration, { describe: "How long.", example: "5s" }) },
  { describe: "Inside.", example: "{time: 5s}" },
);
const outer = section({
  inner: z.optional(inner),
  many: z.optional(list(inner, { describe: "Many.", example: "[{time: 5s}]" })),
  count: withFallback(whole(1, 9, { describe: "How many.", example: "3", fallback: 2 })),
  isOn: withFallback(flag({ describe: "Whether.", example: "true", fallback: false })),
  kind: withFallback(word(["one", "two"], { describe: "Which.", example: "two", fallback: "one" })),
  name: z.optional(text({ describe: "Name.", example: "a" })),
});

function findings(value: unknown) {
  const read = check(outer, value, "a thing");
  return read.ok ? [] : read.findings.map(({ path, code, message, hint }) => [path.join("."), code, message, hint]);
}

describe("checking a value", () => {
  it("fills in fallbacks, read as if they had been written", () => {
    expect(check(outer, {}, "a thing")).toEqual({ ok: true, value: { count: 2, isOn: false, kind: "one" } });
    const value = { count: "3", isOn: "On", kind: "two", name: 7, many: [{ time: "1s" }] };
    expect(check(outer, value, "a thing")).toEqual({
      ok: true,
      value: { count: 3, isOn: true, kind: "two", name: "7", many: [{ time: 1_000_000 }] },
    });
  });

  it("words every issue with its path", () => {
    expect(findings({ inner: { tme: "5s" } })).toEqual([
      ["inner.time", "missing-key", '"time" is missing in a thing, inner', "e.g. time: 5s"],
      ["inner.tme", "unknown-key", '"tme" is not a key of a thing, inner', 'did you mean "time"? (how long)'],
    ]);
    expect(findings({ many: [] })).toEqual([["many", "missing-key", "an empty list", null]]);
    expect(findings({ many: {} })).toEqual([["many", "wrong-type", "expected a list, found a section", null]]);
    expect(findings({ inner: [1] })).toEqual([
      ["inner", "wrong-type", "expected a section with keys, found a list", null],
    ]);
    expect(findings({ count: 10 })).toEqual([["count", "out-of-range", 'must be at most 9: "10"', "write 1 to 9"]]);
    expect(findings({ count: 1.5, isOn: 3 })).toEqual([
      ["count", "wrong-type", 'expected a whole number, found "1.5"', null],
      ["isOn", "wrong-type", 'expected true or false, found "3"', null],
    ]);
    expect(findings({ kind: "tow" })).toEqual([
      ["kind", "wrong-value", 'expected one of one, two; found "tow"', 'did you mean "two"?'],
    ]);
    expect(findings({ canary: 1 })).toEqual([
      ["canary", "not-yet", '"canary" is not yet supported: canary weights', "leave it out"],
    ]);
    expect(findings(null)).toEqual([["", "wrong-type", "expected a section with keys, found nothing", null]]);
  });

  it("finds the schema at a path, and none where the path leads nowhere", () => {
    expect(schemaAt(outer, ["many", 3, "time"])).not.toBeNull();
    expect(schemaAt(outer, ["many", "x"])).toBeNull();
    expect(schemaAt(outer, ["nothing", "x"])).toBeNull();
  });
});
