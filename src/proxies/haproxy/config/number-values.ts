/** As C's atoi and atol: leading blanks, sign and digits; no digits read as 0. */
export function leadingInteger(text: string): number {
  return Math.trunc(Number(/^\s*([+-]?\d+)/.exec(text)?.[1] ?? "0"));
}

const UNIT_US: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};
const LARGEST = 0x7fff_ffff;

/** A time that was read, in µs, or why not. */
export type TimeValue =
  | { readonly kind: "time"; readonly us: number; readonly trailing: string }
  | { readonly kind: "over" | "under" }
  | { readonly kind: "character"; readonly character: string };

/**
 * Reads a time: a bare number counts in `unit`; the result is a whole number of that unit, rounded up, and must fit 31
 * bits of it. `trailing` = a character behind a unit, which 2.6 only warns about. Source: src/tools.c, parse_time_err.
 */
export function readTime(text: string, unit: "ms" | "s"): TimeValue {
  const [all, digits = "", word = ""] = /^(\d+)(us|ms|[smhd])?/.exec(text) ?? [];
  if (all === undefined) return { kind: "character", character: text[0] ?? "" };
  const rest = text.slice(all.length);
  if (word === "" && rest !== "") return { kind: "character", character: rest[0] ?? "" };
  const unitUs = UNIT_US[unit] ?? 1;
  const result = Math.ceil((Number(digits) * (UNIT_US[word === "" ? unit : word] ?? 1)) / unitUs);
  if (result > LARGEST) return { kind: "over" };
  return { kind: "time", us: result * unitUs, trailing: rest === "" ? "" : (rest[0] ?? "") };
}

/** Reads a size with k, m or g; a character that does not fit is named. Source: src/tools.c, parse_size_err. */
export function readSize(text: string): { readonly size: number } | { readonly character: string } {
  const [all, digits = "", unit = ""] = /^(\d+)([kKmMgG]?)/.exec(text) ?? [];
  if (all === undefined) return { character: text[0] ?? "" };
  const factor = { k: 1024, m: 1024 * 1024, g: 1024 * 1024 * 1024 }[unit.toLowerCase()] ?? 1;
  const rest = text.slice(all.length);
  if (rest !== "") return { character: rest[0] ?? "" };
  const size = Number(digits) * factor;
  return size > 0xffff_ffff ? { character: digits[0] ?? "" } : { size };
}

/** What HAProxy warns about when characters follow a unit. */
export function trailingWarning(text: string, character: string): string {
  return `unexpected character '${character}' after the timer value '${text}', only (us=microseconds,ms=milliseconds,s=seconds,m=minutes,h=hours,d=days) are supported. This will be reported as an error in next versions.`;
}
