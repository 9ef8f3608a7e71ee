/** C's `atoi`: leading blanks, a sign, digits; what follows is cut off and no digits mean 0. */
export function atoi(text: string): number {
  const match = /^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text);
  if (match === null) return 0;
  const value = Number(match[1]);
  return Math.max(-2147483648, Math.min(2147483647, value));
}

/** C's `atof` as far as decimal numbers go: what follows the number is cut off, no number means 0. */
export function atof(text: string): number {
  const match = /^[ \t\n\v\f\r]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/.exec(text);
  return match === null ? 0 : Number(match[1]);
}

const UNIT_US = new Map([
  ["ms", 1000],
  ["s", 1_000_000],
  ["mi", 60_000_000],
  ["h", 3_600_000_000],
]);

/**
 * httpd's `ap_timeout_parameter_parse`: a whole number and s, ms, mi or h (only the first letters are looked at, lower
 * case only). Microseconds, or null for "has wrong format". Checked against `apache2 -t` 2.4.71.
 */
export function timeoutParameter(text: string, defaultUnit: "s" | "ms"): number | null {
  const match = /^[ \t]*([+-]?\d*)(.*)$/s.exec(text);
  const value = Number(match?.[1] === "" || match?.[1] === "-" || match?.[1] === "+" ? 0 : match?.[1]);
  const rest = match?.[2] ?? "";
  if (value < 0) return null;
  const unit = rest === "" ? defaultUnit : /^(?:s|h|ms|mi)/.exec(rest)?.[0];
  const factor = unit === undefined ? undefined : UNIT_US.get(unit);
  if (factor === undefined) return null;
  return value * factor;
}

/** True for a number followed by something that httpd's whole-number parsing throws away, such as "500ms". */
export function hasCutSuffix(text: string): boolean {
  return !/^[+-]?\d+$/.test(text);
}
