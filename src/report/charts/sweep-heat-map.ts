import { scaleBand, scaleLinear, scaleLog } from "d3";
import type { MetricInfo } from "../../experiment/result.ts";
import type { SweepResult } from "../../experiment/sweep/sweep-result.ts";
import { element, type MarkupElement } from "../markup.ts";
import { formatDuration, formatNumber, formatShare, NO_SAMPLE } from "../number-format.ts";
import { type Box, type Chart, chartSvg, type Frame } from "./chart.ts";
import { fitBold, fitText, label, textWidth } from "./parts/label.ts";
import type { Theme } from "./theme.ts";

const ROW_HEIGHT = 30;
const TITLE_HEIGHT = 26;
const FOOT_HEIGHT = 40;
const WIDEST_ROW_NAME = 110;
/** The palest and the deepest cell; the value stands in it and must be readable on both. */
const OPACITIES: readonly [number, number] = [0.05, 0.6];

/** Two axes of a full factorial sweep. */
export interface HeatMapAxes {
  /** Index of the axis from left to right, and of the one from top to bottom. */
  readonly across: number;
  readonly down: number;
}

/**
 * One metric over two axes, one map per variant: the deeper a cell, the higher its value, which is also written in it.
 * Where further axes were varied, a cell holds the worst of their values.
 */
export function sweepHeatMap(
  result: SweepResult,
  axes: HeatMapAxes,
  metric: MetricInfo,
  frame: Frame,
  theme: Theme,
): Chart {
  const columns = valuesOf(result, axes.across);
  const rows = valuesOf(result, axes.down);
  const maps = result.variants.map((variant) => ({
    variant,
    cells: rows.map((row) => columns.map((column) => cellOf(result, axes, variant, column, row, metric))),
  }));
  const shade = shadeOf(
    maps.flatMap(({ cells }) => cells.flat().filter((cell) => cell !== null)),
    metric,
  );
  const keys = { across: result.axes[axes.across]?.key ?? "", down: result.axes[axes.down]?.key ?? "" };
  const title = `${metric.title} over ${keys.across} and ${keys.down}`;
  const words = { title, finding: findingOf(maps, columns, rows, keys, metric) };
  let top = 0;
  const drawn = maps.map(({ variant, cells }) => {
    const map = drawMap(variant, cells, columns, rows, keys, top, shade, metric, frame, theme);
    top += map.height;
    return map.drawn;
  });
  return {
    ...words,
    svg: chartSvg(frame, top, words, theme, ...drawn),
    tables: maps.map(({ variant, cells }) => ({
      caption: `${metric.title}, ${variant}`,
      columns: [`${keys.down} \\ ${keys.across}`, ...columns],
      rows: rows.map((row, r) => [row, ...(cells[r] ?? []).map((cell) => cellText(cell, metric))]),
    })),
  };
}

/** Distinct values of an axis in the order of the sweep. */
function valuesOf(result: SweepResult, axis: number): readonly string[] {
  const all = result.points.map(({ values }) => values[axis] ?? "");
  return all.filter((value, i) => all.indexOf(value) === i);
}

function cellOf(
  result: SweepResult,
  axes: HeatMapAxes,
  variant: string,
  column: string,
  row: string,
  metric: MetricInfo,
): number | null {
  const means = result.points
    .filter(({ values }) => values[axes.across] === column && values[axes.down] === row)
    .flatMap(({ variants }) => variants.find(({ name }) => name === variant)?.metrics[metric.id]?.mean ?? []);
  if (means.length === 0) return null;
  const worse = metric.better === "higher" ? Math.min : Math.max;
  return means.reduce((worst, mean) => worse(worst, mean));
}

/** Times span decades, so they are shaded by their logarithm; everything else evenly. */
function shadeOf(values: readonly number[], { unit }: MetricInfo): (value: number) => number {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (!(high > low)) return () => OPACITIES[0];
  const scale = unit === "µs" && low > 0 ? scaleLog([low, high], OPACITIES) : scaleLinear([low, high], OPACITIES);
  return (value) => Math.round(scale(value) * 100) / 100;
}

function drawMap(
  variant: string,
  cells: readonly (readonly (number | null)[])[],
  columns: readonly string[],
  rows: readonly string[],
  keys: { readonly across: string; readonly down: string },
  top: number,
  shade: (value: number) => number,
  metric: MetricInfo,
  frame: Frame,
  theme: Theme,
): { readonly drawn: MarkupElement; readonly height: number } {
  const small = { size: theme.text.small, colour: theme.muted };
  const names = [keys.down, ...rows].map((name) => textWidth(name, theme.text.small));
  const left = Math.min(WIDEST_ROW_NAME, Math.max(...names)) + theme.space.normal;
  const box: Box = { left, top: top + TITLE_HEIGHT, width: frame.width - left, height: rows.length * ROW_HEIGHT };
  const x = scaleBand([...columns.keys()], [box.left, box.left + box.width]);
  const width = x.bandwidth();
  const fit = (text: string) => fitText(text, theme.text.small, width - 2);
  const drawn = element(
    "g",
    {},
    label(box.left, top + 14, fitBold(variant, theme.text.label, box.width), theme, { bold: true }),
    label(0, top + 14, fitText(keys.down, theme.text.small, left - 4), theme, small),
    ...rows.map((row, r) =>
      label(0, box.top + r * ROW_HEIGHT + 19, fitText(row, theme.text.small, left - 4), theme, small),
    ),
    ...cells.flatMap((row, r) =>
      row.map((cell, c) => {
        const place = { x: x(c) ?? 0, y: box.top + r * ROW_HEIGHT, width: width - 1, height: ROW_HEIGHT - 1 };
        return element(
          "g",
          {},
          element("rect", {
            ...place,
            fill: cell === null ? "none" : theme.series[0]?.colour,
            "fill-opacity": cell === null ? undefined : String(shade(cell)),
            stroke: theme.rule,
          }),
          label(place.x + width / 2, place.y + 19, fit(cellText(cell, metric)), theme, {
            anchor: "middle",
            size: theme.text.small,
          }),
        );
      }),
    ),
    ...columns.map((column, c) =>
      label((x(c) ?? 0) + width / 2, box.top + box.height + 15, fit(column), theme, { ...small, anchor: "middle" }),
    ),
    label(box.left + box.width, box.top + box.height + 30, keys.across, theme, { ...small, anchor: "end" }),
  );
  return { drawn, height: TITLE_HEIGHT + box.height + FOOT_HEIGHT };
}

function cellText(cell: number | null, { unit }: MetricInfo): string {
  if (cell === null) return NO_SAMPLE;
  if (unit === "µs") return formatDuration(cell);
  return unit === "ratio" ? formatShare(cell) : formatNumber(cell);
}

function findingOf(
  maps: readonly { readonly variant: string; readonly cells: readonly (readonly (number | null)[])[] }[],
  columns: readonly string[],
  rows: readonly string[],
  keys: { readonly across: string; readonly down: string },
  metric: MetricInfo,
): string {
  const all = maps.flatMap(({ variant, cells }) =>
    cells.flatMap((row, r) =>
      row.flatMap((cell, c) =>
        cell === null
          ? []
          : [{ cell, where: `${variant} at ${keys.across} ${columns[c]} and ${keys.down} ${rows[r]}` }],
      ),
    ),
  );
  const sorted = [...all].sort((a, b) => a.cell - b.cell);
  const [lowest] = sorted;
  const highest = sorted.at(-1);
  if (lowest === undefined || highest === undefined) return "No sample.";
  return `Lowest with ${lowest.where} (${cellText(lowest.cell, metric)}), highest with ${highest.where} (${cellText(highest.cell, metric)}).`;
}
