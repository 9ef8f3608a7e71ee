import { describe, expect, it } from "vitest";
import { isCandidate } from "../../../src/proxies/apache/best-worker.ts";
import { enterError } from "../../../src/proxies/apache/error-state.ts";
import { Flag } from "../../../src/proxies/apache/worker-status.ts";
import { balancerOf, picks } from "./balancer-of.ts";
import { member } from "./build-config.ts";

describe("the walk over the members", () => {
  it("brings in as many spares as ordinary members are out, in configuration order", () => {
    const of = balancerOf([member("a"), member("b"), member("s1", { status: "R" }), member("s2", { status: "R" })]);
    expect(picks(of, 4)).toEqual([0, 1, 0, 1]);
    of.setFlags(0, 0, Flag.D, 0);
    expect(new Set(picks(of, 4))).toEqual(new Set([1, 2]));
    of.setFlags(0, 1, Flag.D, 0);
    expect(new Set(picks(of, 4))).toEqual(new Set([2, 3]));
  });

  it("counts a draining member as out for the spares, but not a draining spare", () => {
    const of = balancerOf([member("a"), member("b", { status: "N" }), member("s", { status: "R" })]);
    expect(new Set(picks(of, 4))).toEqual(new Set([0, 2]));
    const other = balancerOf([member("a"), member("s1", { status: "RN" }), member("s2", { status: "R" })]);
    expect(picks(other, 2)).toEqual([0, 0]);
  });

  it("uses standbys only when the set has nobody else, then all of them", () => {
    const of = balancerOf([member("a"), member("h1", { status: "H" }), member("h2", { status: "H" })]);
    expect(picks(of, 2)).toEqual([0, 0]);
    of.setFlags(0, 0, Flag.D, 0);
    expect(picks(of, 4)).toEqual([1, 2, 1, 2]);
  });

  it("takes a spare before a standby and treats a member that is both as a spare", () => {
    const of = balancerOf([member("a", { status: "D" }), member("s", { status: "R" }), member("h", { status: "H" })]);
    expect(picks(of, 2)).toEqual([1, 1]);
    const both = balancerOf([member("a"), member("hr", { status: "HR" })]);
    both.setFlags(0, 0, Flag.D, 0);
    expect(picks(both, 1)).toEqual([1]);
  });

  it("looks at a higher lbset only when the lower has nobody, standby of the lower first, over gaps", () => {
    const of = balancerOf([member("a"), member("h", { status: "H" }), member("far", { lbset: 7 })]);
    of.setFlags(0, 0, Flag.D, 0);
    expect(picks(of, 1)).toEqual([1]);
    of.setFlags(0, 1, Flag.D, 0);
    expect(picks(of, 1)).toEqual([2]);
  });

  it("opens retry windows of the set it looks at, even when another member is chosen", () => {
    const of = balancerOf([member("a", { retryUs: 1_000_000 }), member("b")]);
    of.slots.lbstatus[0] = -1000;
    enterError(of, 0, 0);
    expect(picks(of, 1, 1_000_000)).toEqual([1]);
    expect(of.status(0) & Flag.E).toBe(Flag.E);
    expect(picks(of, 1, 1_000_001)).toEqual([1]);
    expect(of.status(0) & Flag.E).toBe(0);
  });

  it("can be asked who is a candidate without changing anything", () => {
    const of = balancerOf([member("a", { retryUs: 1_000_000 }), member("b"), member("h", { status: "H" })]);
    enterError(of, 0, 0);
    expect([0, 1, 2].map((m) => isCandidate(of, m, 500_000))).toEqual([false, true, false]);
    expect([0, 1, 2].map((m) => isCandidate(of, m, 2_000_000))).toEqual([true, true, false]);
    expect(of.status(0) & Flag.E).toBe(Flag.E);
    expect(Array.from(of.slots.lbstatus)).toEqual([0, 0, 0]);
  });
});
