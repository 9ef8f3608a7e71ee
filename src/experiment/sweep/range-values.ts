import { exp, ln } from "../../engine/random/exact-math.ts";
import type { NumberRange } from "./number-range.ts";

/** Keeps 0.1 + 0.2 steps from falling short of the end. */
const ROUNDING = 1e-9;

/** The values of a range with a step or in equal ratios, as they are written in a scenario. */
export function rangeValues(range: NumberRange): readonly string[] {
  const { from, to, spacing } = range;
  if (spacing.kind === "none") return [];
  if (spacing.kind === "step") {
    const count = Math.floor((to - from) / spacing.step + ROUNDING) + 1;
    return Array.from({ length: count }, (_, k) => writeValue(range, from + k * spacing.step));
  }
  const last = spacing.points - 1;
  const values = Array.from({ length: spacing.points }, (_, k) => valueAt(range, k / last));
  return values.filter((value, k) => values.indexOf(value) === k);
}

/** The value at a share 0..1 of the way through a range: of the distance, or of the ratio for a `log` range. */
export function valueAt(range: NumberRange, share: number): string {
  const { from, to, spacing } = range;
  if (share >= 1) return writeValue(range, to);
  return writeValue(range, spacing.kind === "log" ? from * exp(share * ln(to / from)) : from + share * (to - from));
}

/** A number of the range as it is written in a scenario: "12.5/s". */
export function writeValue({ decimals, unit }: NumberRange, value: number): string {
  return `${Number(value.toFixed(decimals))}${unit}`;
}
