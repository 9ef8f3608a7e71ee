import type { DataTable } from "../charts/chart.ts";
import { element, type MarkupElement } from "../markup.ts";

/** A table of texts: the first cell of each row is its header, cells that are no numbers are marked, the others stand right. */
export function dataTable(table: DataTable): MarkupElement {
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
        element("tr", {}, ...table.columns.map((column) => element("th", { scope: "col" }, column))),
      ),
      element("tbody", {}, ...table.rows.map(tableRow)),
    ),
  );
}

function tableRow([header = "", ...cells]: readonly string[]): MarkupElement {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, header),
    ...cells.map((cell) => element("td", /^[-−+]?\d|^–$/.test(cell) ? {} : { class: "t" }, cell)),
  );
}
