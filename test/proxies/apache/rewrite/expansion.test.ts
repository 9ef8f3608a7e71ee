import { describe, expect, it } from "vitest";
import { Expansion, type ReferenceEscape } from "../../../../src/proxies/apache/rewrite/expansion.ts";

const SOURCE = {
  variable: (name: string) => `<${name}>`,
  lookUp: (map: string, key: string) => (map === "m" && key === "k" ? "value" : null),
  groups: { rule: /(a)(\?)/.exec("a?"), condition: /(x y)/.exec("x y") },
};

const expand = (text: string, escaping: ReferenceEscape | null = null) => new Expansion(text).expand(SOURCE, escaping);

describe("an expansion", () => {
  it.each([
    ["plain", "plain"],
    ["$0|$1|%1|$7|%9", "a?|a|x y||"],
    ["%{HTTP_HOST}/%{HTTP:X-A}", "<HTTP_HOST>/<HTTP:X-A>"],
    ["\\$1 \\% \\\\ \\", "$1 % \\ \\"],
    ["%{open $ % $x %x", "%{open $ % $x %x"],
    ["\x24{m:k} \x24{m:z|none} \x24{m:z} \x24{m:z|$1} \x24{nocolon}", "value none  a \x24{nocolon}"],
    ["\x24{m:$9k|\x24{m:k}}", "value"],
  ])("of %s", (text, expected) => {
    expect(expand(text)).toBe(expected);
  });

  it("escapes back-references only, as the flags say", () => {
    const all = { only: null, except: "", noPlus: false, controls: false };
    expect(expand("$0 %1 %{V}", all)).toBe("a%3f x+y <V>");
    expect(expand("%1", { ...all, noPlus: true })).toBe("x%20y");
    expect(expand("$0 %1", { ...all, except: "?" })).toBe("a? x+y");
    expect(expand("$0 %1", { ...all, only: "?" })).toBe("a%3f x y");
    expect(expand("$0 %1", { ...all, controls: true })).toBe("a? x+y");
  });

  it.each([
    ["/x?y=$2", false, false],
    ["/$2?y", false, true],
    ["/x\\?$1", false, false],
    ["/x\\?$2", false, true],
    ["/x?$2", true, true],
    ["/$2?x", true, false],
  ])("tells where the query of %s comes from (last: %s)", (text, last, unsafe) => {
    expect(new Expansion(text).expandTarget(SOURCE, null, last).unsafeQuery).toBe(unsafe);
  });
});
