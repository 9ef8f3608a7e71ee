import { expect, it } from "vitest";
import { dataTable } from "../../../src/report/document/data-table.ts";
import { serialise } from "../../../src/report/markup.ts";

it("a table has a caption, heads for rows and columns, and columns of numbers that stand right", () => {
  const table = {
    caption: "c",
    columns: ["a", "b", "d"],
    rows: [
      ["x", "−3.1 ms", "Init Ok"],
      ["y", "–", "1"],
    ],
  };
  expect(serialise(dataTable(table))).toBe(
    '<div class="scroll" role="group" tabindex="0" aria-label="c"><table class="data"><caption>c</caption>' +
      '<thead><tr><th scope="col">a<th scope="col" class="n">b<th scope="col">d' +
      '<tbody><tr><th>x<td>−3.1 ms<td class="t">Init Ok' +
      '<tr><th>y<td>–<td class="t">1</table></div>',
  );
});
