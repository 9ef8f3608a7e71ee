import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parameterText } from "../../../../src/proxies/apache/config-editor/parameter-text.ts";
import { scanDirectives } from "../../../../src/proxies/apache/config-editor/scan-directives.ts";
import { applyEdits } from "../../../../src/proxies/shared/text-edit.ts";

describe("the directives of a configuration", () => {
  it("have names, words, lines and the sections around them", () => {
    const text = `Listen 80\n\n<VirtualHost *:80>\n  <Proxy "balancer://a">\n    BalancerMember 'http://b' \\\n      retry=1\n  </Proxy>\n</VirtualHost>\n`;
    const found = scanDirectives(text).map((each) => [
      each.name,
      each.words.map((word) => word.value),
      each.line,
      each.lastLine,
      each.sections.map((section) => section.name),
    ]);
    expect(found).toEqual([
      ["Listen", ["80"], 1, 1, []],
      ["<VirtualHost", ["*:80"], 3, 3, []],
      ["<Proxy", ["balancer://a"], 4, 4, ["<VirtualHost"]],
      ["BalancerMember", ["http://b", "retry=1"], 5, 6, ["<VirtualHost", "<Proxy"]],
      ["</Proxy", [], 7, 7, ["<VirtualHost"]],
      ["</VirtualHost", [], 8, 8, []],
    ]);
  });

  it("have words with escapes in quotes, and words that a continuation cuts", () => {
    const [directive] = scanDirectives('Header "a \\"b\\" \\\\c" one\\\ntwo ""');
    expect(directive?.words.map((word) => word.value)).toEqual(['a "b" \\c', "onetwo", ""]);
  });

  it("are found in any text without an endless loop, each word inside the text", () => {
    const piece = fc.constantFrom("\\", "\n", "\r\n", '"', "'", " ", "<", ">", "</", "#", "a", "=", "ProxySet");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        for (const directive of scanDirectives(text)) {
          expect(directive.end).toBeLessThanOrEqual(text.length);
          for (const word of directive.words) {
            expect(word.end).toBeGreaterThan(word.start);
            expect(word.end).toBeLessThanOrEqual(directive.end);
          }
        }
      }),
    );
  });
});

describe("edits", () => {
  it("are applied in any order", () => {
    const edits = [
      { start: 4, end: 5, text: "E" },
      { start: 0, end: 1, text: "A" },
      { start: 2, end: 2, text: "+" },
    ];
    expect(applyEdits("abcdef", edits)).toEqual({ text: "Ab+cdEf" });
  });

  it("write a parameter in quotes where it needs them", () => {
    expect(parameterText("a", "b|c")).toBe("a=b|c");
    expect(parameterText("a", 'b "c"')).toBe('"a=b \\"c\\""');
  });
});
