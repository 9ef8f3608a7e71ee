import { describe, expect, it } from "vitest";
import { constant } from "../../../src/engine/random/distributions/constant.ts";
import { exponential } from "../../../src/engine/random/distributions/exponential.ts";
import { Draws } from "../../../src/engine/random/draws.ts";
import type { ArrivalProcess } from "../../../src/model/arrivals/arrival-process.ts";
import { ClosedUsers } from "../../../src/model/arrivals/closed.ts";
import { makeArrivals } from "../../../src/model/arrivals/make-arrivals.ts";
import type { ArrivalSpec } from "../../../src/model/world-spec.ts";

const SECOND = 1_000_000;
const make = (spec: ArrivalSpec, replication = 0): ArrivalProcess =>
  makeArrivals(spec, new Draws(1, replication, "arrivals")) as ArrivalProcess;
const take = (process: ArrivalProcess, count: number): number[] =>
  Array.from({ length: count }, (_, k) => process.next(k));

/** Number of arrivals in [from, to). */
function countIn(process: ArrivalProcess, windows: readonly [number, number][]): number[] {
  const counts = windows.map(() => 0);
  const end = Math.max(...windows.map(([, to]) => to));
  for (let k = 0, at = process.next(0); at < end; at = process.next(++k)) {
    windows.forEach(([from, to], i) => {
      if (at >= from && at < to) counts[i] = (counts[i] as number) + 1;
    });
  }
  return counts;
}
/** A Poisson count is within 4.5 standard deviations of its mean. */
const near = (count: number | undefined, mean: number): boolean =>
  Math.abs((count as number) - mean) < 4.5 * Math.sqrt(mean);

describe("constant arrivals", () => {
  it("come rate × T times in [0, T), the first at 0, without rounding errors that add up", () => {
    expect(take(make({ kind: "constant", ratePerSec: 3 }), 4)).toEqual([0, 333_333, 666_667, 1_000_000]);
    expect(countIn(make({ kind: "constant", ratePerSec: 7 }), [[0, 1000 * SECOND]])).toEqual([7000]);
  });
  it("never come at rate 0", () => {
    expect(make({ kind: "constant", ratePerSec: 0 }).next(0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("poisson arrivals", () => {
  it("come at their rate, with exponential gaps", () => {
    const times = take(make({ kind: "poisson", ratePerSec: 10 }), 20_001);
    const gaps = times.slice(1).map((at, i) => at - (times[i] as number));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    // Mean 100 ms, standard error 100/√20000 = 0.71 ms; 1/e of the gaps are longer than the mean, standard error 0.34 %.
    expect(Math.abs(mean - 100_000)).toBeLessThan(3200);
    const longer = gaps.filter((gap) => gap > 100_000).length / gaps.length;
    expect(Math.abs(longer - 0.3679)).toBeLessThan(0.0153);
  });
  it("have gap k by number k: the same with any other rate, scaled", () => {
    const slow = take(make({ kind: "poisson", ratePerSec: 1 }), 50);
    const fast = take(make({ kind: "poisson", ratePerSec: 1000 }), 50);
    for (const [k, at] of slow.entries()) expect(Math.abs(at / 1000 - (fast[k] as number))).toBeLessThan(1);
  });
});

describe("arrivals along a curve", () => {
  const ramp: ArrivalSpec = {
    kind: "curve",
    points: [
      { atUs: 0, ratePerSec: 0 },
      { atUs: 100 * SECOND, ratePerSec: 200 },
      { atUs: 200 * SECOND, ratePerSec: 50 },
    ],
  };
  it("come as often as the area under the curve says, and at the last rate after the last point", () => {
    const counts = countIn(make(ramp), [
      [0, 50 * SECOND], // rising from 0 to 100: 2500
      [50 * SECOND, 100 * SECOND], // from 100 to 200: 7500
      [100 * SECOND, 200 * SECOND], // from 200 to 50: 12,500
      [200 * SECOND, 300 * SECOND], // 50: 5000
    ]);
    expect([2500, 7500, 12_500, 5000].map((mean, i) => near(counts[i], mean))).toEqual([true, true, true, true]);
  });
  it("are the very arrivals of the constant rate when the curve is flat", () => {
    const flat = make({ kind: "curve", points: [{ atUs: 5 * SECOND, ratePerSec: 20 }] });
    const poisson = take(make({ kind: "poisson", ratePerSec: 20 }), 500);
    // Both take one number per arrival; instants may differ by the rounding at the point.
    for (const [k, at] of take(flat, 500).entries())
      expect(Math.abs(at - (poisson[k] as number))).toBeLessThanOrEqual(1);
  });
  it("jump where two points have the same instant, and end where the rate stays 0", () => {
    const points = [
      { atUs: 0, ratePerSec: 100 },
      { atUs: 10 * SECOND, ratePerSec: 100 },
      { atUs: 10 * SECOND, ratePerSec: 0 },
    ];
    const counts = countIn(make({ kind: "curve", points }), [
      [0, 10 * SECOND],
      [10 * SECOND, 20 * SECOND],
    ]);
    expect([near(counts[0], 1000), counts[1]]).toEqual([true, 0]);
  });
});

describe("mmpp arrivals", () => {
  it("come at the rate of the state, states taking turns", () => {
    const states = [
      { ratePerSec: 100, sojourn: constant(10 * SECOND) },
      { ratePerSec: 0, sojourn: constant(5 * SECOND) },
      { ratePerSec: 10, sojourn: constant(10 * SECOND) },
    ];
    const counts = countIn(make({ kind: "mmpp", states }), [
      [0, 10e6],
      [10e6, 15e6],
      [15e6, 25e6],
      [25e6, 35e6],
    ]);
    expect([near(counts[0], 1000), counts[1], near(counts[2], 100), near(counts[3], 1000)]).toEqual([
      true,
      0,
      true,
      true,
    ]);
  });
  it("have the mean rate of the states weighted by how long they last", () => {
    const states = [
      { ratePerSec: 90, sojourn: exponential(SECOND) },
      { ratePerSec: 10, sojourn: exponential(3 * SECOND) },
    ];
    // (90·1 + 10·3) / 4 = 30 per second. Over 10,000 s the share of time in state 1 has sd 0.0053, so the rate has 0.43.
    const [count] = countIn(make({ kind: "mmpp", states }), [[0, 10_000 * SECOND]]);
    expect(Math.abs((count as number) / 10_000 - 30)).toBeLessThan(1.9);
  });
  it("never come when no state has a rate", () => {
    const states = [{ ratePerSec: 0, sojourn: constant(1) }];
    expect(make({ kind: "mmpp", states }).next(0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("trace arrivals", () => {
  it("come when the trace says, several at one instant too, and then no more", () => {
    expect(take(make({ kind: "trace", atUs: [3, 3, 9] }), 4)).toEqual([3, 3, 9, Number.POSITIVE_INFINITY]);
  });
  it("must be in the order of time", () => {
    expect(() => take(make({ kind: "trace", atUs: [3, 2] }), 2)).toThrow("order of time");
  });
});

describe("ClosedUsers", () => {
  it("have pauses by user and session, whoever asks first", () => {
    const users = () => new ClosedUsers(3, exponential(1000), new Draws(1, 0, "arrivals"));
    const [a, b] = [users(), users()];
    const first = [a.pauseUs(0, 0), a.pauseUs(1, 0), a.pauseUs(1, 1)];
    const second = [b.pauseUs(1, 1), b.pauseUs(1, 0), b.pauseUs(0, 0)].reverse();
    expect(second).toEqual(first);
    expect(new Set(first).size).toBe(3);
  });
  it("have no arrival process", () => {
    const closed: ArrivalSpec = { kind: "closed", users: 1, pause: constant(0) };
    expect(makeArrivals(closed, new Draws(1, 0, "arrivals"))).toBeNull();
  });
});
