import { element, type MarkupElement } from "../../markup.ts";
import { formatMean } from "../../number-format.ts";
import type { Frame } from "../chart.ts";
import type { SeriesStyle, Theme } from "../theme.ts";
import { fitBold, fitText, fitTexts, label, textWidth } from "./label.ts";
import { textureFill } from "./patterns.ts";
import { NARROW_WIDTH } from "./variant-lines.ts";

/** Rows of bars that are made of the same parts. */
export interface StackedRows {
  readonly title: string;
  readonly parts: readonly string[];
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
}

const ROW_HEIGHT = 22;
const BAR_HEIGHT = 14;
const NAME_HEIGHT = 16;
const TEXTURES: readonly (string | null)[] = [null, "hatch", "dots", "lines", "back", "columns"];
const WIDEST_NAME = 190;
const TOTAL_ROOM = 52;

/** Draws the rows with a key above and the total at the end of each bar; parts differ by colour and texture. */
export function drawStackedRows(
  stack: StackedRows,
  top: number,
  frame: Frame,
  theme: Theme,
): { readonly drawn: MarkupElement; readonly height: number } {
  const narrow = frame.width < NARROW_WIDTH;
  const widths = stack.rows.map(({ name }) => textWidth(name, theme.text.label));
  // A narrow drawing has no room beside its bars, so names stand above them.
  const nameWidth = narrow ? 0 : Math.min(WIDEST_NAME, Math.max(0, ...widths)) + theme.space.normal;
  const names = fitTexts(
    stack.rows.map(({ name }) => name),
    theme.text.label,
    narrow ? frame.width : nameWidth - theme.space.normal,
  );
  const nameHeight = narrow ? NAME_HEIGHT : 0;
  const pitch = ROW_HEIGHT + nameHeight;
  const totals = stack.rows.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const longest = totals.reduce((most, total) => Math.max(most, total), 0);
  const scale = longest === 0 ? 0 : (frame.width - nameWidth - TOTAL_ROOM) / longest;
  const key = drawPartKey(stack.parts, top + 24, frame, theme);
  const rowsTop = top + 30 + key.height;
  const rows = stack.rows.map(({ values }, index) => {
    const y = rowsTop + index * pitch + nameHeight;
    let left = nameWidth;
    const bars = values.map((value, part) => {
      const width = value * scale;
      const bar = drawPart(left, y, width, part, frame, theme);
      left += width;
      return width > 0 ? bar : null;
    });
    return element(
      "g",
      {},
      label(0, y + 11 - nameHeight, names[index] ?? "", theme),
      ...bars,
      label(left + 6, y + 11, formatMean(totals[index] ?? 0), theme, { size: theme.text.small, colour: theme.muted }),
    );
  });
  return {
    drawn: element(
      "g",
      {},
      label(0, top + 14, fitBold(stack.title, theme.text.label, frame.width), theme, { bold: true }),
      key.drawn,
      ...rows,
    ),
    height: 30 + key.height + stack.rows.length * pitch + theme.space.wide,
  };
}

/** The sample and name of every part, flowing over as many lines as they need. */
function drawPartKey(parts: readonly string[], top: number, frame: Frame, theme: Theme) {
  let x = 0;
  let y = top;
  const drawn = parts.map((part, index) => {
    const text = fitText(part, theme.text.label, frame.width - 30);
    const width = 22 + textWidth(text, theme.text.label) + theme.space.wide;
    if (x > 0 && x + width > frame.width) {
      x = 0;
      y += 18;
    }
    const item = element("g", {}, drawPart(x, y, 16, index, frame, theme), label(x + 22, y + 11, text, theme));
    x += width;
    return item;
  });
  return { drawn: element("g", {}, ...drawn), height: parts.length === 0 ? 0 : y - top + 18 };
}

function drawPart(left: number, top: number, width: number, part: number, frame: Frame, theme: Theme): MarkupElement {
  const { colour } = theme.series[part % theme.series.length] as SeriesStyle;
  const texture = TEXTURES[part % TEXTURES.length] ?? null;
  const place = { x: left, y: top, width, height: BAR_HEIGHT };
  return element(
    "g",
    {},
    element("rect", { ...place, class: "filled", fill: colour, "fill-opacity": "0.75", stroke: theme.surface }),
    texture === null ? null : element("rect", { ...place, fill: textureFill(frame, texture) }),
  );
}
