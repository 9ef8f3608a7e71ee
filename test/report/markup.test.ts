import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coordinate, element, escapeText, rawElement, serialise } from "../../src/report/markup.ts";
import { wellFormedElements } from "./well-formed.ts";

describe("the serialiser", () => {
  it("escapes what could end a text, an attribute or a comment", () => {
    const hostile = `"'<img src=x onerror=alert(1)></script>]]>&`;
    const written = serialise(element("text", { title: hostile }, hostile));
    const escaped = "&quot;&#39;&lt;img src=x onerror=alert(1)&gt;&lt;/script&gt;]]&gt;&amp;";
    expect(written).toBe(`<text title="${escaped}">${escaped}</text>`);
  });

  it("writes well-formed markup whatever the texts are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), (attribute, text) => {
        const written = serialise(element("g", { title: attribute }, element("text", {}, text), element("rect")));
        expect(wellFormedElements(written)).toEqual(["g", "text", "rect"]);
      }),
    );
  });

  it("leaves out attributes that are false or undefined and children that are null", () => {
    expect(serialise(element("b", { a: undefined, b: false, c: true, d: 0 }, null, "x"))).toBe('<b c="" d="0">x</b>');
  });

  it("replaces characters that XML can't hold", () => {
    expect(escapeText("a\u0000b\u001Fc\uD800d\uFFFEe\tf\n")).toBe("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\tf\n");
    expect(escapeText("\u{1F600}")).toBe("\u{1F600}");
  });

  it("closes empty HTML elements with an end tag, void ones not at all", () => {
    expect(serialise(element("p"))).toBe("<p></p>");
    expect(serialise(element("meta", { charset: "utf-8" }))).toBe('<meta charset="utf-8">');
  });

  it("leaves out end tags that HTML does not need", () => {
    const row = element("tr", {}, element("th", {}, "a"), element("td", {}, "b"));
    expect(serialise(element("table", {}, element("tbody", {}, row, row)))).toBe(
      "<table><tbody><tr><th>a<td>b<tr><th>a<td>b</table>",
    );
  });

  it("refuses a script that could end itself", () => {
    for (const text of ["</script>", "x</SCRIPT ", "<!--"]) {
      expect(() => rawElement("script", {}, text)).toThrow(RangeError);
    }
  });
});

describe("coordinates", () => {
  it("are rounded to a tenth of a pixel and have no negative zero", () => {
    expect([1.25, 1.24999, -0.04, 12, 1e3 / 3].map(coordinate)).toEqual(["1.3", "1.2", "0", "12", "333.3"]);
  });

  it("hide differences in the last bits of a logarithm", () => {
    expect(coordinate(123.4000000000001)).toBe(coordinate(123.3999999999999));
  });
});
