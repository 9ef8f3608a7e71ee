import { decimalsOf } from "./decimals-of.ts";

/** `10/s..100/s step 10/s`, read. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
  /** What stands behind each number: "/s", "ms", "" for a bare one. */
  readonly unit: string;
  /** Decimals with which values are written; a range between bare whole numbers has whole values only. */
  readonly decimals: number;
  readonly spacing:
    | { readonly kind: "step"; readonly step: number }
    | { readonly kind: "log"; readonly points: number }
    | { readonly kind: "none" };
}

/** What is wrong with a text, and the part of it that is meant. */
export interface TextFault {
  readonly message: string;
  readonly hint: string;
}

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const UNIT = String.raw`[^\s.\d]*`;
const RANGE = new RegExp(`^(${NUMBER})(${UNIT})\\s*\\.\\.\\s*(${NUMBER})(${UNIT})\\s*(.*)$`);
const STEP = new RegExp(`^step\\s+(${NUMBER})(${UNIT})$`);
const LOG = /^log(?:\s+(\d+))?$/;
/** Values of a `log` range when nobody says how many. */
const LOG_POINTS = 5;
const MOST_VALUES = 1_000;
/** Digits of values that are worked out, when the ends of the range don't show more. */
const EXTRA_DECIMALS = 2;

/** Reads a range; null when the text is none. */
export function readRange(text: string): NumberRange | TextFault | null {
  const match = RANGE.exec(text.trim());
  if (match === null) return null;
  const [, fromText = "", fromUnit = "", toText = "", toUnit = "", rest = ""] = match;
  const [from, to] = [Number(fromText), Number(toText)];
  const unit = toUnit === "" ? fromUnit : toUnit;
  if (fromUnit !== "" && fromUnit !== unit)
    return { message: `"${fromUnit}" and "${unit}": two units`, hint: `write both ends in ${unit}` };
  if (from >= to) return { message: `${from} is not below ${to}`, hint: "the smaller end stands first" };
  const written = Math.max(decimalsOf(fromText), decimalsOf(toText));
  const free = { from, to, unit, decimals: unit === "" && written === 0 ? 0 : written + EXTRA_DECIMALS };
  if (rest === "") return { ...free, spacing: { kind: "none" } };
  const log = LOG.exec(rest);
  if (log !== null) {
    const points = Number(log[1] ?? LOG_POINTS);
    if (points < 2 || points > MOST_VALUES)
      return { message: `log ${points}: expected 2 to ${MOST_VALUES} values`, hint: `e.g. log ${LOG_POINTS}` };
    if (from === 0) return { message: "a log range from 0", hint: "nothing is a multiple of 0: begin above it" };
    return { ...free, spacing: { kind: "log", points } };
  }
  const [, stepText, stepUnit = ""] = STEP.exec(rest) ?? [];
  if (stepText === undefined)
    return { message: `"${rest}" behind a range`, hint: "write step SIZE or log COUNT, e.g. 10..100 step 10" };
  const step = Number(stepText);
  if (stepUnit !== "" && stepUnit !== unit)
    return { message: `a step in "${stepUnit}" through a range in "${unit}"`, hint: `write step ${step}${unit}` };
  if (step === 0) return { message: "a step of 0 leads nowhere", hint: "write a step above 0" };
  if ((to - from) / step > MOST_VALUES)
    return {
      message: `a step of ${stepText}${unit} makes more than ${MOST_VALUES} values`,
      hint: `write a larger one, or log ${LOG_POINTS} for ${LOG_POINTS} values in equal ratios`,
    };
  return { ...free, decimals: Math.max(written, decimalsOf(stepText)), spacing: { kind: "step", step } };
}
