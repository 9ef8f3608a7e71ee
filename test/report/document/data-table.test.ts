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
      '<thead><tr><th scope="col">a</th><th scope="col" class="n">b</th><th scope="col">d</th></tr></thead>' +
      '<tbody><tr><th scope="row">x</th><td>−3.1 ms</td><td class="t">Init Ok</td></tr>' +
      '<tr><th scope="row">y</th><td>–</td><td class="t">1</td></tr></tbody></table></div>',
  );
});
