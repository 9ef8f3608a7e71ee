import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OrderedSet } from "../../../src/experiment/film/ordered-set.ts";

describe("a set in order", () => {
  it("knows places and numbers like a sorted list", () => {
    const step = fc.record({ number: fc.nat(5000), add: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const [set, list] = [new OrderedSet(), new Set<number>()];
        for (const { number, add } of steps) {
          if (add) set.add(number);
          else set.delete(number);
          if (add) list.add(number);
          else list.delete(number);
        }
        const sorted = [...list].sort((a, b) => a - b);
        expect(set.size).toBe(sorted.length);
        expect(sorted.map((_, place) => set.at(place))).toEqual(sorted);
        for (const { number } of steps) {
          expect(set.has(number)).toBe(list.has(number));
          expect(set.placeOf(number)).toBe(sorted.filter((other) => other < number).length);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("has nothing at a place beyond its end", () => {
    const set = new OrderedSet();
    set.add(3);
    expect(() => set.at(1)).toThrow(RangeError);
    expect(() => set.at(-1)).toThrow(RangeError);
  });
});
