import { describe, expect, it } from "vitest";
import type { ExpectationResult } from "../../src/experiment/expectations/expectation-result.ts";
import { expectationReason } from "../../src/report/expectation-words.ts";

const FLAWLESS: ExpectationResult = {
  text: "availability >= 99.9%",
  variant: "byrequests",
  verdict: "pass",
  basis: "no failures",
  unit: "ratio",
  value: 1,
  halfWidth: 0,
  bound: 0.999,
  replications: 10,
  samples: 10,
  broken: [],
  rateBelow: 0.000749,
  units: 4000,
  unitOfChance: "session",
  replicationsBelow: null,
  file: "shop.yaml",
  line: 12,
};

describe("the reason of a verdict where nothing failed", () => {
  it("says which unit it counts", () => {
    expect(expectationReason(FLAWLESS)).toBe(
      "no failure in 4000 independent sessions: the rate is at most 0.0749 % (3/n)",
    );
    expect(expectationReason({ ...FLAWLESS, unitOfChance: "request" })).toContain("4000 independent requests:");
    expect(expectationReason({ ...FLAWLESS, units: 1, rateBelow: 0.95 })).toContain("1 independent session:");
  });

  it("tells what replications alone show where sessions share a fault", () => {
    expect(expectationReason({ ...FLAWLESS, replicationsBelow: 0.2589 })).toBe(
      "no failure in 4000 sessions taken as independent: the rate is at most 0.0749 % (3/n); by 10 replications alone at most 25.9 %",
    );
  });

  it("tells why only replications count where faults are drawn, and what to do", () => {
    const drawn = {
      ...FLAWLESS,
      verdict: "inconclusive",
      unitOfChance: "replication",
      units: 10,
      rateBelow: 0.2589,
    } as const;
    expect(expectationReason(drawn)).toBe(
      "no failure in 10 independent replications (a drawn fault strikes all sessions of one): the rate is at most 25.9 % (3/n); more replications narrow it",
    );
  });

  it("proposes == where an interval would have to show that something never happens", () => {
    const never = { ...FLAWLESS, verdict: "inconclusive", text: "availability >= 100%", bound: 1 } as const;
    expect(expectationReason(never)).toContain(
      '; no number of replications shows "never", == judges each of them instead',
    );
  });

  it("bounds the good answers where everything failed", () => {
    expect(expectationReason({ ...FLAWLESS, basis: "only failures", value: 0 })).toBe(
      "nothing but failures in 4000 independent sessions: the rate of good answers is at most 0.0749 % (3/n)",
    );
  });

  it("still reads results that do not name the unit", () => {
    const { unitOfChance: _, replicationsBelow: __, ...old } = FLAWLESS;
    expect(expectationReason(old)).toContain("4000 independent sessions:");
  });
});
