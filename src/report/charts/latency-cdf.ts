import type { RunResult, VariantResult } from "../../experiment/result.ts";
import { extremesSentence } from "../extremes-sentence.ts";
import { formatDuration, formatShare, NO_SAMPLE } from "../number-format.ts";
import { type Chart, chartSvg, type Frame } from "./chart.ts";
import { linearAxis, responseTimeAxis } from "./parts/axis.ts";
import { drawVariantLines } from "./parts/variant-lines.ts";
import type { Theme } from "./theme.ts";

/** A fixed ladder of response times, five in a decade, so that all variants share the rows of the table. */
const LADDER_STEPS = [1, 1.5, 2, 3, 5, 7];
const PLOT_HEIGHT = 260;
/** Pixels that a tick such as "500 ms" needs. */
const TICK_PITCH = 56;

/** Which share of requests was answered within which time: cumulative distribution over a logarithmic axis. */
export function latencyCdf(result: RunResult, frame: Frame, theme: Theme): Chart {
  const ladder = timeLadder(result);
  const shares = result.variants.map((variant) => shareWithin(variant, ladder));
  const words = { title: "Distribution of response times", finding: extremesSentence(result, "response_p50") };
  const { drawn, height } = drawVariantLines(
    result,
    {
      x: (width) =>
        responseTimeAxis(
          "response time from the intended start, logarithmic",
          ladder[0] ?? 1_000,
          ladder.at(-1) ?? 1_000_000,
          Math.floor(width / TICK_PITCH),
        ),
      panels: [
        {
          title: "share of requests answered within",
          y: linearAxis("share", [0, 1], 5, formatShare),
          height: PLOT_HEIGHT,
          line: (variant) => ({
            column: variant + 1,
            markers: 8,
            points: ladder.map((us, index) => [us, shares[variant]?.[index] ?? null]),
          }),
        },
      ],
    },
    0,
    frame,
    theme,
  );
  const rows = ladder.map((us, index) => [
    formatDuration(us),
    ...shares.map((list) => (list[index] == null ? NO_SAMPLE : formatShare(list[index] ?? 0))),
  ]);
  const columns = ["within", ...result.variants.map((variant) => variant.name)];
  return {
    ...words,
    svg: chartSvg(frame, height, words, theme, drawn),
    tables: [{ caption: "Share of requests answered within", columns, rows }],
  };
}

/** From the last step below every sample to the first above all of them. */
function timeLadder(result: RunResult): readonly number[] {
  const bounds = result.variants.flatMap((variant) => variant.latency.cells.map(([upperUs]) => upperUs));
  if (bounds.length === 0) return [1_000, 1_000_000];
  const smallest = bounds.reduce((least, bound) => Math.min(least, bound));
  const largest = bounds.reduce((most, bound) => Math.max(most, bound));
  const steps: number[] = [];
  for (let decade = 10; decade / 10 <= largest; decade *= 10) {
    for (const step of LADDER_STEPS) steps.push(Math.round((step * decade) / 10));
  }
  const from = steps.findLastIndex((step) => step < smallest);
  const to = steps.findIndex((step) => step >= largest);
  return steps.slice(Math.max(0, from), to < 0 ? undefined : to + 1);
}

/**
 * Share of samples at or below each step. A cell of the histogram is counted when its upper bound is reached, so the share
 * is never overstated.
 */
function shareWithin(variant: VariantResult, ladder: readonly number[]): readonly (number | null)[] {
  const { cells } = variant.latency;
  const total = cells.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return ladder.map(() => null);
  let cell = 0;
  let below = 0;
  return ladder.map((us) => {
    for (; cell < cells.length; cell++) {
      const [upperUs, count] = cells[cell] as readonly [number, number];
      if (upperUs > us) break;
      below += count;
    }
    return below / total;
  });
}
