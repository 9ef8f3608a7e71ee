import { describe, expect, it } from "vitest";
import { buildBackend, picks } from "../build-backend.ts";

describe("map of static-rr and map-based hashes", () => {
  it("divides weights by their greatest common divisor", () => {
    const backend = buildBackend([
      "balance static-rr",
      "server a 10.0.0.1:80 weight 20",
      "server b 10.0.0.2:80 weight 10",
    ]);
    expect(backend.totalWeight).toBe(3);
  });

  it("walks the map of 3/1/2: six picks hold each server as often as it weighs", () => {
    const backend = buildBackend([
      "balance static-rr",
      "server a 10.0.0.1:80 weight 3",
      "server b 10.0.0.2:80 weight 1",
      "server c 10.0.0.3:80 weight 2",
    ]);
    // (score + 6) div 6, first greatest: all values are 1 until a score falls below 0; a −3 → b … (spec/haproxy.md 3.2).
    const order = picks(backend, 6).split(" ");
    expect(["a", "b", "c"].map((name) => order.filter((each) => each === name).length)).toEqual([3, 1, 2]);
    expect(picks(backend, 6).split(" ")).toEqual(order);
  });

  it("sends an address to the place address modulo weight", () => {
    const backend = buildBackend(["balance source", "server a 10.0.0.1:80", "server b 10.0.0.2:80"]);
    // No function is applied to an address: even ones meet place 0, odd ones place 1.
    expect(backend.method.pick(null, 167772162)?.config.name).toBe("a");
    expect(backend.method.pick(null, 167772163)?.config.name).toBe("b");
  });

  it("ignores the server to avoid and full servers", () => {
    const backend = buildBackend(["balance source", "server a 10.0.0.1:80 maxconn 1", "server b 10.0.0.2:80"]);
    const a = backend.servers[0] ?? null;
    if (a !== null) a.served = 1;
    expect(backend.method.pick(a, 2)).toBe(a);
  });
});
