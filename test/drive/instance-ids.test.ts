import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InstanceIds } from "../../src/drive/instance-ids.ts";

describe("ids of the driver among instances", () => {
  it("are numbered from 0 in each instance, and known both ways", () => {
    const ids = new InstanceIds(2);
    expect([ids.give(0, 0), ids.give(1, 1), ids.give(2, 0), ids.give(300, 1)]).toEqual([0, 0, 1, 1]);
    expect([ids.instanceOf(300), ids.numberOf(300), ids.driverId(1, 1)]).toEqual([1, 1, 300]);
  });

  it("leave their number when they are given to another instance", () => {
    const ids = new InstanceIds(2);
    ids.give(0, 0);
    ids.give(1, 0);
    expect(ids.give(0, 1)).toBe(0);
    // Number 0 of the first instance is free again.
    expect(ids.give(2, 0)).toBe(0);
    expect([ids.driverId(0, 0), ids.driverId(0, 1), ids.driverId(1, 0)]).toEqual([2, 1, 0]);
  });

  it("never share a number of one instance, and need no more numbers than there were ids at once", () => {
    const steps = fc.array(fc.record({ id: fc.nat({ max: 99 }), instance: fc.nat({ max: 2 }) }), { maxLength: 400 });
    fc.assert(
      fc.property(steps, (given) => {
        const ids = new InstanceIds(3);
        const holder = new Map<number, number>();
        for (const { id, instance } of given) {
          expect(ids.give(id, instance)).toBeLessThan(100);
          holder.set(id, instance);
          const places = [...holder].map(([each, where]) => {
            expect([ids.instanceOf(each), ids.driverId(where, ids.numberOf(each))]).toEqual([where, each]);
            return `${where}:${ids.numberOf(each)}`;
          });
          expect(new Set(places).size).toBe(places.length);
        }
      }),
      { numRuns: 30 },
    );
  });
});
