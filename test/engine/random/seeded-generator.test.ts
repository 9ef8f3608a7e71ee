import { describe, expect, it } from "vitest";
import { makeKey } from "../../../src/engine/random/seeded-generator.ts";

describe("makeKey", () => {
  it("gives the same words for the same seed, replication and purpose", () => {
    expect(makeKey(7, 3, "service")).toEqual(makeKey(7, 3, "service"));
  });

  it("gives other words when any of the three changes, also where the texts run together", () => {
    const keys = [
      makeKey(1, 11, "a"),
      makeKey(11, 1, "a"),
      makeKey(1, 1, "1:a"),
      makeKey(1, 1, "a"),
      makeKey(1, 1, "b"),
    ];
    expect(new Set(keys.map(String)).size).toBe(keys.length);
  });

  it("gives four int32 words", () => {
    for (const word of makeKey(-5, 0, "")) expect(word | 0).toBe(word);
  });
});
