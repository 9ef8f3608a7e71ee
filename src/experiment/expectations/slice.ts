import type { Expectation, ExpectationWindow } from "../../config/expectations/expectation.ts";

/** A part of the requests that an expectation speaks of: those of a class, of a window, or both. */
export interface Slice {
  readonly requestClass: string | null;
  readonly window: ExpectationWindow | null;
}

/** The parts that have to be measured apart, each once, in the order of the expectations. */
export function slicesOf(expectations: readonly Expectation[]): readonly Slice[] {
  const slices: Slice[] = [];
  for (const { requestClass, window } of expectations) {
    const slice = { requestClass, window };
    if (sliceIndex(slices, slice) < 0 && (requestClass !== null || window !== null)) slices.push(slice);
  }
  return slices;
}

/** Which of the slices it is; −1 = none of them. */
export function sliceIndex(slices: readonly Slice[], { requestClass, window }: Slice): number {
  const key = JSON.stringify([requestClass, window]);
  return slices.findIndex((slice) => JSON.stringify([slice.requestClass, slice.window]) === key);
}

/** Metrics that are also measured per request class. */
export const PER_CLASS: readonly string[] = [
  "throughput",
  "availability",
  "availability_attempts",
  "response_mean",
  "response_p50",
  "response_p95",
  "response_p99",
];

/** Metrics that are also measured per window. */
export const PER_WINDOW: readonly string[] = [
  ...PER_CLASS,
  "sessions_lost",
  "sessions_lost_share",
  "sessions_interrupted",
  "sessions_doomed",
  "failovers",
  "retries",
];
