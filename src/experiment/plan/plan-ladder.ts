import { type NumberRange, readRange, type TextFault } from "../sweep/number-range.ts";
import { rangeValues, writeValue } from "../sweep/range-values.ts";

/** The values that a plan may answer, rising, and where to begin. */
export interface PlanLadder {
  readonly values: readonly string[];
  /** Index of the scenario's own value; null = bracket by the ends. */
  readonly from: number | null;
  /** Rungs to a doubling. */
  readonly stride: number;
}

/** Without a range the search goes so far from the scenario's own value, either way. */
const FARTHEST = 1_000;
const MOST_RUNGS = 20_000;
/** Decimals of values that are worked out, around a small and around a large one. */
const DECIMALS = 3;
const FEWER_DECIMALS = 2;
const LARGE = 10;

/** Rungs of a written range: its steps, or ratios of 1 + `resolution`. */
export function ladderOfRange(text: string, resolution: number): PlanLadder | TextFault {
  const range = readRange(text);
  if (range === null)
    return { message: `"${text.trim()}" is no range`, hint: "write FROM..TO or FROM..TO step SIZE, e.g. 10/s..500/s" };
  if ("message" in range) return range;
  if (range.spacing.kind !== "none") return { values: rangeValues(range), from: null, stride: 8 };
  return { values: ratios(range, range.from, range.to, resolution), from: null, stride: 8 };
}

/** Rungs around the scenario's own value. */
export function ladderAround(value: string, resolution: number): PlanLadder | TextFault {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)(.*)$/.exec(value) ?? [];
  const own = Number(digits);
  if (digits === "" || own === 0) return { message: `${value} is nothing to begin at`, hint: "write KEY=FROM..TO" };
  const isWhole = unit === "" && Number.isInteger(own);
  const range = {
    from: own / FARTHEST,
    to: own * FARTHEST,
    unit,
    decimals: isWhole ? 0 : own >= LARGE ? FEWER_DECIMALS : DECIMALS,
  };
  const up = ratios(range, own, range.to, resolution);
  const down = ratios(range, range.from, own, resolution).filter((rung) => Number.parseFloat(rung) > 0);
  const below = down.filter((rung) => Number.parseFloat(rung) < own);
  let stride = 1;
  for (let ratio = 1; ratio < 2; stride++) ratio *= 1 + resolution;
  return { values: [...below, ...up], from: below.length, stride };
}

/** From low to high in equal ratios, as written, each once; both ends among them. */
function ratios(
  range: Pick<NumberRange, "unit" | "decimals">,
  low: number,
  high: number,
  resolution: number,
): readonly string[] {
  const values: string[] = [];
  const whole = { ...range, from: low, to: high, spacing: { kind: "none" } } as const;
  const smallest = range.decimals === 0 ? 1 : 0;
  for (let at = low; at < high && values.length < MOST_RUNGS; at = Math.max(at * (1 + resolution), at + smallest)) {
    const value = writeValue(whole, at);
    if (value !== values.at(-1)) values.push(value);
  }
  const last = writeValue(whole, high);
  return last === values.at(-1) ? values : [...values, last];
}
