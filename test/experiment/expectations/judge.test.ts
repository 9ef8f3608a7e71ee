import { describe, expect, it } from "vitest";
import { type Evidence, type IndependentUnits, judge } from "../../../src/experiment/expectations/judge.ts";

const values = (...list: readonly (number | null)[]): Evidence => ({
  values: list,
  halfWidth: null,
  isEvery: false,
  chance: null,
});

describe("judge", () => {
  // Mean 10, s = 1, n = 3: half-width 4.303 · 1 / √3 = 2.484, interval 7.516 … 12.484.
  const spread = values(9, 10, 11);

  it.each([
    ["<", 12.49, "pass"],
    ["<", 12.4, "inconclusive"],
    ["<", 7.5, "fail"],
    [">", 7.5, "pass"],
    [">", 7.6, "inconclusive"],
    [">=", 12.5, "fail"],
  ] as const)("by interval: %s %d is %s", (operator, bound, verdict) => {
    expect(judge(spread, operator, bound, 0.95)).toMatchObject({ verdict, basis: "interval", value: 10 });
  });

  it("a share off by no more than the bound with all of its interval is within it", () => {
    const off = values(0.009, 0.01, 0.011);
    expect(judge(off, "within", 0.02, 0.95).verdict).toBe("pass");
    expect(judge(off, "within", 0.01, 0.95).verdict).toBe("inconclusive");
    expect(judge(off, "within", 0.007, 0.95).verdict).toBe("fail");
    expect(judge(values(-0.009, -0.01, -0.011), "within", 0.007, 0.95).verdict).toBe("fail");
  });

  it("no samples are no pass, whatever the bound", () => {
    expect(judge(values(null, null), "<", Number.MAX_VALUE, 0.95)).toMatchObject({
      verdict: "inconclusive",
      basis: "no samples",
      value: null,
    });
    expect(judge({ ...values(null), isEvery: true }, "==", 0, 0.95).verdict).toBe("inconclusive");
  });

  it("one replication has no interval, unless batch means gave one", () => {
    expect(judge(values(5), "<", 6, 0.95)).toMatchObject({ verdict: "inconclusive", basis: "one replication" });
    expect(judge({ ...values(5), halfWidth: 0.5 }, "<", 6, 0.95)).toMatchObject({ verdict: "pass", basis: "interval" });
  });

  it("counts must hold in every replication; those that break them are named", () => {
    const counts = { ...values(0, 0, 3, null, 1), isEvery: true };
    expect(judge(counts, "==", 0, 0.95)).toMatchObject({ verdict: "fail", broken: [2, 4], samples: 4 });
    expect(judge(counts, "<=", 3, 0.95)).toMatchObject({ verdict: "pass", broken: [] });
  });

  const sessions = (count: number): IndependentUnits => ({
    flawless: 1,
    count,
    unit: "session",
    isFaultShared: false,
  });

  it("a share without a failure among n units is judged by the bound 1 − 0.05^(1/n)", () => {
    const perfect = (units: number): Evidence => ({ ...values(1, 1), chance: sessions(units) });
    // n = 3000: at most 0.0998 %, so at least 99.9002 %. n = 2900: at most 0.1033 %.
    expect(judge(perfect(3000), ">=", 0.999, 0.95)).toMatchObject({
      verdict: "pass",
      basis: "no failures",
      units: 3000,
      unitOfChance: "session",
      replicationsBelow: null,
    });
    expect(judge(perfect(2900), ">=", 0.999, 0.95).verdict).toBe("inconclusive");
    expect(judge(perfect(3000), ">=", 0.999, 0.95).rateBelow).toBeCloseTo(0.000998, 6);
  });

  it("what replications alone show stands beside the bound where their sessions share a fault", () => {
    const chance: IndependentUnits = { ...sessions(3000), isFaultShared: true };
    const judgement = judge({ ...values(1, 1), chance }, ">=", 0.999, 0.95);
    // Two replications: 1 − √0.05 = 0.7764.
    expect(judgement.verdict).toBe("pass");
    expect(judgement.replicationsBelow).toBeCloseTo(0.7764, 4);
  });

  it("where replications are the units a few of them show little", () => {
    const chance: IndependentUnits = { flawless: 1, count: 10, unit: "replication", isFaultShared: false };
    // Ten: at most 1 − 0.05^0.1 = 25.9 %.
    const judgement = judge({ ...values(1, 1, 1, 1, 1, 1, 1, 1, 1, 1), chance }, ">=", 0.999, 0.95);
    expect(judgement).toMatchObject({ verdict: "inconclusive", basis: "no failures", unitOfChance: "replication" });
    expect(judgement.rateBelow).toBeCloseTo(0.2589, 4);
  });

  it("nothing but failures bounds the rate of successes in the same way", () => {
    const failing: Evidence = { ...values(0, 0), chance: sessions(100) };
    // 1 − 0.05^0.01 = 2.95 %.
    expect(judge(failing, "<", 0.03, 0.95)).toMatchObject({ verdict: "pass", basis: "only failures" });
    expect(judge(failing, "<", 0.029, 0.95).verdict).toBe("inconclusive");
    // One state lost in each replication is not every state.
    const lost: Evidence = { ...values(1, 1), chance: { ...sessions(100), flawless: 0 } };
    expect(judge(lost, "<", 2, 0.95).basis).toBe("interval");
  });

  it("one failure makes an interval of its own", () => {
    const evidence: Evidence = { ...values(1, 0.9), chance: sessions(5000) };
    expect(judge(evidence, ">=", 0.999, 0.95)).toMatchObject({ basis: "interval", rateBelow: null });
  });
});
