import { describe, expect, it } from "vitest";
import { CombineError, combineResults } from "../../src/experiment/combine-results.ts";
import { fixtureResult } from "../report/fixture.ts";

describe("several results as one", () => {
  const result = fixtureResult({ variants: 2 });

  it("name each variant after its result and compare all with the first one's baseline", () => {
    const both = combineResults([
      { name: "last", result },
      { name: "today", result },
    ]);
    expect(both.variants.map(({ name }) => name)).toEqual(
      ["last", "today"].flatMap((name) => result.variants.map((variant) => `${name} · ${variant.name}`)),
    );
    expect(both.baseline).toBe(`last · ${result.baseline}`);
    // The same numbers twice: today's baseline differs from last's by exactly nothing in every metric.
    const same = both.comparisons.filter(({ variant }) => variant === `today · ${result.baseline}`);
    expect(same.map(({ metric }) => metric)).toEqual(result.metrics.map(({ id }) => id));
    expect(same.every(({ difference }) => difference === 0 || difference === null)).toBe(true);
  });

  it("are not paired when seeds differ, and say so", () => {
    const other = { ...result, seed: result.seed + 1 };
    const both = combineResults([
      { name: "a", result },
      { name: "b", result: other },
    ]);
    expect(both.comparisons).toEqual([]);
    expect(both.warnings[0]).toMatch(/different scenarios or seeds/);
  });

  it("are refused when no chart could show both", () => {
    const longer = { ...result, timing: { ...result.timing, durationUs: 2 * result.timing.durationUs } };
    const elsewhere = { ...result, backends: ["other", ...result.backends.slice(1)] };
    for (const other of [longer, elsewhere])
      expect(() =>
        combineResults([
          { name: "a", result },
          { name: "b", result: other },
        ]),
      ).toThrow(CombineError);
  });

  it("are the one result when there is only one", () => {
    expect(combineResults([{ name: "a", result }])).toBe(result);
  });
});
