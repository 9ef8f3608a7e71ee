import { range, scaleLinear, scaleLog, ticks } from "d3";
import { coordinate, element, type MarkupElement } from "../../markup.ts";
import { decimalsFor, fixed, formatNumber } from "../../number-format.ts";
import type { Box } from "../chart.ts";
import type { Theme } from "../theme.ts";
import { label } from "./label.ts";

interface Tick {
  readonly at: number;
  readonly text: string;
}

/** What an axis spans and what is written on it. */
export interface Axis {
  readonly kind: "linear" | "log";
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** What is measured and its unit: "response time (ms)". */
  readonly title: string;
}

/** From a value of the data to a pixel. */
export type Scale = (value: number) => number;

export function horizontalScale(axis: Axis, box: Box): Scale {
  return scaleOf(axis, [box.left, box.left + box.width]);
}

export function verticalScale(axis: Axis, box: Box): Scale {
  return scaleOf(axis, [box.top + box.height, box.top]);
}

function scaleOf(axis: Axis, pixels: readonly [number, number]): Scale {
  const scale = axis.kind === "log" ? scaleLog(axis.domain, pixels) : scaleLinear(axis.domain, pixels);
  return (value) => scale.clamp(true)(value);
}

/** A linear axis from `from` to `to` with about `count` round ticks. */
export function linearAxis(
  title: string,
  [from, to]: readonly [number, number],
  count: number,
  text?: (value: number) => string,
): Axis {
  const end = to > from ? to : from + 1;
  const places = ticks(from, end, count);
  // Steps are 1, 2 or 5 times a power of ten, so one digit of the step tells how many decimals all ticks need.
  const decimals = decimalsFor((places[1] ?? end) - (places[0] ?? from), 1);
  const plain = (value: number) => fixed(value, decimals).replace("-", "−");
  return { kind: "linear", domain: [from, end], ticks: places.map((at) => ({ at, text: (text ?? plain)(at) })), title };
}

const US_PER_S = 1_000_000;
/** Simulated times longer than this are easier to read in minutes. */
const MINUTES_FROM_US = 1_200 * US_PER_S;

/** The axis of simulated time, in seconds or minutes. */
export function timeAxis(durationUs: number, count: number): Axis {
  const [unit, unitUs] = durationUs >= MINUTES_FROM_US ? ["min", 60 * US_PER_S] : ["s", US_PER_S];
  const axis = linearAxis(`time (${unit})`, [0, durationUs / unitUs], count);
  return {
    ...axis,
    domain: [0, durationUs],
    ticks: axis.ticks.map(({ at, text }) => ({ at: at * unitUs, text })),
  };
}

const US_PER_MS = 1_000;
const LOG_STEPS = [1, 2, 5];
const SMALLEST_TIME_US = 1;
const LARGEST_DECADE = 10;

/**
 * An axis of response times: logarithmic, since they span decades, in steps of 1, 2 and 5, or of whole decades or every
 * second one where those would crowd; with the unit written at every tick.
 */
export function responseTimeAxis(title: string, fromUs: number, toUs: number, room: number): Axis {
  const from = Math.max(SMALLEST_TIME_US, fromUs);
  const to = Math.max(from * 2, toUs);
  const all = decades();
  const candidates = [
    ...[LOG_STEPS, [1, 3], [1]].map((steps) => all.flatMap((decade) => steps.map((step) => step * decade))),
    all.filter((_, index) => index % 2 === 0),
  ].map((list) => list.filter((at) => at >= from && at <= to));
  const marks = candidates.find((list) => list.length <= room) ?? candidates.at(-1) ?? [];
  return { kind: "log", domain: [from, to], ticks: marks.map((at) => ({ at, text: timeTick(at) })), title };
}

/** 1, 10, 100, … by multiplication, which is exact. */
function decades(): readonly number[] {
  let decade = 0.1;
  return range(LARGEST_DECADE).map(() => {
    decade = Math.round(decade * 10);
    return decade;
  });
}

function timeTick(us: number): string {
  if (us >= US_PER_S) return `${formatNumber(us / US_PER_S)} s`;
  return us >= US_PER_MS ? `${formatNumber(us / US_PER_MS)} ms` : `${us} µs`;
}

const TICK_TEXT_DROP = 15;
const TITLE_DROP = 30;

/** Ticks under a panel, thin rules through it, and the title of the axis at its right end. */
export function drawHorizontalAxis(axis: Axis, box: Box, theme: Theme, options: { title: boolean }): MarkupElement {
  const scale = horizontalScale(axis, box);
  const bottom = box.top + box.height;
  const small = { size: theme.text.small, colour: theme.muted };
  return element(
    "g",
    {},
    rules(
      axis.ticks.map(({ at }) => `M${coordinate(scale(at))},${coordinate(box.top)}V${coordinate(bottom)}`),
      theme,
    ),
    ...axis.ticks.map(({ at, text }) => {
      const x = scale(at);
      const anchor = x > box.left + box.width - 8 ? "end" : "middle";
      return label(x, bottom + TICK_TEXT_DROP, text, theme, { ...small, anchor });
    }),
    element("line", { x1: box.left, x2: box.left + box.width, y1: bottom, y2: bottom, stroke: theme.muted }),
    options.title
      ? label(box.left + box.width, bottom + TITLE_DROP, axis.title, theme, { ...small, anchor: "end" })
      : null,
  );
}

/** Ticks left of a panel and thin rules through it. */
export function drawVerticalAxis(axis: Axis, box: Box, theme: Theme): MarkupElement {
  const scale = verticalScale(axis, box);
  const right = coordinate(box.left + box.width);
  const small = { anchor: "end", size: theme.text.small, colour: theme.muted } as const;
  return element(
    "g",
    {},
    rules(
      axis.ticks.map(({ at }) => `M${coordinate(box.left)},${coordinate(scale(at))}H${right}`),
      theme,
    ),
    ...axis.ticks.map(({ at, text }) => label(box.left - 6, scale(at) + 4, text, theme, small)),
  );
}

/** All thin rules of an axis as one path. */
function rules(pieces: readonly string[], theme: Theme): MarkupElement | null {
  return pieces.length === 0 ? null : element("path", { d: pieces.join(""), stroke: theme.rule });
}
