import { coordinate, element, type MarkupElement } from "../../markup.ts";
import type { MarkerShape, SeriesStyle, Theme } from "../theme.ts";

const RADIUS = 3.6;

/** Outlines around the origin, as lists of points in units of the radius. */
const OUTLINES: Readonly<Record<Exclude<MarkerShape, "circle">, readonly (readonly [number, number])[]>> = {
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  triangle: [
    [0, -1.2],
    [1.1, 0.8],
    [-1.1, 0.8],
  ],
  down: [
    [0, 1.2],
    [1.1, -0.8],
    [-1.1, -0.8],
  ],
  diamond: [
    [0, -1.3],
    [1.1, 0],
    [0, 1.3],
    [-1.1, 0],
  ],
  cross: [
    [-1, -0.4],
    [-0.4, -1],
    [0, -0.6],
    [0.4, -1],
    [1, -0.4],
    [0.6, 0],
    [1, 0.4],
    [0.4, 1],
    [0, 0.6],
    [-0.4, 1],
    [-1, 0.4],
    [-0.6, 0],
  ],
  plus: [
    [-0.4, -1.2],
    [0.4, -1.2],
    [0.4, -0.4],
    [1.2, -0.4],
    [1.2, 0.4],
    [0.4, 0.4],
    [0.4, 1.2],
    [-0.4, 1.2],
    [-0.4, 0.4],
    [-1.2, 0.4],
    [-1.2, -0.4],
    [-0.4, -0.4],
  ],
};

/** The marker of a series: shape and colour, with a rim of the background so that it stands off its line. */
export function marker(x: number, y: number, style: SeriesStyle, theme: Theme): MarkupElement {
  const paint = { fill: style.colour, stroke: theme.surface, "stroke-width": 1 };
  if (style.marker === "circle") return element("circle", { cx: x, cy: y, r: RADIUS, ...paint });
  const points = OUTLINES[style.marker].map(
    ([dx, dy]) => `${coordinate(x + dx * RADIUS)},${coordinate(y + dy * RADIUS)}`,
  );
  return element("path", { d: `M${points.join("L")}Z`, ...paint });
}
