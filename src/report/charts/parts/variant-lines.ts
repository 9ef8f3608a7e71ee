import type { FaultBand } from "../../../experiment/result.ts";
import { element, type MarkupElement } from "../../markup.ts";
import type { Box, Frame } from "../chart.ts";
import { MAX_SERIES, type SeriesStyle, type Theme } from "../theme.ts";
import { type Axis, verticalScale } from "./axis.ts";
import { fitBold, label } from "./label.ts";
import { drawEndNames, drawKey, endNamesWidth } from "./line-key.ts";
import {
  drawLinePanel,
  PANEL_FOOT_HEIGHT,
  PANEL_TITLE_HEIGHT,
  type PanelLine,
  type Threshold,
  TICK_ROOM,
} from "./line-panel.ts";
import { panelGrid } from "./panel-grid.ts";

/** A panel with one line for each variant. */
interface VariantPanel {
  readonly title: string;
  readonly y: Axis;
  readonly height: number;
  readonly thresholds?: readonly Threshold[];
  /** The line of the variant at this index. */
  line(variant: number): Pick<PanelLine, "points" | "column" | "ribbon" | "step" | "markers">;
}

/** The names of what is drawn, and which of them the others are compared with. */
export interface LineNames {
  readonly baseline: string;
  readonly variants: readonly { readonly name: string }[];
}

export interface VariantLines {
  /** The x axis of a plot of this width in pixels. */
  readonly x: (width: number) => Axis;
  readonly panels: readonly VariantPanel[];
  readonly faults?: readonly FaultBand[];
}

/** Below this width names stand above the plot, not beside it. */
export const NARROW_WIDTH = 560;
const MULTIPLE_HEIGHT = 110;

/** The look of the variant at this index; the same in every chart of a report. */
function variantStyle(variant: number, theme: Theme): SeriesStyle {
  return theme.series[variant % theme.series.length] as SeriesStyle;
}

/**
 * Panels under each other that share their x axis, one line for each variant. More variants than a reader can tell apart
 * get small panels of their own, each with the baseline in grey to compare with.
 */
export function drawVariantLines(
  result: LineNames,
  chart: VariantLines,
  top: number,
  frame: Frame,
  theme: Theme,
): { readonly drawn: MarkupElement; readonly height: number } {
  return result.variants.length > MAX_SERIES
    ? drawMultiples(result, chart, top, frame, theme)
    : drawTogether(result, chart, top, frame, theme);
}

function drawTogether(result: LineNames, chart: VariantLines, top: number, frame: Frame, theme: Theme) {
  const names = result.variants.map((variant, index) => ({ name: variant.name, style: variantStyle(index, theme) }));
  const narrow = frame.width < NARROW_WIDTH;
  const key = narrow ? drawKey(names, 0, top, frame.width, theme) : null;
  const right = narrow
    ? theme.space.normal
    : endNamesWidth(
        names.map(({ name }) => name),
        theme,
      );
  let y = top + (key === null ? 0 : key.height + theme.space.normal);
  const drawn = chart.panels.map((panel) => {
    const box: Box = {
      left: TICK_ROOM,
      top: y + PANEL_TITLE_HEIGHT,
      width: frame.width - TICK_ROOM - right,
      height: panel.height,
    };
    y = box.top + box.height + PANEL_FOOT_HEIGHT;
    const lines = names.map(({ name, style }, variant): PanelLine => ({ name, style, ...panel.line(variant) }));
    const scale = verticalScale(panel.y, box);
    const ends = lines.flatMap(({ name, style, points }) => {
      const last = points.findLast(([, value]) => value !== null)?.[1] ?? null;
      return last === null ? [] : [{ name, style, y: scale(last) }];
    });
    return element(
      "g",
      {},
      drawLinePanel(
        {
          ...{ title: panel.title, x: chart.x(box.width), y: panel.y, lines },
          ...{ faults: chart.faults ?? [], thresholds: panel.thresholds ?? [] },
        },
        box,
        frame,
        theme,
      ),
      narrow ? null : drawEndNames(ends, box, theme),
    );
  });
  return { drawn: element("g", {}, key?.drawn ?? null, ...drawn), height: y - top };
}

function drawMultiples(result: LineNames, chart: VariantLines, top: number, frame: Frame, theme: Theme) {
  const baseline = result.variants.findIndex((variant) => variant.name === result.baseline);
  const style = variantStyle(0, theme);
  const size = theme.text.title;
  let y = top;
  const drawn = chart.panels.map((panel) => {
    const heading = label(0, y + theme.text.title, fitBold(panel.title, size, frame.width), theme, {
      bold: true,
      size,
    });
    const cells = panelGrid(frame.width, result.variants.length, MULTIPLE_HEIGHT, theme);
    const offset = y + theme.text.title + theme.space.normal;
    y = offset + cells.height;
    const multiples = cells.boxes.map((cell, variant) => {
      const box: Box = { ...cell, top: cell.top + offset };
      const context = { ...panel.line(baseline), name: result.baseline, style, context: true, markers: 0 };
      const name = result.variants[variant]?.name ?? "";
      const own = { ...panel.line(variant), name, style, markers: 0 };
      const lines = variant === baseline ? [own] : [context, own];
      const { x, faults = [] } = chart;
      return drawLinePanel(
        {
          ...{ title: name, x: x(box.width), y: panel.y, lines, faults },
          ...{ thresholds: panel.thresholds ?? [], showXTitle: false },
        },
        box,
        frame,
        theme,
      );
    });
    return element("g", {}, heading, ...multiples);
  });
  return { drawn: element("g", {}, ...drawn), height: y - top };
}
