import { equalsAt } from "../../config/overrides.ts";
import { problem } from "../../config/problem.ts";
import type { Problem } from "../../contract/problem.ts";
import type { PreparedExperiment } from "../prepare.ts";
import { type AxisTarget, findTarget } from "./axis-target.ts";
import { type NumberRange, readRange } from "./number-range.ts";
import { rangeValues } from "./range-values.ts";
import { splitList } from "./split-list.ts";

/** One thing that is varied, and its values. */
export interface SweepAxis {
  /** As written: "load", "proxy.member(node1).retry". */
  readonly key: string;
  /** The whole option, and where its values begin in it, for messages. */
  readonly text: string;
  readonly valuesAt: number;
  readonly target: AxisTarget;
  /** As written in a scenario: "20/s". Empty for a range without spacing, which only a hypercube samples. */
  readonly values: readonly string[];
  readonly range: NumberRange | null;
}

const FORMS = "e.g. load=10/s..100/s step 10/s, proxy.lbmethod=byrequests,bybusyness or member(*).retry=1..60 log 4";

/** Reads `KEY=RANGE|LIST`; `option` is the name of the option it stands behind. Null with problems. */
export function readAxis(
  text: string,
  option: string,
  base: PreparedExperiment,
): { readonly axis: SweepAxis | null; readonly problems: readonly Problem[] } {
  const wrong = (message: string, hint: string, at: number, length: number) => ({
    axis: null,
    problems: [problem("bad-sweep", message, hint, { file: option, line: 1, column: at + 1, length })],
  });
  const equals = equalsAt(text);
  const key = text.slice(0, equals).trim();
  if (equals < 0 || key === "") return wrong(`"${text}" is not KEY=VALUES`, FORMS, 0, Math.max(1, text.length));
  const target = findTarget(key, base);
  if ("message" in target) return wrong(target.message, target.hint, 0, key.length);
  const rest = text.slice(equals + 1);
  const valuesAt = equals + 1 + (rest.length - rest.trimStart().length);
  const length = Math.max(1, rest.trim().length);
  const range = readRange(rest);
  if (range !== null && "message" in range) return wrong(range.message, range.hint, valuesAt, length);
  const values = range === null ? splitList(rest) : rangeValues(range);
  if (values.includes("")) return wrong("an empty value", FORMS, valuesAt, length);
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) return wrong(`the value ${twice} stands here twice`, "remove one of them", valuesAt, length);
  return { axis: { key, text, valuesAt, target, values, range }, problems: [] };
}

/** The number in a value, when all values of the axis are numbers with the same unit; else nulls. */
export function numbersOf(values: readonly string[]): {
  readonly numbers: readonly (number | null)[];
  readonly unit: string;
} {
  const parts = values.map((value) => /^([+-]?\d+(?:\.\d+)?)\s*([^\s\d]*)$/.exec(value));
  const unit = parts[0]?.[2] ?? "";
  if (!parts.every((part) => part !== null && part[2] === unit)) return { numbers: values.map(() => null), unit: "" };
  return { numbers: parts.map((part) => Number(part?.[1])), unit };
}
