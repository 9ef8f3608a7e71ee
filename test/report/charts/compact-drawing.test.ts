import { expect, it } from "vitest";
import { compactDrawing } from "../../../src/report/charts/compact-drawing.ts";
import { element, type MarkupElement, serialise } from "../../../src/report/markup.ts";

const compact = (...children: readonly MarkupElement[]): string =>
  serialise(compactDrawing(element("svg", {}, ...children))).replace(/^<svg>|<\/svg>$/g, "");
const tick = (x: number, text: string) => element("text", { x, fill: "grey", "font-size": 11 }, text);
const rod = (x: number) => element("line", { x1: x, x2: x, y1: 0, y2: 9, stroke: "red" });

it("what neighbours have in common is said once", () => {
  expect(compact(element("g", {}, tick(1, "a"), tick(2, "b")), element("text", { x: 3 }, "c"))).toBe(
    '<g fill="grey" font-size="11"><text x="1">a</text><text x="2">b</text></g><text x="3">c</text>',
  );
});

it("the order of painting stays", () => {
  expect(compact(rod(1), tick(1, "a"), rod(2))).toBe(
    '<path d="M1 0v9" stroke="red"/><text x="1" fill="grey" font-size="11">a</text><path d="M2 0v9" stroke="red"/>',
  );
});

it("lines beside each other are one path", () => {
  expect(compact(rod(1), rod(2))).toBe('<path d="M1 0v9M2 0v9" stroke="red"/>');
});

it("what the cursor reads stays by itself", () => {
  const line = (row: number) => element("path", { d: "M1,1L2,2", stroke: "red", "data-column": "1", "data-row": row });
  expect(compact(line(0), line(1))).toBe(
    '<g stroke="red"><path d="M1 1l1 1" data-column="1" data-row="0"/><path d="M1 1l1 1" data-column="1" data-row="1"/></g>',
  );
});

it("textures that nothing is filled with are left out", () => {
  const texture = (id: string) => element("pattern", { id }, element("circle", { r: 1 }));
  expect(compact(element("defs", {}, texture("a"), texture("b")), element("rect", { fill: "url(#b)" }))).toBe(
    '<defs><pattern id="b"><circle r="1"/></pattern></defs><rect fill="url(#b)"/>',
  );
  expect(compact(element("defs", {}, texture("a")))).toBe("");
});
