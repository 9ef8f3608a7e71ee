import { element, type MarkupElement } from "../../markup.ts";
import type { Box } from "../chart.ts";
import type { SeriesStyle, Theme } from "../theme.ts";
import { fitTexts, label, textWidth } from "./label.ts";
import { marker } from "./marker.ts";

/** A name for a line, beside the place where the line ends. */
export interface LineName {
  readonly name: string;
  readonly style: SeriesStyle;
  /** Where the line ends, in pixels. */
  readonly y: number;
}

const LINE_HEIGHT = 16;
const SAMPLE_WIDTH = 22;
const LEADER_WIDTH = 14;
const WIDEST_NAME = 190;

/** Room that names right of a plot need. */
export function endNamesWidth(names: readonly string[], theme: Theme): number {
  const widest = Math.max(0, ...names.map((name) => textWidth(name, theme.text.label)));
  return LEADER_WIDTH + SAMPLE_WIDTH + 6 + Math.min(WIDEST_NAME, widest);
}

/**
 * Writes the names right of the plot, each as near to the end of its line as the others allow, with a thin leader and a
 * sample of the line, so that nobody hunts for a legend.
 */
export function drawEndNames(names: readonly LineName[], box: Box, theme: Theme): MarkupElement {
  const right = box.left + box.width;
  const sorted = names.map((name, order) => ({ ...name, order })).sort((a, b) => a.y - b.y || a.order - b.order);
  const places = spread(
    sorted.map((name) => name.y),
    box.top,
    box.top + box.height,
  );
  const fitted = fitTexts(
    sorted.map(({ name }) => name),
    theme.text.label,
    WIDEST_NAME,
  );
  return element(
    "g",
    {},
    ...sorted.flatMap(({ style, y }, index) => {
      const at = places[index] ?? y;
      const left = right + LEADER_WIDTH;
      return [
        element("path", {
          d: `M${right + 1},${Math.round(y)}L${left - 2},${Math.round(at)}`,
          fill: "none",
          stroke: theme.rule,
        }),
        ...sample(left, at, style, theme),
        label(left + SAMPLE_WIDTH + 6, at + 4, fitted[index] ?? "", theme),
      ];
    }),
  );
}

/**
 * Moves places apart until they are a line of text from each other, keeping their order: places that are too close become
 * a heap around the middle of what they wanted, as far as top and bottom allow.
 */
export function spread(wanted: readonly number[], top: number, bottom: number): readonly number[] {
  const heaps: { readonly count: number; readonly sum: number }[] = [];
  const centre = ({ count, sum }: { readonly count: number; readonly sum: number }) => {
    const half = ((count - 1) / 2) * LINE_HEIGHT;
    return Math.max(top + half, Math.min(bottom - half, sum / count));
  };
  for (const y of wanted) {
    let heap = { count: 1, sum: y };
    for (let before = heaps.at(-1); before !== undefined; before = heaps.at(-1)) {
      if (centre(heap) - centre(before) >= ((heap.count + before.count) / 2) * LINE_HEIGHT) break;
      heaps.pop();
      heap = { count: heap.count + before.count, sum: heap.sum + before.sum };
    }
    heaps.push(heap);
  }
  return heaps.flatMap((heap) =>
    Array.from({ length: heap.count }, (_, index) => centre(heap) + (index - (heap.count - 1) / 2) * LINE_HEIGHT),
  );
}

/** The key above a plot: names in as many columns as the width has room for, row by row; `height` is what it takes. */
export function drawKey(
  names: readonly Omit<LineName, "y">[],
  left: number,
  top: number,
  width: number,
  theme: Theme,
): { readonly drawn: MarkupElement; readonly height: number } {
  const texts = fitTexts(
    names.map(({ name }) => name),
    theme.text.label,
    width - SAMPLE_WIDTH - 6,
  );
  const widest = Math.max(0, ...texts.map((text) => textWidth(text, theme.text.label)));
  const pitch = SAMPLE_WIDTH + 6 + widest + theme.space.wide;
  const columns = Math.max(1, Math.min(names.length, Math.floor((width + theme.space.wide) / pitch)));
  const cells = names.map(({ style }, index) => {
    const x = left + (index % columns) * pitch;
    const y = top + Math.floor(index / columns) * LINE_HEIGHT + LINE_HEIGHT / 2;
    return element(
      "g",
      {},
      ...sample(x, y, style, theme),
      label(x + SAMPLE_WIDTH + 6, y + 4, texts[index] ?? "", theme),
    );
  });
  return { drawn: element("g", {}, ...cells), height: Math.ceil(names.length / columns) * LINE_HEIGHT };
}

function sample(left: number, y: number, style: SeriesStyle, theme: Theme): readonly MarkupElement[] {
  return [
    element("line", {
      x1: left,
      x2: left + SAMPLE_WIDTH,
      y1: y,
      y2: y,
      stroke: style.colour,
      "stroke-width": 1.8,
      "stroke-dasharray": style.dash === "none" ? undefined : style.dash,
    }),
    marker(left + SAMPLE_WIDTH / 2, y, style, theme),
  ];
}
