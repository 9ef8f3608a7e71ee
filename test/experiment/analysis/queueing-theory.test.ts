import { describe, expect, it } from "vitest";
import {
  erlangB,
  erlangC,
  mg1,
  mg1ps,
  mm1,
  mm1NumberTail,
  mm1TimeQuantile,
  mmc,
  mmcWaitTail,
} from "../../../src/experiment/analysis/queueing-theory.ts";

describe("mm1", () => {
  it.each([
    [0.5, 1, 2, 1, 1.386294, 5.991465, 9.21034, 0.03125],
    [0.8, 4, 5, 4, 3.465736, 14.978661, 23.025851, 0.32768],
    [0.9, 9, 10, 9, 6.931472, 29.957323, 46.051702, 0.59049],
    [0.95, 19, 20, 19, 13.862944, 59.914645, 92.103404, 0.773781],
  ])("has the textbook means, quantiles and tail at load %d", (rho, L, W, Wq, p50, p95, p99, atLeastFive) => {
    const queue = mm1(rho);
    expect(queue.rho).toBe(rho);
    expect(queue.L).toBeCloseTo(L, 10);
    expect(queue.Lq).toBeCloseTo(L - rho, 10);
    expect(queue.W).toBeCloseTo(W, 10);
    expect(queue.Wq).toBeCloseTo(Wq, 10);
    expect(mm1TimeQuantile(0.5, rho)).toBeCloseTo(p50, 6);
    expect(mm1TimeQuantile(0.95, rho)).toBeCloseTo(p95, 6);
    expect(mm1TimeQuantile(0.99, rho)).toBeCloseTo(p99, 6);
    expect(mm1NumberTail(5, rho)).toBeCloseTo(atLeastFive, 6);
  });

  it("measures time in the unit of its rates", () => {
    // 20 arrivals and 25 services a second: W = 1/(25 − 20) = 0.2 s.
    expect(mm1(20, 25).W).toBeCloseTo(0.2, 14);
  });

  it("refuses loads without a steady state and rates that are none", () => {
    expect(() => mm1(1)).toThrow(/no steady state/);
    expect(() => mm1(-1)).toThrow(RangeError);
    expect(() => mm1(0.5, 0)).toThrow(RangeError);
    expect(() => mm1TimeQuantile(1, 0.5)).toThrow(RangeError);
  });
});

describe("mmc", () => {
  it.each([
    [2, 0.5, 0.2, 0.333333, 0.333333, 1.333333, 1.333333, 0.122626],
    [2, 0.8, 0.329897, 0.711111, 1.777778, 2.777778, 4.444444, 0.476672],
    [4, 0.8, 0.228145, 0.596432, 0.745541, 1.745541, 5.58573, 0.267994],
    [10, 0.8, 0.121661, 0.40918, 0.20459, 1.20459, 9.636721, 0.055377],
    [10, 0.95, 0.191379, 0.825586, 1.651171, 2.651171, 25.186126, 0.500743],
    [16, 0.9, 0.126412, 0.591343, 0.36959, 1.36959, 19.722091, 0.11939],
    [100, 0.95, 0.048804, 0.506457, 0.101291, 1.101291, 104.62268, 0.003412],
  ])("has the Erlang values for %d servers at load %d", (c, rho, B, C, Wq, W, L, waitsOverOne) => {
    const queue = mmc(c, c * rho);
    expect(erlangB(c, c * rho)).toBeCloseTo(B, 6);
    expect(erlangC(c, c * rho)).toBeCloseTo(C, 6);
    expect(queue.waitProbability).toBeCloseTo(C, 6);
    expect(queue.Wq).toBeCloseTo(Wq, 6);
    expect(queue.W).toBeCloseTo(W, 6);
    expect(queue.L).toBeCloseTo(L, 5);
    expect(queue.Lq).toBeCloseTo(L - c * rho, 5);
    expect(mmcWaitTail(1, c, c * rho)).toBeCloseTo(waitsOverOne, 6);
  });

  it("is M/M/1 with one server", () => {
    expect(mmc(1, 0.8).W).toBeCloseTo(mm1(0.8).W, 12);
    expect(erlangC(1, 0.8)).toBeCloseTo(0.8, 12);
  });

  it("refuses fractions of servers, overload and negative waits", () => {
    expect(() => mmc(1.5, 1)).toThrow(RangeError);
    expect(() => mmc(2, 2)).toThrow(/no steady state/);
    expect(() => mmcWaitTail(-1, 2, 1)).toThrow(RangeError);
  });
});

describe("erlangB", () => {
  it.each([
    [5, 3, 0.1100543],
    [10, 7, 0.0787409],
    [100, 90, 0.0269574],
    [1, 0.5, 0.3333333],
  ])("gives the loss of %d servers at %d Erlang", (servers, load, blocked) => {
    expect(erlangB(servers, load)).toBeCloseTo(blocked, 7);
  });

  it("is defined for overload, where there is no queue", () => {
    // One server at 3 Erlang refuses 3/(1 + 3).
    expect(erlangB(1, 3)).toBeCloseTo(0.75, 15);
  });
});

describe("mg1", () => {
  const loads = [0.5, 0.8, 0.9] as const;

  it.each([
    ["deterministic service", 0, [0.5, 2, 4.5]],
    ["Erlang-4 service", 0.25, [0.625, 2.5, 5.625]],
    ["Erlang-2 service", 0.5, [0.75, 3, 6.75]],
    ["exponential service", 1, [1, 4, 9]],
    ["service with cv² = 4", 4, [2.5, 10, 22.5]],
    ["service with cv² = 10", 10, [5.5, 22, 49.5]],
  ] as const)("waits by Pollaczek and Khinchine for %s", (_law, cv2, waits) => {
    for (const [i, rho] of loads.entries()) {
      expect(mg1(rho, 1, cv2).Wq).toBeCloseTo(waits[i] ?? Number.NaN, 10);
      expect(mg1(rho, 1, cv2).W).toBeCloseTo((waits[i] ?? Number.NaN) + 1, 10);
    }
  });

  it("gives the bounded Pareto values", () => {
    // Bounded Pareto, α = 1.5 on [1, 1000]: mean 2.905223541, cv² = 9.884799793.
    const mean = 2.905223541;
    expect(mg1(0.5 / mean, mean, 9.884799793).W).toBeCloseTo(18.71661184, 6);
    expect(mg1(0.8 / mean, mean, 9.884799793).W).toBeCloseTo(66.15077674, 6);
  });

  it("refuses a negative variance", () => {
    expect(() => mg1(0.5, 1, -0.1)).toThrow(RangeError);
  });
});

describe("mg1ps", () => {
  it.each([
    [1, 0.5, 2],
    [1, 0.8, 5],
    [1, 0.9, 10],
    [0.1, 0.8, 0.5],
    [5, 0.9, 50],
    [2.905223541, 0.5, 5.810447083],
    [2.905223541, 0.8, 14.52611771],
  ])("stretches a service of %d at load %d by 1/(1 − ρ)", (service, rho, expected) => {
    expect(mg1ps(service, rho)).toBeCloseTo(expected, 7);
  });

  it("refuses full load and negative service", () => {
    expect(() => mg1ps(1, 1)).toThrow(/no steady state/);
    expect(() => mg1ps(-1, 0.5)).toThrow(RangeError);
  });
});
