import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balancerOf, picks } from "../balancer-of.ts";
import { member } from "../build-config.ts";

const factors = (...values: number[]) => values.map((value, i) => member(`n${i}`, { factor: value * 100 }));

describe("byrequests", () => {
  it("rotates equal members in configuration order", () => {
    expect(picks(balancerOf(factors(1, 1, 1)), 6)).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it("interleaves 5/1/1 as 1 1 2 1 3 1 1 and begins again", () => {
    const round = [0, 0, 1, 0, 2, 0, 0];
    expect(picks(balancerOf(factors(5, 1, 1)), 14)).toEqual([...round, ...round]);
  });

  it("repeats 10/10/5 with period 5", () => {
    const round = [0, 1, 2, 0, 1];
    expect(picks(balancerOf(factors(10, 10, 5)), 10)).toEqual([...round, ...round]);
  });

  it("gives the light member of 1 against 100 its turn in the middle of the hundred", () => {
    // After k picks of the heavy one the light one has gained k+1 and the heavy one 100 − k: 51 beats 50 at the 51st pick.
    expect(picks(balancerOf(factors(1, 100)), 101).indexOf(0)).toBe(50);
  });

  it("keeps the lbstatus of a member that is out, which then takes its normal place without a burst", () => {
    const of = balancerOf(factors(1, 1, 1));
    of.setFlags(0, 0, 32, 0);
    expect(picks(of, 4)).toEqual([1, 2, 1, 2]);
    of.setFlags(0, 0, 0, 32);
    expect(picks(of, 3)).toEqual([0, 1, 2]);
  });

  it("chooses and counts exactly as the walk does when all members are ordinary, and the sum of lbstatus stays", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 100, max: 10_000 }), { minLength: 1, maxLength: 9 }), (values) => {
        const members = values.map((factor, i) => member(`n${i}`, { factor }));
        const fast = balancerOf(members);
        const walking = balancerOf(members);
        for (let i = 0; i < 50; i++) {
          const picked = picks(fast, 1);
          walking.allOrdinary = false;
          expect(picks(walking, 1)).toEqual(picked);
        }
        expect(Array.from(fast.slots.lbstatus)).toEqual(Array.from(walking.slots.lbstatus));
        expect(fast.slots.lbstatus.reduce((sum, value) => sum + value, 0)).toBe(0);
      }),
    );
  });
});
