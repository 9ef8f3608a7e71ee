import { bad, good, type Outcome, shown } from "../problems/finding.ts";
import { custom, type KeyInfo } from "./keys.ts";

/** A number of waiting places, or `unlimited` (Infinity). */
export function queueLength(info: KeyInfo) {
  const read = (value: unknown): Outcome<number> => {
    if (value === "unlimited") return good(Number.POSITIVE_INFINITY);
    if (typeof value === "number" && Number.isInteger(value) && value >= 0) return good(value);
    const isNegative = typeof value === "number" && value < 0;
    if (isNegative) return bad("out-of-range", `must be at least 0: ${shown(value)}`, "write 0, or unlimited");
    return bad("wrong-type", `expected a whole number or unlimited, found ${shown(value)}`);
  };
  return custom(info, "whole number or `unlimited`", read, () => ({
    anyOf: [{ type: "integer", minimum: 0 }, { const: "unlimited" }],
  }));
}
