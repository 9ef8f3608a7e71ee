import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balancerOf, picks } from "../balancer-of.ts";
import { member } from "../build-config.ts";

const three = () => balancerOf([member("a"), member("b"), member("c")], { lbmethod: "bybusyness" });

describe("bybusyness", () => {
  it("rotates like byrequests while all are equally busy", () => {
    expect(picks(three(), 6)).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it("takes the member with the fewest requests in flight", () => {
    const of = three();
    of.slots.busy.set([2, 1, 0]);
    expect(picks(of, 3)).toEqual([2, 2, 2]);
  });

  it("prefers an idle light member to a busy heavy one, whatever the factors", () => {
    const of = balancerOf([member("heavy", { factor: 10_000 }), member("light")], { lbmethod: "bybusyness" });
    of.slots.busy[0] = 1;
    expect(picks(of, 1)).toEqual([1]);
  });

  it("lets lbstatus run on while busy decides, so that one member wins the ties afterwards", () => {
    const of = three();
    of.slots.busy.set([1, 0, 0]);
    picks(of, 6);
    // Each of the others was picked three times: +600 − 900 = −300; the busy one only gained: +600.
    expect(Array.from(of.slots.lbstatus)).toEqual([600, -300, -300]);
    of.slots.busy.set([0, 0, 0]);
    expect(picks(of, 2)).toEqual([0, 0]);
  });

  it("chooses and counts exactly as the walk does when all members are ordinary", () => {
    const load = fc.record({ factor: fc.integer({ min: 100, max: 900 }), busy: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(load, { minLength: 1, maxLength: 8 }), (loads) => {
        const members = loads.map(({ factor }, i) => member(`n${i}`, { factor }));
        const fast = balancerOf(members, { lbmethod: "bybusyness" });
        const walking = balancerOf(members, { lbmethod: "bybusyness" });
        walking.allOrdinary = false;
        for (const of of [fast, walking]) of.slots.busy.set(loads.map(({ busy }) => busy));
        expect(picks(fast, 20)).toEqual(picks(walking, 20));
        expect(fast.slots.lbstatus).toEqual(walking.slots.lbstatus);
      }),
    );
  });
});
