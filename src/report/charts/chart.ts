import { element, type MarkupElement, type MarkupNode } from "../markup.ts";
import type { Theme } from "./theme.ts";

/** Where a chart is drawn: its width in pixels and the prefix that makes its ids unique on the page. */
export interface Frame {
  readonly width: number;
  readonly id: string;
}

/** The numbers behind a chart. The first cell of a row is its header; a cell that a chart draws is found by row and column. */
export interface DataTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A drawn chart, the sentence it shows, and the tables that say the same in numbers. The first table is what the cursor reads. */
export interface Chart {
  readonly title: string;
  readonly finding: string;
  readonly svg: MarkupElement;
  readonly tables: readonly DataTable[];
}

/** A rectangle of the drawing in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The root of a chart: read as one picture with a name and a description. */
export function chartSvg(
  frame: Frame,
  height: number,
  words: { readonly title: string; readonly finding: string },
  theme: Theme,
  ...children: readonly MarkupNode[]
): MarkupElement {
  const titleId = `${frame.id}-title`;
  const descriptionId = `${frame.id}-desc`;
  return element(
    "svg",
    {
      class: "chart",
      role: "img",
      "aria-labelledby": `${titleId} ${descriptionId}`,
      viewBox: `0 0 ${frame.width} ${Math.ceil(height)}`,
      width: frame.width,
      height: Math.ceil(height),
      // Every label inherits these, and says only what differs.
      "font-size": theme.text.label,
      fill: theme.ink,
    },
    element("title", { id: titleId }, words.title),
    element("desc", { id: descriptionId }, words.finding),
    ...children,
  );
}
