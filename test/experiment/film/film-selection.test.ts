import { describe, expect, it } from "vitest";
import { FilmSelection, identityHash } from "../../../src/experiment/film/film-selection.ts";
import { SmallestHashes } from "../../../src/experiment/film/smallest-hashes.ts";

describe("the smallest hashes", () => {
  it("are kept in whatever order they come", () => {
    const hashes = Array.from({ length: 500 }, (_, i) => identityHash(i, 0, 0, 0));
    const expected = [...hashes].sort((a, b) => a - b).slice(0, 20);
    for (const order of [hashes.map((_, i) => i), hashes.map((_, i) => 499 - i)]) {
      const kept = new SmallestHashes(20);
      for (const i of order) kept.offer(hashes[i] as number, i);
      expect(
        kept
          .kept()
          .map((i) => hashes[i] as number)
          .sort((a, b) => a - b),
      ).toEqual(expected);
    }
  });

  it("keep nothing when there is no room", () => {
    const kept = new SmallestHashes(0);
    kept.offer(1, 1);
    expect(kept.kept()).toEqual([]);
  });
});

describe("the selection for a film", () => {
  it("keeps every failed request and every one after a change while its share of the places lasts", () => {
    const selection = new FilmSelection(40);
    // 1,000 requests: 15 fail, 8 others come right after a change; of 40 places up to 20 and 10 are for them, and what
    // they leave is for the rest: 40 - 15 - 8 = 17.
    for (let rank = 0; rank < 1000; rank++)
      selection.offer(rank, identityHash(rank, 0, 0, 0), rank >= 15, null, rank >= 15 && rank < 23);
    const ranks = [...selection.ranks()];
    expect(ranks.filter((rank) => rank < 15)).toHaveLength(15);
    expect(ranks.filter((rank) => rank >= 15 && rank < 23)).toHaveLength(8);
    expect(ranks.filter((rank) => rank >= 23)).toHaveLength(17);
  });

  it("counts two seconds after a change as near it", () => {
    const selection = new FilmSelection(10);
    expect(selection.isNearChange(0)).toBe(false);
    selection.changed(5_000_000);
    expect(selection.isNearChange(6_999_999)).toBe(true);
    expect(selection.isNearChange(7_000_000)).toBe(false);
  });
});
