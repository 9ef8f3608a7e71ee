import type { RunResult } from "../../experiment/result.ts";
import { element, type MarkupElement } from "../markup.ts";
import {
  columnTitle,
  comparisonOf,
  differenceText,
  type MetricColumn,
  type ShownComparison,
  shortColumns,
  VERDICTS,
} from "../metric-column.ts";
import { NO_SAMPLE } from "../number-format.ts";
import { type Box, type Chart, chartSvg, type Frame } from "./chart.ts";
import { type Axis, drawHorizontalAxis, horizontalScale, linearAxis } from "./parts/axis.ts";
import { fitTexts, label, textWidth } from "./parts/label.ts";
import { NARROW_WIDTH } from "./parts/variant-lines.ts";
import type { Theme } from "./theme.ts";

const ROW_HEIGHT = 20;
const TITLE_HEIGHT = 22;
const FOOT_HEIGHT = 34;
const KEY_HEIGHT = 26;
const WIDEST_NAME = 180;
const GAP = 28;
/** Those that an interval is drawn for. */
const DRAWN = VERDICTS.filter((verdict) => verdict !== "no sample");

/** The difference of every variant from the baseline, paired by replication, with its interval; one panel for each metric. */
export function comparisonIntervals(result: RunResult, frame: Frame, theme: Theme): Chart {
  const candidates = result.variants.filter((variant) => variant.name !== result.baseline).map(({ name }) => name);
  const columns = shortColumns(result);
  const words = { title: `Differences from ${result.baseline}`, finding: countedVerdicts(result, columns) };
  const beside = frame.width < NARROW_WIDTH ? 1 : 2;
  const cellWidth = (frame.width - GAP * (beside - 1)) / beside;
  const cellHeight = TITLE_HEIGHT + candidates.length * ROW_HEIGHT + FOOT_HEIGHT;
  const key = drawVerdictKey(frame, theme);
  const panels = columns.map((column, index) =>
    drawPanel(
      result,
      { column, index },
      candidates,
      {
        left: (index % beside) * (cellWidth + GAP),
        top: key.height + Math.floor(index / beside) * cellHeight,
        width: cellWidth,
        height: cellHeight,
      },
      theme,
    ),
  );
  const rows = candidates.map((name) => [
    name,
    ...columns.map((column) => {
      const comparison = comparisonOf(result, name, column.metric.id);
      if (comparison === undefined) return NO_SAMPLE;
      const difference = differenceText(column, comparison);
      return comparison.verdict === "no sample" ? difference : `${difference} (${comparison.verdict})`;
    }),
  ]);
  const height = key.height + Math.ceil(columns.length / beside) * cellHeight;
  return {
    ...words,
    svg: chartSvg(frame, height, words, theme, key.drawn, ...panels),
    tables: [
      {
        caption: `Paired differences from ${result.baseline}`,
        columns: ["variant", ...columns.map((column) => column.metric.title)],
        rows,
      },
    ],
  };
}

function drawPanel(
  result: RunResult,
  { column, index }: { readonly column: MetricColumn; readonly index: number },
  candidates: readonly string[],
  cell: Box,
  theme: Theme,
): MarkupElement {
  const widest = Math.max(0, ...candidates.map((name) => textWidth(name, theme.text.label)));
  const nameWidth = Math.min(WIDEST_NAME, widest, cell.width * 0.42) + theme.space.normal;
  const box: Box = {
    left: cell.left + nameWidth,
    top: cell.top + TITLE_HEIGHT,
    width: cell.width - nameWidth - theme.space.normal,
    height: candidates.length * ROW_HEIGHT,
  };
  const names = fitTexts(candidates, theme.text.label, nameWidth - theme.space.normal);
  const comparisons = candidates.map((name) => comparisonOf(result, name, column.metric.id));
  const axis = differenceAxis(column, comparisons, box.width);
  const scale = horizontalScale(axis, box);
  const better = column.metric.better === "neither" ? "" : ` - ${column.metric.better} is better`;
  return element(
    "g",
    {},
    label(cell.left, cell.top + 14, columnTitle(column) + better, theme, { bold: true }),
    drawHorizontalAxis(axis, box, theme, { title: false }),
    element("line", { x1: scale(0), x2: scale(0), y1: box.top, y2: box.top + box.height, stroke: theme.ink }),
    ...comparisons.map((comparison, row) => {
      const y = box.top + (row + 0.5) * ROW_HEIGHT;
      return element(
        "g",
        {},
        label(cell.left, y + 4, names[row] ?? "", theme),
        comparison === undefined ? null : drawInterval(comparison, column, scale, y, { row, index }, theme),
      );
    }),
  );
}

function differenceAxis(
  column: MetricColumn,
  comparisons: readonly (ShownComparison | undefined)[],
  width: number,
): Axis {
  const ends = comparisons.flatMap((comparison) => {
    if (comparison === undefined || comparison.difference === null) return [];
    const halfWidth = comparison.halfWidth ?? 0;
    return [comparison.difference - halfWidth, comparison.difference + halfWidth].map((end) => end / column.divisor);
  });
  const low = ends.reduce((least, end) => Math.min(least, end), 0);
  const high = ends.reduce((most, end) => Math.max(most, end), 0);
  const margin = (high - low) * 0.06 || 1;
  return linearAxis("", [low - margin, high + margin], Math.max(2, Math.floor(width / 60)));
}

function drawInterval(
  comparison: ShownComparison,
  column: MetricColumn,
  scale: (value: number) => number,
  y: number,
  place: { readonly row: number; readonly index: number },
  theme: Theme,
): MarkupElement | null {
  if (comparison.difference === null) {
    const right = scale(0) + theme.space.normal;
    const small = { size: theme.text.small, colour: theme.muted };
    return label(right, y + 4, "no sample", theme, small);
  }
  const difference = comparison.difference / column.divisor;
  const halfWidth = (comparison.halfWidth ?? 0) / column.divisor;
  const colour = verdictColour(comparison.verdict, theme);
  const ends = [scale(difference - halfWidth), scale(difference + halfWidth)] as const;
  return element(
    "g",
    { "data-row": String(place.row), "data-column": String(place.index + 1) },
    element("line", { x1: ends[0], x2: ends[1], y1: y, y2: y, stroke: colour, "stroke-width": 2 }),
    ...ends.map((x) => element("line", { x1: x, x2: x, y1: y - 4, y2: y + 4, stroke: colour, "stroke-width": 2 })),
    verdictGlyph(scale(difference), y, comparison.verdict, theme),
  );
}

function verdictColour(verdict: ShownComparison["verdict"], theme: Theme): string {
  if (verdict === "better") return theme.good;
  if (verdict === "worse") return theme.bad;
  return verdict === "differs" ? theme.ink : theme.muted;
}

/** Up for better, down for worse, a diamond for different, a ring for nothing shown: readable without colour. */
function verdictGlyph(x: number, y: number, verdict: ShownComparison["verdict"], theme: Theme): MarkupElement {
  const colour = verdictColour(verdict, theme);
  if (verdict === "no difference shown" || verdict === "no sample") {
    return element("circle", { cx: x, cy: y, r: 4, fill: theme.surface, stroke: colour, "stroke-width": 2 });
  }
  const shapes = { better: "m0,-6l6,10h-12z", worse: "m0,6l6,-10h-12z", differs: "m0,-6l6,6l-6,6l-6,-6z" };
  const d = `M${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}${shapes[verdict]}`;
  return element("path", { d, fill: colour, stroke: theme.surface });
}

function drawVerdictKey(frame: Frame, theme: Theme): { readonly drawn: MarkupElement; readonly height: number } {
  let x = 8;
  let y = 10;
  const items = DRAWN.map((verdict) => {
    const width = 14 + textWidth(verdict, theme.text.label) + theme.space.wide;
    if (x + width > frame.width) {
      x = 8;
      y += 18;
    }
    const item = element("g", {}, verdictGlyph(x, y, verdict, theme), label(x + 12, y + 4, verdict, theme));
    x += width;
    return item;
  });
  return { drawn: element("g", {}, ...items), height: y - 10 + KEY_HEIGHT };
}

function countedVerdicts(result: RunResult, columns: readonly MetricColumn[]): string {
  const shown = result.variants.flatMap(({ name }) =>
    columns.flatMap((column) => comparisonOf(result, name, column.metric.id) ?? []),
  );
  const words = {
    better: "better",
    worse: "worse",
    differs: "different",
    "no difference shown": "without a shown difference",
    "no sample": "without a sample",
  };
  const counts = VERDICTS.map((verdict) => ({ verdict, times: shown.filter((one) => one.verdict === verdict).length }))
    .filter(({ verdict, times }) => times > 0 || verdict !== "no sample")
    .map(({ verdict, times }) => `${times} ${words[verdict]}`);
  return `Of ${shown.length} differences from ${result.baseline}: ${counts.join(", ")}.`;
}
