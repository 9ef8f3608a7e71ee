/**
 * Numbers as people read them: three significant digits, a decimal point, never an exponent between 1e-6 and 1e15.
 * Nothing here asks for a locale, so two reports compare as text.
 */

const SIGNIFICANT_DIGITS = 3;
/** The half-width says how good the mean is; two digits of it are enough. */
const HALF_WIDTH_DIGITS = 2;
/** A mean gets at most this many decimals more than its own three significant digits ask for. */
const EXTRA_DECIMALS = 2;
const MAX_DECIMALS = 9;

/** What stands where a result has no sample. */
export const NO_SAMPLE = "–";

/** Decimals that show `value` with that many significant digits; 0 for zero. */
export function decimalsFor(value: number, significantDigits: number = SIGNIFICANT_DIGITS): number {
  if (value === 0) return 0;
  const text = value.toExponential(significantDigits - 1);
  const exponent = Number(text.slice(text.indexOf("e") + 1));
  return Math.min(MAX_DECIMALS, Math.max(0, significantDigits - 1 - exponent));
}

/** A number with a fixed number of decimals; a result that rounds to zero has no sign. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 && text.startsWith("-") ? text.slice(1) : text;
}

/** A number with three significant digits; whole numbers are never shortened. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) ? fixed(value, 0) : fixed(value, decimalsFor(value));
}

/** "41.2 ± 0.31": the mean with as many decimals as its half-width makes sensible. */
export function formatEstimate(mean: number | null, halfWidth: number | null): string {
  if (mean === null) return NO_SAMPLE;
  if (halfWidth === null) return formatNumber(mean);
  const [value, spread] = estimateParts(mean, halfWidth);
  return `${value} ± ${spread}`;
}

/** Mean and half-width with the same number of decimals. */
export function estimateParts(mean: number, halfWidth: number): readonly [string, string] {
  const own = Number.isInteger(mean) ? 0 : decimalsFor(mean);
  const wanted = Math.max(own, decimalsFor(halfWidth, HALF_WIDTH_DIGITS));
  const decimals = halfWidth === 0 ? own : Math.min(wanted, Math.max(own, 1) + EXTRA_DECIMALS);
  return [fixed(mean, decimals), fixed(halfWidth, decimals)];
}

/** "+3.1 ± 0.2", the sign always written: a difference. */
export function formatDifference(difference: number | null, halfWidth: number | null): string {
  const text = formatEstimate(difference, halfWidth);
  return difference !== null && difference > 0 ? `+${text}` : text.replace(/^-/, "−");
}

const US_PER_MS = 1_000;
const US_PER_S = 1_000_000;

/** A duration with the unit that suits it: "380 µs", "41.2 ms", "60.3 s"; whole numbers stay whole: "60 s". */
export function formatDuration(durationUs: number): string {
  const size = Math.abs(durationUs);
  if (size < US_PER_MS) return `${formatNumber(durationUs)} µs`;
  if (size < US_PER_S) return `${formatNumber(durationUs / US_PER_MS)} ms`;
  return `${formatNumber(durationUs / US_PER_S)} s`;
}

/** A mean of counts: three significant digits even where it happens to be whole, "60.0" beside "31.5". */
export function formatMean(value: number): string {
  return fixed(value, decimalsFor(value));
}

/** A share 0..1 in percent: "99.62 %". */
export function formatShare(share: number): string {
  return `${formatNumber(share * 100)} %`;
}
