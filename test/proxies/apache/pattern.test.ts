import { describe, expect, it } from "vitest";
import { isBadPattern, patternOf } from "../../../src/proxies/apache/pattern.ts";

describe("a pattern in PCRE's words", () => {
  it.each([
    ["^[[:alpha:]_]+$", "ab_", "ab1"],
    ["^[^[:digit:]]+$", "ab", "a1"],
    ["\\A/x\\z", "/x", "/x\n/y"],
    ["^/\\h+x\\R?$", "/ \tx", "/\nx"],
    ["^/\\Qa.b\\E$", "/a.b", "/axb"],
    ["^(?P<id>\\d+)(?#number)$", "12", "x"],
    ["^[]x]+$", "]x", "y"],
    ["(?i)^abc$", "ABC", "ABCD"],
    ["^[\\h]$", " ", "h"],
  ])("%s matches %j and not %j", (source, matching, other) => {
    const pattern = patternOf(source, "");
    expect([pattern?.test(matching), pattern?.test(other)]).toEqual([true, false]);
  });

  it.each(["^/(?i)x", "a++", "(?>a)", "\\Kx", "(?x) a", "(*UTF8)x"])(
    "%s is none that lbsim can use, and no mistake",
    (source) => {
      expect([patternOf(source, ""), isBadPattern(source)]).toEqual([null, false]);
    },
  );

  it.each(["(", "[a", "a)", "*x", "(?<a"])("%s is a mistake", (source) => {
    expect(isBadPattern(source)).toBe(true);
  });
});
