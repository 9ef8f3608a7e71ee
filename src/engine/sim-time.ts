/**
 * A point or span of simulated time: a whole number of microseconds held in a JavaScript number.
 *
 * Whole numbers make equal times exactly equal, sums exact and printing byte-stable; 2^53 µs are 285 years.
 */
export type SimTime = number;

export const MILLISECOND_US = 1_000;
export const SECOND_US = 1_000_000;

/** The span in seconds with three decimals, cut and not rounded, so that nothing is shown before it happened: "12.480 s". */
export function formatUs(us: SimTime): string {
  const milliseconds = Math.floor(Math.abs(us) / MILLISECOND_US);
  const seconds = Math.floor(milliseconds / 1000);
  const fraction = String(milliseconds - seconds * 1000).padStart(3, "0");
  const sign = us < 0 && milliseconds > 0 ? "-" : "";
  return `${sign}${seconds}.${fraction} s`;
}
