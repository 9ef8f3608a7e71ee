import { area, line } from "d3";
import type { FaultBand } from "../../../experiment/result.ts";
import { element, type MarkupElement } from "../../markup.ts";
import type { Box, Frame } from "../chart.ts";
import type { SeriesStyle, Theme } from "../theme.ts";
import { type Axis, drawHorizontalAxis, drawVerticalAxis, horizontalScale, type Scale, verticalScale } from "./axis.ts";
import { faultBands } from "./fault-bands.ts";
import { BOLD_WIDENING, fitBold, fitText, label, textWidth } from "./label.ts";
import { marker } from "./marker.ts";

/** One line: point i belongs to row `firstRow + i` of the chart's first table, in column `column`. */
export interface PanelLine {
  readonly name: string;
  readonly style: SeriesStyle;
  /** x and y; a gap where y is null. */
  readonly points: readonly (readonly [number, number | null])[];
  readonly column: number;
  readonly firstRow?: number;
  /** Interval around each point, drawn as a ribbon. */
  readonly ribbon?: readonly (readonly [number, number, number])[];
  /** A value that holds until the next point is drawn as a step. */
  readonly step?: boolean;
  /** Drawn thin and grey, to compare with. */
  readonly context?: boolean;
  /** Markers on the line; a dense line is better without. */
  readonly markers?: number;
}

/** A value on the y axis and what is expected of it. */
export interface Threshold {
  readonly at: number;
  readonly text: string;
}

export interface LinePanel {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly PanelLine[];
  readonly faults?: readonly FaultBand[];
  /** Values that were expected, drawn across the panel. */
  readonly thresholds?: readonly Threshold[];
  readonly showXTitle?: boolean;
}

/** Room for the ticks left of a plot. */
export const TICK_ROOM = 56;
/** Space above a panel for its title. */
export const PANEL_TITLE_HEIGHT = 20;
/** Space below a panel for ticks and the title of the axis. */
export const PANEL_FOOT_HEIGHT = 36;

/** Draws axes, faults and lines into the box, which is the plotting area without its margins. */
export function drawLinePanel(panel: LinePanel, box: Box, frame: Frame, theme: Theme): MarkupElement {
  const x = horizontalScale(panel.x, box);
  const y = verticalScale(panel.y, box);
  return element(
    "g",
    {},
    drawVerticalAxis(panel.y, box, theme),
    drawHorizontalAxis(panel.x, box, theme, { title: panel.showXTitle !== false }),
    ...faultBands(panel.faults ?? [], x, box, frame, theme),
    panelTitle(panel.title, box, theme),
    ...panel.lines.flatMap((series) => drawLine(series, x, y, theme)),
    ...(panel.thresholds ?? []).map((threshold) => drawThreshold(threshold, y, box, theme)),
  );
}

/** A thin line across the plot, its words above it with a rim of the background. */
function drawThreshold({ at, text }: Threshold, y: Scale, box: Box, theme: Theme): MarkupElement {
  const [left, right, height] = [box.left, box.left + box.width, y(at)];
  const words = fitText(text, theme.text.small, box.width - theme.space.normal);
  const rim = { stroke: theme.surface, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };
  return element(
    "g",
    {},
    element("line", { x1: left, x2: right, y1: height, y2: height, stroke: theme.ink, "stroke-dasharray": "6 4" }),
    element("g", rim, label(left + theme.space.tight, height - 4, words, theme, { size: theme.text.small })),
  );
}

/** Above the plot; a title that is too long for it starts above the ticks. */
function panelTitle(title: string, box: Box, theme: Theme): MarkupElement {
  const text = fitBold(title, theme.text.label, box.width + TICK_ROOM);
  const width = textWidth(text, theme.text.label) * BOLD_WIDENING;
  const left = width <= box.width ? box.left : box.left - TICK_ROOM;
  return label(left, box.top - 8, text, theme, { bold: true });
}

function drawLine(series: PanelLine, x: Scale, y: Scale, theme: Theme): readonly (MarkupElement | null)[] {
  const { style, points } = series;
  const context = series.context === true;
  const pixels = points.flatMap(([at, value], index) => (value === null ? [] : [{ x: x(at), y: y(value), index }]));
  const path = linePath(series, x, y);
  if (path === "") return [];
  const gaps = pixels.length < points.length;
  const firstRow = series.firstRow ?? 0;
  const stride = Math.max(1, Math.ceil(pixels.length / (series.markers ?? 6)));
  // Every series starts its markers elsewhere, so that lines on top of each other still show all of them.
  const offset = (series.column * 5) % stride;
  return [
    series.ribbon === undefined
      ? null
      : element("path", { d: ribbonPath(series.ribbon, x, y), fill: style.colour, "fill-opacity": "0.14" }),
    element("path", {
      d: path,
      fill: "none",
      stroke: context ? theme.fault : style.colour,
      "stroke-width": context ? 1.2 : 1.8,
      "stroke-dasharray": context || style.dash === "none" ? undefined : style.dash,
      "stroke-linejoin": "round",
      "data-column": context ? undefined : String(series.column),
      "data-row": context ? undefined : String(firstRow),
      "data-rows": context || !gaps ? undefined : pixels.map(({ index }) => firstRow + index).join(" "),
      "data-step": series.step === true,
    }),
    ...(context || series.markers === 0
      ? []
      : pixels.filter((_, index) => index % stride === offset).map((point) => marker(point.x, point.y, style, theme))),
  ];
}

/** Straight pieces between points, or steps that hold a value; broken where a value is missing. */
function linePath(series: PanelLine, x: Scale, y: Scale): string {
  const draw = line<readonly [number, number | null]>()
    .digits(1)
    .defined(([, value]) => value !== null)
    .x(([at]) => x(at))
    .y(([, value]) => y(value ?? 0));
  if (series.step !== true) return draw([...series.points]) ?? "";
  const corners = series.points.flatMap((point, index) => {
    const next = series.points[index + 1];
    return next === undefined ? [point] : [point, [next[0], point[1]] as const];
  });
  return draw(corners) ?? "";
}

function ribbonPath(ribbon: readonly (readonly [number, number, number])[], x: Scale, y: Scale): string {
  const draw = area<readonly [number, number, number]>()
    .digits(1)
    .x(([at]) => x(at))
    .y0(([, low]) => y(low))
    .y1(([, , high]) => y(high));
  return draw([...ribbon]) ?? "";
}
