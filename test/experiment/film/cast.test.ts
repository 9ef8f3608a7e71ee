import { describe, expect, it } from "vitest";
import { BY_NUMBER, Cast, type Player } from "../../../src/experiment/film/cast.ts";

describe("who is on stage", () => {
  it("names a new client by how many were left out, and one who returns by who left since", () => {
    const cast = new Cast();
    expect(cast.clientCode(0)).toBe(0);
    const first = cast.start(0, 0, 0, 0);
    expect(cast.clientCode(3)).toBe(4);
    expect(cast.clientOf(4)).toBe(3);
    const second = cast.start(1, 3, 0, 0);
    // Client 2 was never seen, and client 0 is still there.
    expect([cast.clientCode(2), cast.clientCode(0)]).toEqual([BY_NUMBER, BY_NUMBER]);
    for (const player of [first, second]) cast.ended(cast.endCode(player));
    expect([cast.clientCode(3), cast.clientCode(0)]).toEqual([3, 5]);
    expect([cast.clientOf(3), cast.clientOf(5), cast.clientOf(BY_NUMBER)]).toEqual([3, 0, null]);
    expect(cast.nextOrdinal(3, 0)).toBe(1);
  });

  it("expects decisions for the newest, or for those waiting in their turn, or again for those being served", () => {
    const cast = new Cast();
    const players = [0, 1, 2, 3, 4].map((rank) => cast.start(rank, rank, 0, 0));
    const decided = (rank: number) => {
      const code = cast.decisionCode(players[rank] as Player);
      expect(cast.decided(code).rank).toBe(rank);
      return code;
    };
    // The newest; the first in turn; the next but one; back one step; the first one again.
    expect([4, 0, 2, 1, 0].map(decided)).toEqual([0, 1, 5, 7, 2]);
  });

  it("names who ends by the place among those being served, or among those waiting", () => {
    const cast = new Cast();
    const players = [0, 1, 2, 3].map((rank) => cast.start(rank, rank, 0, 0));
    for (const rank of [1, 3]) cast.decided(cast.decisionCode(players[rank] as Player));
    expect(players.map((player) => cast.endCode(player))).toEqual([1, 0, 3, 2]);
    expect(cast.ended(2).rank).toBe(3);
    expect(cast.ended(3).rank).toBe(2);
    expect(() => cast.ended(3)).toThrow(RangeError);
  });
});
