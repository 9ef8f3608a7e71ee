import { bad, good, type Outcome, shown } from "../problems/finding.ts";

/** A kind of quantity: how it is read, and what the reference says about it. */
export interface QuantityKind {
  /** "duration", as docs and messages call it. */
  readonly name: string;
  /** How it is written, for hints: "5s or 250ms". */
  readonly example: string;
  read(value: unknown): Outcome<number>;
  write(value: number): string;
}

interface Unit {
  readonly name: string;
  readonly factor: number;
}

// Larger units first: writing takes the largest one that divides the value.
const TIME_UNITS: readonly Unit[] = [
  { name: "d", factor: 86_400_000_000 },
  { name: "h", factor: 3_600_000_000 },
  { name: "m", factor: 60_000_000 },
  { name: "min", factor: 60_000_000 },
  { name: "s", factor: 1_000_000 },
  { name: "ms", factor: 1000 },
  { name: "us", factor: 1 },
  { name: "µs", factor: 1 },
];

const SIZE_UNITS: readonly Unit[] = [
  { name: "GiB", factor: 1_073_741_824 },
  { name: "GB", factor: 1_000_000_000 },
  { name: "MiB", factor: 1_048_576 },
  { name: "MB", factor: 1_000_000 },
  { name: "KiB", factor: 1024 },
  { name: "kB", factor: 1000 },
  { name: "B", factor: 1 },
];

/** Counts and weights beyond it are mistakes, and their sums would lose whole numbers. */
const MAX_NUMBER = 1_000_000_000;

/** Rates are counted per second: "2400/min" is 40. */
const RATE_UNITS: readonly Unit[] = [
  { name: "ms", factor: 0.001 },
  { name: "s", factor: 1 },
  { name: "m", factor: 60 },
  { name: "min", factor: 60 },
  { name: "h", factor: 3600 },
  { name: "d", factor: 86_400 },
];

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const TIME_PART = /(\d+(?:\.\d+)?|\.\d+)\s*([a-zA-Zµμ]+)\s*/gy;

/** "250ms", "5s", "2m", "1h30m" in integer microseconds. A bare 0 needs no unit. */
export const duration: QuantityKind = {
  name: "duration",
  example: "5s or 250ms",
  read: (value) => readDuration(value),
  write: writeDuration,
};

/** A duration that may be `never` (Infinity). */
export const durationOrNever: QuantityKind = {
  name: "duration or never",
  example: "5s, 250ms or never",
  read: (value) => (value === "never" ? good(Number.POSITIVE_INFINITY) : readDuration(value)),
  write: writeDuration,
};

/** "40/s", "2400/min" per second. */
export const rate: QuantityKind = { name: "rate", example: "40/s or 2400/min", read: readRate, write: writeRate };

/** "64KiB", "10kB", "512B" in bytes. A bare 0 needs no unit. */
export const size: QuantityKind = { name: "size", example: "64KiB or 10kB", read: readSize, write: writeSize };

/** "15%" or "0.15" as 0..1. */
export const ratio: QuantityKind = {
  name: "share",
  example: "15% or 0.15",
  read: readRatio,
  write: (value) => `${trimmed(value * 100)}%`,
};

/** A plain number ≥ 0. */
export const plainNumber: QuantityKind = {
  name: "number",
  example: "3",
  read: readPlainNumber,
  write: (value) => String(value),
};

function readDuration(value: unknown): Outcome<number> {
  const plain = numberOf(value);
  if (plain === 0) return good(0);
  if (plain !== null) return bad("missing-unit", `a number without unit: write ${plain}s or ${plain}ms`);
  if (typeof value !== "string") return notQuantity("a duration", "5s or 250ms", value);
  const text = value.trim().replace(/^[+-]/, "");
  let sum = 0;
  let end = 0;
  TIME_PART.lastIndex = 0;
  for (let part = TIME_PART.exec(text); part !== null; part = TIME_PART.exec(text)) {
    const unitName = (part[2] ?? "").replace("μ", "µ");
    const unit = TIME_UNITS.find((candidate) => candidate.name === unitName);
    if (unit === undefined) return wrongUnit(unitName, TIME_UNITS, "a duration");
    sum += Number(part[1]) * unit.factor;
    end = TIME_PART.lastIndex;
  }
  if (end === 0 || end !== text.length) return notQuantity("a duration", "5s or 250ms", value);
  if (value.trim().startsWith("-"))
    return bad("out-of-range", `a duration can't be negative: ${shown(value)}`, POSITIVE);
  const us = Math.round(sum);
  if (us > Number.MAX_SAFE_INTEGER)
    return bad("out-of-range", `${shown(value)} is too long (at most 285 years)`, "write a shorter one");
  if (us === 0 && sum > 0)
    return bad(
      "out-of-range",
      `${shown(value)} is less than 1us, the smallest step of time`,
      "write 0s or at least 1us",
    );
  return good(us);
}

const POSITIVE = "leave out the minus sign";

function readRate(value: unknown): Outcome<number> {
  const plain = numberOf(value);
  if (plain !== null) return bad("missing-unit", `a number without unit: write ${plain}/s or ${plain}/min`);
  if (typeof value !== "string") return notQuantity("a rate", "40/s or 2400/min", value);
  const [count = "", per, more] = value.split("/").map((part) => part.trim());
  if (per === undefined || more !== undefined || !NUMBER.test(count)) {
    return notQuantity("a rate", "40/s or 2400/min", value);
  }
  const unit = RATE_UNITS.find((candidate) => candidate.name === per);
  if (unit === undefined) return wrongUnit(per, RATE_UNITS, "the time of a rate");
  const perSec = Number(count) / unit.factor;
  if (perSec < 0) return bad("out-of-range", `a rate can't be negative: ${shown(value)}`, POSITIVE);
  if (!Number.isFinite(perSec)) return bad("out-of-range", `${shown(value)} is too large`, "write a lower rate");
  return good(perSec);
}

function readSize(value: unknown): Outcome<number> {
  const plain = numberOf(value);
  if (plain === 0) return good(0);
  if (plain !== null) return bad("missing-unit", `a number without unit: write ${plain}B or ${plain}KiB`);
  const parts = typeof value === "string" ? /^([+-]?[\d.]+)\s*([a-zA-Z]+)$/.exec(value.trim()) : null;
  if (parts === null || !NUMBER.test(parts[1] ?? "")) return notQuantity("a size", "64KiB or 10kB", value);
  const unit = SIZE_UNITS.find((candidate) => candidate.name === parts[2]);
  if (unit === undefined) return wrongUnit(parts[2] ?? "", SIZE_UNITS, "a size");
  const bytes = Math.round(Number(parts[1]) * unit.factor);
  if (bytes < 0) return bad("out-of-range", `a size can't be negative: ${shown(value)}`, POSITIVE);
  if (bytes > Number.MAX_SAFE_INTEGER)
    return bad("out-of-range", `${shown(value)} is too large (at most 8 PiB)`, "write fewer bytes");
  return good(bytes);
}

function readRatio(value: unknown): Outcome<number> {
  let share = numberOf(value);
  if (share === null && typeof value === "string" && value.trim().endsWith("%")) {
    const percent = numberOf(value.trim().slice(0, -1).trim());
    share = percent === null ? null : percent / 100;
  }
  if (share === null) return notQuantity("a share", "15% or 0.15", value);
  if (share < 0) return bad("out-of-range", `a share can't be negative: ${shown(value)}`, POSITIVE);
  if (share <= 1) return good(share);
  const meant = typeof value === "number" && value <= 100 ? `write ${value}% for ${value} in a hundred` : null;
  return bad("out-of-range", `a share is at most 100%: ${shown(value)}`, meant);
}

function readPlainNumber(value: unknown): Outcome<number> {
  const number = numberOf(value);
  if (number === null) return notQuantity("a number", "3", value);
  if (number < 0) return bad("out-of-range", `must not be negative: ${shown(value)}`, POSITIVE);
  if (number > MAX_NUMBER) return bad("out-of-range", `must be at most ${MAX_NUMBER}: ${shown(value)}`);
  return good(number);
}

/** A finite number written as one, in YAML or in quotes; null for anything else. */
function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || !NUMBER.test(value.trim())) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function notQuantity(what: string, example: string, value: unknown): Outcome<never> {
  return bad("wrong-type", `expected ${what} such as ${example}, found ${shown(value)}`);
}

function wrongUnit(unit: string, units: readonly Unit[], what: string): Outcome<never> {
  const names = units.map((candidate) => candidate.name).filter((name) => name !== "µs");
  const exact = names.find((name) => name.toLowerCase() === unit.toLowerCase());
  const hint = exact === undefined ? `units: ${names.join(", ")}` : `did you mean "${exact}"?`;
  return bad("wrong-unit", `"${unit}" is not a unit of ${what}`, hint);
}

function writeDuration(us: number): string {
  if (us === Number.POSITIVE_INFINITY) return "never";
  return writeWhole(us, TIME_UNITS, "us");
}

function writeSize(bytes: number): string {
  return writeWhole(bytes, SIZE_UNITS, "B");
}

function writeWhole(value: number, units: readonly Unit[], smallest: string): string {
  if (value === 0) return `0${smallest}`;
  const unit = units.find((candidate) => Number.isInteger(value / candidate.factor));
  // 90s reads better than 1.5m and 36h better than 1.5d, so only whole counts of a unit are used.
  return unit === undefined ? `${value}${smallest}` : `${value / unit.factor}${unit.name}`;
}

function writeRate(perSec: number): string {
  return `${perSec}/s`;
}

/** At most nine decimals, so that 0.07 × 100 prints as 7. */
function trimmed(value: number): string {
  return String(Math.round(value * 1e9) / 1e9);
}
