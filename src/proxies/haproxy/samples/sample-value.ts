/** The value of a sample: text (addresses too), number or truth; null = there is none. */
export type SampleValue = string | number | boolean | null;

/** As text, the way samples are cast for strings (src/sample.c, 2.6.12). */
export function sampleText(value: SampleValue): string {
  if (value === null) return "";
  return typeof value === "boolean" ? (value ? "1" : "0") : String(value);
}

/** As a number; a text that does not begin with one has none. */
export function sampleNumber(value: SampleValue): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const digits = value === null ? null : /^[+-]?\d+/.exec(value);
  return digits === null ? null : Number(digits[0]);
}
