import { expect, it } from "vitest";
import type { RunResult } from "../../src/experiment/result.ts";
import { nothingEnded } from "../../src/report/nothing-ended.ts";
import { fixtureResult } from "./fixture.ts";

const silent = fixtureResult({ variants: 2, silent: true });
const withLeft = (...means: readonly number[]): RunResult => ({
  ...silent,
  variants: silent.variants.map((variant, v) => ({
    ...variant,
    metrics: { ...variant.metrics, unresolved: { mean: means[v] ?? 0, halfWidth: 0, values: [] } },
  })),
});

it("is silent when requests ended", () => {
  expect(nothingEnded(fixtureResult())).toBe("");
});

it("tells requests that were not made from those that were not finished", () => {
  expect(nothingEnded(silent)).toBe("No request was made in the observed time.");
  expect(nothingEnded(withLeft(54.5, 54.5))).toMatch(/^No request ended: 54\.5 were still under way/);
  expect(nothingEnded(withLeft(58, 54.5))).toMatch(/^No request ended: 54\.5 to 58 were still under way/);
});
