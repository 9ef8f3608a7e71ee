import fc from "fast-check";
import { expect, it } from "vitest";
import { embeddedJson, embeddedScript } from "../../../src/report/document/embed.ts";
import { serialise } from "../../../src/report/markup.ts";

it("embedded data can't end its element and reads back as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
      const data = JSON.parse(JSON.stringify({ value, text, fixed: "</script><!--\u2028\u2029" }));
      const written = serialise(embeddedJson("d", data));
      const inside = written.slice(written.indexOf(">") + 1, -"</script>".length);
      expect(inside).not.toMatch(/[<\u2028\u2029]/);
      expect(JSON.parse(inside)).toEqual(data);
    }),
  );
});

it("an embedded script keeps its text but for what only a module needs", () => {
  const compiled = '(() => {\n  say("export {};");\n})();\nexport {};\n//# sourceMappingURL=report-page.js.map';
  expect(serialise(embeddedScript(compiled))).toBe('<script>(() => {\n  say("export {};");\n})();</script>');
});
