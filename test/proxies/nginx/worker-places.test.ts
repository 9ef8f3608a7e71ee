import { describe, expect, it } from "vitest";
import { WorkerPlaces } from "../../../src/proxies/nginx/worker-places.ts";

/** Places whose idle clients are closed when it is their turn; in which order. */
function placesOf(all: number, free: number): { readonly places: WorkerPlaces; readonly closed: readonly number[] } {
  const closed: number[] = [];
  const places: WorkerPlaces = new WorkerPlaces(all, free, {
    close(connection) {
      closed.push(connection);
      places.give();
    },
  });
  return { places, closed };
}

describe("the places of a worker", () => {
  it("are taken until none is free", () => {
    const { places } = placesOf(10, 2);
    expect([places.take(), places.take(), places.take()]).toEqual([true, true, false]);
    places.give();
    expect(places.take()).toBe(true);
  });

  it("are made by closing the client that has been idle longest, when no more than a sixteenth are free", () => {
    const { places, closed } = placesOf(32, 3);
    for (const connection of [1, 2, 3]) places.idle(connection);
    // 32 / 16 = 2: with 3 free nobody is closed, with 2 free one of the three is (3 / 8 = 0, but at least one).
    expect([places.take(), closed.length]).toEqual([true, 0]);
    expect([places.take(), closed]).toEqual([true, [1]]);
  });

  it("are made by closing an eighth of the idle at once, at most 32", () => {
    const idle = (count: number): number => {
      const { places, closed } = placesOf(1000, 0);
      for (let connection = 0; connection < count; connection++) places.idle(connection);
      places.take();
      return closed.length;
    };
    expect([idle(7), idle(15), idle(16), idle(255), idle(256), idle(900)]).toEqual([1, 1, 2, 31, 32, 32]);
  });

  it("are not made by closing a client with a request in progress", () => {
    const { places, closed } = placesOf(10, 0);
    places.idle(1);
    places.busy(1);
    expect([places.take(), closed]).toEqual([false, []]);
  });
});
