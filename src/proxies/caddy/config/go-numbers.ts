/** Words as Go reads them: strconv.Atoi, time.ParseDuration (Go 1.19, caddy.ParseDuration 2.6.2 adds days). */

const UNITS_US: Readonly<Record<string, number>> = {
  ns: 0.001,
  us: 1,
  µs: 1,
  μs: 1,
  ms: 1000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};

/** The number, or what Go says about the word. */
export function parseInteger(text: string): number | string {
  if (!/^[+-]?\d+$/.test(text)) return `strconv.Atoi: parsing ${quote(text)}: invalid syntax`;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : `strconv.Atoi: parsing ${quote(text)}: value out of range`;
}

/** Microseconds, or what Go says about the word. */
export function parseDurationUs(text: string): number | string {
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  let rest = text.slice(sign.length);
  if (rest === "0") return 0;
  if (rest === "") return `time: invalid duration ${quote(text)}`;
  let total = 0;
  while (rest !== "") {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) return `time: invalid duration ${quote(text)}`;
    rest = rest.slice(number.length);
    const unit = /^[^\d.]*/.exec(rest)?.[0] ?? "";
    if (unit === "") return `time: missing unit in duration ${quote(text)}`;
    const unitUs = Object.hasOwn(UNITS_US, unit) ? UNITS_US[unit] : undefined;
    if (unitUs === undefined) return `time: unknown unit ${quote(unit)} in duration ${quote(text)}`;
    rest = rest.slice(unit.length);
    total += Number(number) * unitUs;
  }
  return Math.round(sign === "-" ? -total : total);
}

/** A word in quotation marks as Go's %q. */
export function quote(text: string): string {
  return `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"')}"`;
}
