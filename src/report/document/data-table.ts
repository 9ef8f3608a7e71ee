import type { DataTable } from "../charts/chart.ts";
import { element, type MarkupElement } from "../markup.ts";

/** A number, with or without its unit, or the dash that stands for none. */
const NUMBER = /^[-−+]?\d|^–$/;

/** A table of texts: the first cell of each row is its header; a column of numbers stands right, any other left. */
export function dataTable(table: DataTable): MarkupElement {
  const isText = table.columns.map((_, c) => c === 0 || table.rows.some((row) => !NUMBER.test(row[c] ?? "")));
  return element(
    "div",
    { class: "scroll", role: "group", tabindex: "0", "aria-label": table.caption },
    element(
      "table",
      { class: "data" },
      element("caption", {}, table.caption),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...table.columns.map((column, c) =>
            element("th", isText[c] === true ? { scope: "col" } : { scope: "col", class: "n" }, column),
          ),
        ),
      ),
      element("tbody", {}, ...table.rows.map((row) => tableRow(row, isText))),
    ),
  );
}

function tableRow([header = "", ...cells]: readonly string[], isText: readonly boolean[]): MarkupElement {
  return element(
    "tr",
    {},
    // A head that stands before cells is the head of its row.
    element("th", {}, header),
    ...cells.map((cell, c) => element("td", isText[c + 1] === true ? { class: "t" } : {}, cell)),
  );
}
