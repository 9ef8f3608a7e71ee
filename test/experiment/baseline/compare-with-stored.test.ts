import { describe, expect, it } from "vitest";
import { compareWithStored, whyNotComparable } from "../../../src/experiment/baseline/compare-with-stored.ts";
import type { Estimate, RunResult } from "../../../src/experiment/result.ts";
import { fixtureResult } from "../../report/fixture.ts";

const APACHE = (revision: number) => [{ name: "apache", behaviourRevision: revision }];

/** The result with other values of one metric in its first variant. */
function withValues(result: RunResult, metric: string, values: readonly number[]): RunResult {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const estimate: Estimate = { mean, halfWidth: 1, values };
  const variants = result.variants.map((variant, i) =>
    i === 0 ? { ...variant, metrics: { ...variant.metrics, [metric]: estimate } } : variant,
  );
  return { ...result, variants, replications: values.length };
}

const base = fixtureResult({ variants: 1 });
const names = base.variants.map(({ name }) => name);
const before = withValues(base, "response_p99", [100, 200, 300]);

describe("compareWithStored", () => {
  it("finds nothing in the same numbers", () => {
    expect(compareWithStored(before, before, "base.json", 0).moves).toEqual([]);
  });

  it("pairs by replication: a small steady difference is shown although the values spread far more", () => {
    // Differences 10, 11, 9: mean 10, s = 1, half-width 4.303 · 1 / √3 = 2.484.
    const now = withValues(base, "response_p99", [110, 211, 309]);
    const [move] = compareWithStored(now, before, "base.json", 0).moves;
    expect(move).toMatchObject({ metric: "response_p99", before: 200, now: 210, verdict: "worse", isRegression: true });
    expect(move?.difference).toBeCloseTo(10, 9);
    expect(move?.halfWidth).toBeCloseTo(2.484, 3);
  });

  it("a regression is worse by more than the tolerance with all of its interval", () => {
    const now = withValues(base, "response_p99", [110, 211, 309]);
    // The interval begins at 7.516, which is 3.758 % of 200.
    expect(compareWithStored(now, before, "base.json", 0.0375).moves[0]?.isRegression).toBe(true);
    expect(compareWithStored(now, before, "base.json", 0.0376).moves[0]?.isRegression).toBe(false);
  });

  it("better is no regression", () => {
    const now = withValues(base, "response_p99", [90, 189, 291]);
    expect(compareWithStored(now, before, "base.json", 0).moves[0]).toMatchObject({
      verdict: "better",
      isRegression: false,
    });
  });

  it("tells variants that only one of the two has, and another scenario", () => {
    const [only] = base.variants;
    if (only === undefined) throw new Error("the fixture has a variant");
    const other = { ...before, variants: [{ ...only, name: "new" }], scenario: { ...base.scenario, hash: "other" } };
    expect(compareWithStored(other, before, "base.json", 0)).toMatchObject({
      moves: [],
      onlyBefore: [only.name],
      onlyNow: ["new"],
      isSameScenario: false,
    });
  });
});

describe("whyNotComparable", () => {
  const revision = base.variants[0]?.proxy.behaviourRevision ?? 0;
  const family = base.variants[0]?.proxy.family ?? "";

  it("is null for the same behaviour revision, and says which revisions differ", () => {
    expect(whyNotComparable(before, names, [{ name: family, behaviourRevision: revision }])).toBeNull();
    expect(whyNotComparable(before, names, [{ name: family, behaviourRevision: revision + 1 }])).toContain(
      `this lbsim has revision ${revision + 1}`,
    );
    expect(
      whyNotComparable(
        before,
        names,
        APACHE(99).filter(({ name }) => name !== family),
      ),
    ).toBeNull();
  });

  it("refuses a result with no variant that is run now", () => {
    expect(whyNotComparable(before, ["another"], [])).toContain("is run here (another)");
    expect(whyNotComparable(before, ["another", ...names], [])).toBeNull();
  });

  it("refuses what has no interval or was interrupted", () => {
    expect(whyNotComparable({ ...before, replications: 1 }, names, [])).toContain("no interval");
    expect(whyNotComparable({ ...before, interrupted: true }, names, [])).toContain("interrupted");
  });
});
