import type { RunResult, VariantResult } from "../../experiment/result.ts";
import { formatDuration, formatShare } from "../number-format.ts";

const MOST_MARKS = 60;
const LEAST_MARKS = 10;
/** Marks from the lowest to the highest value, and for a time without a value. */
const BLOCKS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const LETTERS = ["_", ".", "-", "=", "+", "*", "#"];

export interface SparklineOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Only characters that every terminal has. */
  readonly ascii: boolean;
}

interface Measure {
  readonly title: string;
  readonly of: (variant: VariantResult, from: number, to: number) => number | null;
  readonly text: (value: number) => string;
}

const MEASURES: readonly Measure[] = [
  { title: "good answers", of: goodShare, text: formatShare },
  { title: "p99", of: largestP99, text: formatDuration },
];

/**
 * What the variants went through, one line of marks for each: the good answers and the p99 over time, and below them when
 * the faults were. Nothing for a run without faults, whose course says nothing that the table does not say.
 */
export function sparklines(result: RunResult, { width, ascii }: SparklineOptions): readonly string[] {
  const bins = result.variants[0]?.series.good.length ?? 0;
  if (result.faults.length === 0 || bins === 0) return [];
  const gutter = result.variants.reduce((most, { name }) => Math.max(most, name.length), "faults".length) + 4;
  const room = Math.max(LEAST_MARKS, Math.min(MOST_MARKS, width - gutter));
  const joined = Math.ceil(bins / room);
  const starts = Array.from({ length: Math.ceil(bins / joined) }, (_, mark) => mark * joined);
  const marks = ascii ? LETTERS : BLOCKS;
  const line = (name: string, text: string) => `  ${name.padEnd(gutter - 2)}${text}`.trimEnd();
  const everyUs = joined * result.timing.binUs;
  return [
    ...MEASURES.flatMap((measure) => {
      const rows = result.variants.map((variant) => starts.map((from) => measure.of(variant, from, from + joined)));
      const known = rows.flat().filter((value) => value !== null);
      if (known.length === 0) return [];
      const low = known.reduce((least, value) => Math.min(least, value));
      const high = known.reduce((most, value) => Math.max(most, value));
      if (low === high) return [];
      const scale = `${marks[0]} ${measure.text(low)}, ${marks[marks.length - 1]} ${measure.text(high)}`;
      return [
        `${measure.title} over time (${scale}; a mark is ${formatDuration(everyUs)})`,
        ...result.variants.map(({ name }, v) => line(name, draw(rows[v] ?? [], low, high, marks))),
      ];
    }),
    line("faults", starts.map((from) => (isFaulty(result, from, joined) ? "x" : " ")).join("")),
  ];
}

function draw(values: readonly (number | null)[], low: number, high: number, marks: readonly string[]): string {
  return values
    .map((value) =>
      value === null
        ? " "
        : marks[Math.min(marks.length - 1, Math.floor(((value - low) / (high - low)) * marks.length))],
    )
    .join("");
}

function goodShare({ series }: VariantResult, from: number, to: number): number | null {
  const sum = (list: readonly number[]) => list.slice(from, to).reduce((total, count) => total + count, 0);
  const [good, failed] = [sum(series.good), sum(series.failed)];
  return good + failed === 0 ? null : good / (good + failed);
}

function largestP99({ series }: VariantResult, from: number, to: number): number | null {
  const known = series.p99Us.slice(from, to).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((most, value) => Math.max(most, value));
}

function isFaulty({ faults, timing }: RunResult, from: number, bins: number): boolean {
  const [startUs, endUs] = [from * timing.binUs, (from + bins) * timing.binUs];
  return faults.some(({ fromUs, toUs }) => fromUs < endUs && toUs > startUs);
}
