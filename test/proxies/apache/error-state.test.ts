import { describe, expect, it } from "vitest";
import {
  enterError,
  forceRecovery,
  forgetErrors,
  tryRetry,
  wouldForceRecovery,
} from "../../../src/proxies/apache/error-state.ts";
import { Flag } from "../../../src/proxies/apache/worker-status.ts";
import { balancerOf } from "./balancer-of.ts";
import { member } from "./build-config.ts";

const inError = (of: ReturnType<typeof balancerOf>) => Array.from(of.slots.status, (status) => (status & Flag.E) !== 0);

describe("the error state", () => {
  it("ends strictly after the retry window", () => {
    const of = balancerOf([member("a", { retryUs: 1000 })]);
    enterError(of, 0, 500);
    tryRetry(of, 0, 1500);
    expect(inError(of)).toEqual([true]);
    tryRetry(of, 0, 1501);
    expect(inError(of)).toEqual([false]);
    expect(of.slots.retries[0]).toBe(1);
  });

  it("ends at the same instant with retry=0, and at once when it came from the configuration", () => {
    const of = balancerOf([member("a", { retryUs: 0 }), member("b", { status: "E" })]);
    enterError(of, 0, 500);
    tryRetry(of, 0, 500);
    tryRetry(of, 1, -1_000_000);
    expect(inError(of)).toEqual([false, false]);
  });

  it("never ends by retry for a stopped member, and leaves D and C alone", () => {
    const of = balancerOf([member("a", { status: "SE", retryUs: 0 }), member("b", { status: "DCE", retryUs: 0 })]);
    tryRetry(of, 0, 10);
    tryRetry(of, 1, 10);
    expect(inError(of)).toEqual([true, false]);
    expect(of.status(1) & (Flag.D | Flag.C)).toBe(Flag.D | Flag.C);
  });

  it("is never entered by a member whose errors are ignored", () => {
    const of = balancerOf([member("a", { status: "I" })]);
    expect(enterError(of, 0, 1)).toBe(false);
    expect(inError(of)).toEqual([false]);
  });

  it("is forgotten with a connect", () => {
    const of = balancerOf([member("a", { retryUs: 0 })]);
    enterError(of, 0, 1);
    tryRetry(of, 0, 1);
    forgetErrors(of, 0);
    expect(of.slots.retries[0]).toBe(0);
    expect(of.slots.errorTimeUs[0]).toBe(-Infinity);
  });
});

describe("forced recovery", () => {
  it("opens all windows at once when every member is in error", () => {
    const of = balancerOf([member("a"), member("b")]);
    for (const m of [0, 1]) enterError(of, m, 0);
    forceRecovery(of, 1);
    expect(inError(of)).toEqual([false, false]);
    expect(Array.from(of.slots.retries)).toEqual([1, 1]);
  });

  it("is foreseen without being carried out", () => {
    const of = balancerOf([member("a", { retryUs: 1000 }), member("b", { retryUs: 1000 })]);
    enterError(of, 0, 0);
    expect(wouldForceRecovery(of, 500)).toBe(false);
    enterError(of, 1, 500);
    expect(wouldForceRecovery(of, 500)).toBe(true);
    // The window of the first is over: only that one is opened.
    expect(wouldForceRecovery(of, 1001)).toBe(false);
    expect(inError(of)).toEqual([true, true]);
    const off = balancerOf([member("a")], { forceRecovery: false });
    enterError(off, 0, 0);
    expect(wouldForceRecovery(off, 1)).toBe(false);
  });

  it("is blocked by a single member that is not in error, be it disabled", () => {
    const of = balancerOf([member("a"), member("b", { status: "D" })]);
    enterError(of, 0, 0);
    forceRecovery(of, 1);
    expect(inError(of)).toEqual([true, false]);
  });

  it("does nothing with forcerecovery=Off", () => {
    const of = balancerOf([member("a")], { forceRecovery: false });
    enterError(of, 0, 0);
    forceRecovery(of, 1);
    expect(inError(of)).toEqual([true]);
  });

  it("stops at the first member whose window is over and opens only that one", () => {
    const of = balancerOf([member("a"), member("b", { retryUs: 0 }), member("c", { retryUs: 0 })]);
    for (const m of [0, 1, 2]) enterError(of, m, 0);
    forceRecovery(of, 1);
    expect(inError(of)).toEqual([true, false, true]);
  });
});
