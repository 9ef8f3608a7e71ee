/** What becomes of a sample before the world uses it: whole units, never negative. */

/** A time in whole µs. */
export function timeOf(sampleUs: number): number {
  return sampleUs > 0 ? Math.round(sampleUs) : 0;
}

/** A size in whole bytes. */
export function sizeOf(sampleBytes: number): number {
  return sampleBytes > 0 ? Math.round(sampleBytes) : 0;
}
