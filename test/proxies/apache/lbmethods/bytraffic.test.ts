import { describe, expect, it } from "vitest";
import { trafficOf } from "../../../../src/proxies/apache/lbmethods/bytraffic.ts";
import { balancerOf, picks } from "../balancer-of.ts";
import { member } from "../build-config.ts";

describe("bytraffic", () => {
  it("cuts each direction to whole steps of loadfactor × 100 bytes before it adds them", () => {
    const of = balancerOf([member("a", { factor: 200 })], { lbmethod: "bytraffic" });
    of.slots.sent[0] = 399;
    of.slots.read[0] = 599;
    expect(trafficOf(of, 0)).toBe(1 + 2);
  });

  it("gives the first member 45 requests of 223 + 115 bytes in a row with loadfactor 100", () => {
    const of = balancerOf([member("a", { factor: 10_000 }), member("b", { factor: 10_000 })], {
      lbmethod: "bytraffic",
    });
    let row = 0;
    while (picks(of, 1)[0] === 0) {
      row++;
      of.slots.sent[0] = 223 * row;
      of.slots.read[0] = 115 * row;
    }
    // 223 × 44 = 9812 is still below the step of 10000, 223 × 45 = 10035 is not.
    expect(row).toBe(45);
  });

  it("leaves lbstatus alone", () => {
    const of = balancerOf([member("a"), member("b")], { lbmethod: "bytraffic" });
    picks(of, 5);
    expect(Array.from(of.slots.lbstatus)).toEqual([0, 0]);
  });
});
