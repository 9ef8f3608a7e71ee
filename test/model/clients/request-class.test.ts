import { describe, expect, it } from "vitest";
import { exponential } from "../../../src/engine/random/distributions/exponential.ts";
import { Draws } from "../../../src/engine/random/draws.ts";
import { ClassPicker, RequestClass } from "../../../src/model/clients/request-class.ts";
import { RequestPlaces } from "../../../src/model/cookies/request-place.ts";
import { clientsSpec, requestClass, SECOND } from "../world-fixture.ts";

const make = (change: Parameters<typeof requestClass>[0]) =>
  new RequestClass(requestClass(change), clientsSpec(), new RequestPlaces());

describe("RequestClass", () => {
  it("knows good statuses by inclusive bounds", () => {
    const kind = make({
      good: [
        { from: 200, to: 299 },
        { from: 404, to: 404 },
      ],
    });
    expect([199, 200, 299, 300, 403, 404, 405].map((status) => kind.isGood(status))).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
  });
  it("has the clients' patience unless it has its own", () => {
    expect([make({}).patienceUs, make({ patienceUs: 5 }).patienceUs]).toEqual([30 * SECOND, 5]);
  });
  it("draws the size of a request by its number, whatever was asked before", () => {
    const kind = make({ requestBytes: exponential(1000) });
    const draws = new Draws(1, 0, "size");
    const first = kind.requestBytes(draws, 1, 0, 2);
    kind.requestBytes(draws, 5, 0, 0);
    expect(kind.requestBytes(draws, 1, 0, 2)).toBe(first);
    expect(Number.isInteger(first)).toBe(true);
  });
});

describe("ClassPicker", () => {
  it("never picks a class of weight 0", () => {
    const picker = new ClassPicker([0, 1, 0].map((weight) => requestClass({ weight })));
    const draws = new Draws(1, 0, "class");
    expect(Array.from({ length: 1000 }, (_, k) => picker.pick(draws, k, 0, 0)).every((pick) => pick === 1)).toBe(true);
  });
});
