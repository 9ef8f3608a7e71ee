import { expect, it } from "vitest";
import { detectionDelays } from "../../src/experiment/detection-delays.ts";

/** States in turn, each until the time behind it. */
const states = (...spans: readonly (readonly [string, number])[]) =>
  spans.map(([state, toUs], i) => ({ state, fromUs: spans[i - 1]?.[1] ?? 0, toUs }));

it("a fault is detected at the first change after its start, its end at the return of the state from before", () => {
  const seen = states(["Ok", 65], ["Err", 187], ["Ok", 300]);
  expect(detectionDelays(seen, 60, 180)).toEqual({ detectedUs: 5, recoveredUs: 7 });
});

it("a change in the microsecond in which the fault begins is its detection", () => {
  const seen = states(["healthy", 60], ["unhealthy", 70], ["healthy", 71], ["unhealthy", 186], ["healthy", 300]);
  expect(detectionDelays(seen, 60, 180)).toEqual({ detectedUs: 0, recoveredUs: 6 });
});

it("a member that was tried again just before the end of the fault is back at once", () => {
  const seen = states(["Ok", 61], ["Err", 179], ["Ok", 300]);
  expect(detectionDelays(seen, 60, 180)).toEqual({ detectedUs: 1, recoveredUs: 0 });
});

it("a fault from the first moment on is measured from there", () => {
  expect(detectionDelays(states(["Ok", 3], ["Err", 300]), 0, 100)).toEqual({ detectedUs: 3, recoveredUs: null });
});

it("a fault that changed no state was not detected, and its end neither", () => {
  expect(detectionDelays(states(["Ok", 300]), 60, 180)).toEqual({ detectedUs: null, recoveredUs: null });
});
