import type { RunResult } from "../../experiment/result.ts";
import { extremesSentence } from "../extremes-sentence.ts";
import { formatDuration, formatNumber, NO_SAMPLE } from "../number-format.ts";
import { type Chart, chartSvg, type Frame } from "./chart.ts";
import { type Axis, responseTimeAxis } from "./parts/axis.ts";
import type { Threshold } from "./parts/line-panel.ts";
import { drawVariantLines } from "./parts/variant-lines.ts";
import type { Theme } from "./theme.ts";

const PLOT_HEIGHT = 260;
const HEADROOM = 1.15;
const LABELLED = [0.5, 0.9, 0.99, 0.999, 0.9999];

/** Response time at each percentile, the tail stretched: x is 1/(1−p) on a logarithmic axis, ribbons are intervals. */
export function latencyPercentiles(result: RunResult, frame: Frame, theme: Theme): Chart {
  const levels = (result.variants[0]?.latency.quantiles ?? []).map(({ p }) => p).filter((p) => p < 1);
  const at = (variant: number, p: number) =>
    result.variants[variant]?.latency.quantiles.find((quantile) => quantile.p === p)?.us;
  const highs = result.variants.flatMap((_, variant) =>
    levels.map((p) => (at(variant, p)?.mean ?? 0) + (at(variant, p)?.halfWidth ?? 0)),
  );
  const means = result.variants.flatMap((_, variant) => levels.map((p) => at(variant, p)?.mean ?? 0));
  const lows = means.filter((mean) => mean > 0);
  const low = lows.length === 0 ? 1_000 : lows.reduce((least, mean) => Math.min(least, mean));
  const high = highs.reduce((most, value) => Math.max(most, value), low * 10);
  const words = { title: "Percentiles of the response time", finding: extremesSentence(result, "response_p99") };
  const thresholds = expectedTimes(result);
  const bounds = thresholds.map((threshold) => threshold.at);
  const [bottom, top] = [Math.min(low, ...bounds), Math.max(high, ...bounds)];
  const y = responseTimeAxis("response time", bottom / HEADROOM, top * HEADROOM, 8);
  const { drawn, height } = drawVariantLines(
    result,
    {
      x: () => tailAxis(levels),
      panels: [
        {
          title: "response time (both axes logarithmic)",
          y,
          height: PLOT_HEIGHT,
          thresholds,
          line: (variant) => ({
            column: variant + 1,
            markers: levels.length,
            points: levels.map((p) => [tail(p), at(variant, p)?.mean || null]),
            ribbon: levels.flatMap((p) => {
              const { mean = null, halfWidth = null } = at(variant, p) ?? {};
              return mean === null || halfWidth === null
                ? []
                : [[tail(p), Math.max(y.domain[0], mean - halfWidth), mean + halfWidth] as const];
            }),
          }),
        },
      ],
    },
    0,
    frame,
    theme,
  );
  const rows = levels.map((p) => [
    percentile(p),
    ...result.variants.map((_, variant) => {
      const { mean = null, halfWidth = null } = at(variant, p) ?? {};
      if (mean === null) return NO_SAMPLE;
      return halfWidth === null ? formatDuration(mean) : `${formatDuration(mean)} ± ${formatDuration(halfWidth)}`;
    }),
  ]);
  const columns = ["percentile", ...result.variants.map((variant) => variant.name)];
  return {
    ...words,
    svg: chartSvg(frame, height, words, theme, drawn),
    tables: [{ caption: "Response time at each percentile", columns, rows }],
  };
}

/** "p(99) < 500ms", of the whole run and all classes; who it is expected of stands in the table of expectations. */
const EXPECTED_TIME = /^p\(.*?\)\s*[<>]=?\s*\S+(?=\s+variant\b|$)/;

/** What was expected of percentiles, each bound once. */
function expectedTimes({ expectations = [] }: RunResult): readonly Threshold[] {
  const texts = new Map<string, number>();
  for (const { text, unit, bound } of expectations) {
    const [words] = EXPECTED_TIME.exec(text) ?? [];
    if (words !== undefined && unit === "µs" && bound > 0) texts.set(words, bound);
  }
  return [...texts].map(([text, at]) => ({ at, text: `expected: ${text}` }));
}

function tail(p: number): number {
  return 1 / (1 - p);
}

function percentile(p: number): string {
  // 99.9 comes out of 0.999 * 100 with a bit of dust on it.
  return `${formatNumber(Math.round(p * 1e8) / 1e6)} %`;
}

function tailAxis(levels: readonly number[]): Axis {
  const from = tail(levels[0] ?? 0.5);
  const to = Math.max(from * 2, tail(levels.at(-1) ?? 0.99));
  const ticks = LABELLED.map((p) => ({ at: tail(p), text: percentileTick(p) })).filter(
    ({ at }) => at >= from * 0.999 && at <= to * 1.001,
  );
  return { kind: "log", domain: [from, to], ticks, title: "percentile of requests" };
}

/** All digits: 99.9 and 99.99 must not be rounded together. */
function percentileTick(p: number): string {
  return `${Math.round(p * 1e6) / 1e4} %`;
}
