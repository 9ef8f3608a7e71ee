import type { RunResult } from "../../experiment/result.ts";
import { element } from "../markup.ts";
import { formatDuration, NO_SAMPLE } from "../number-format.ts";
import { type Chart, chartSvg, type Frame } from "./chart.ts";
import { responseTimeAxis, timeAxis } from "./parts/axis.ts";
import { label } from "./parts/label.ts";
import { drawKey } from "./parts/line-key.ts";
import { drawLinePanel } from "./parts/line-panel.ts";
import { panelGrid } from "./parts/panel-grid.ts";
import { textureDefinitions } from "./parts/patterns.ts";
import { joinLargest, joinMedian, timeBins } from "./parts/time-bins.ts";
import type { SeriesStyle, Theme } from "./theme.ts";

const PANEL_HEIGHT = 120;

/** Median and 99th percentile over time, one small panel for each variant, all on the same axes. */
export function latencyOverTime(result: RunResult, frame: Frame, theme: Theme): Chart {
  const bins = timeBins(result);
  const series = result.variants.map((variant) => ({
    p50: joinMedian(bins, variant.series.p50Us),
    p99: joinLargest(bins, variant.series.p99Us),
  }));
  const known = series.flatMap(({ p50, p99 }) => [...p50, ...p99]).filter((value) => value !== null && value > 0);
  const low = known.reduce<number>((least, value) => Math.min(least, value ?? least), known[0] ?? 1_000);
  const high = known.reduce<number>((most, value) => Math.max(most, value ?? most), low * 10);
  const words = { title: "Response times over time", finding: overTimeFinding(series, bins.startsUs) };
  const quantiles: readonly { readonly name: string; readonly key: "p50" | "p99"; readonly style: SeriesStyle }[] = [
    { name: `p99 (largest in ${formatDuration(bins.widthUs)})`, key: "p99", style: theme.series[1] as SeriesStyle },
    { name: `p50 (median of ${formatDuration(bins.widthUs)})`, key: "p50", style: theme.series[0] as SeriesStyle },
  ];
  const key = drawKey(quantiles, 0, 0, frame.width, theme);
  const grid = panelGrid(frame.width, result.variants.length, PANEL_HEIGHT, theme);
  const panels = result.variants.map((variant, index) => {
    const cell = grid.boxes[index] ?? { left: 0, top: 0, width: 0, height: 0 };
    const box = { ...cell, top: cell.top + key.height };
    return drawLinePanel(
      {
        title: variant.name,
        x: timeAxis(bins.endUs, 4),
        y: responseTimeAxis("response time", low / 1.2, high * 1.2, 5),
        faults: result.faults,
        showXTitle: false,
        lines: quantiles.map(({ name, key: quantile, style }, order) => ({
          name,
          style,
          column: 1 + 2 * index + (1 - order),
          markers: 3,
          points: bins.startsUs.map((at, bin) => [at + bins.widthUs / 2, series[index]?.[quantile][bin] ?? null]),
        })),
      },
      box,
      frame,
      theme,
    );
  });
  const height = key.height + grid.height + theme.space.normal;
  const unit = timeAxis(bins.endUs, 4).title;
  const foot = label(frame.width, height - 2, `${unit}; hatched: faults`, theme, {
    anchor: "end",
    size: theme.text.small,
    colour: theme.muted,
  });
  const text = (value: number | null | undefined) => (value == null ? NO_SAMPLE : formatDuration(value));
  return {
    ...words,
    svg: chartSvg(
      frame,
      height,
      words,
      theme,
      textureDefinitions(frame, theme),
      element("g", {}, key.drawn, ...panels),
      foot,
    ),
    tables: [
      {
        caption: "Response times over time",
        columns: ["from", ...result.variants.flatMap(({ name }) => [`${name}, p50`, `${name}, p99`])],
        rows: bins.startsUs.map((at, bin) => [
          formatDuration(at),
          ...series.flatMap(({ p50, p99 }) => [text(p50[bin]), text(p99[bin])]),
        ]),
      },
    ],
  };
}

function overTimeFinding(
  series: readonly { readonly p99: readonly (number | null)[] }[],
  startsUs: readonly number[],
): string {
  let worst: { readonly us: number; readonly bin: number } | null = null;
  for (const { p99 } of series) {
    for (const [bin, us] of p99.entries()) if (us !== null && us > (worst?.us ?? 0)) worst = { us, bin };
  }
  if (worst === null) return "No request ended, so there are no response times.";
  return `The largest p99 of all variants is ${formatDuration(worst.us)}, ${formatDuration(startsUs[worst.bin] ?? 0)} after the start.`;
}
