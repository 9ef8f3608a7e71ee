import { describe, expect, it } from "vitest";
import type { Server } from "../../../../src/proxies/haproxy/server.ts";
import { ServerState } from "../../../../src/proxies/haproxy/server.ts";
import { buildBackend, picks } from "../build-backend.ts";

describe("roundrobin", () => {
  it("gives equal servers one turn each", () => {
    const backend = buildBackend(["server a 10.0.0.1:80", "server b 10.0.0.2:80", "server c 10.0.0.3:80"]);
    expect(picks(backend, 6)).toBe("a b c a b c");
  });

  it("is not smooth: 5/1/1 is a a a b a a c (spec/haproxy.md 3.1)", () => {
    const backend = buildBackend([
      "server a 10.0.0.1:80 weight 5",
      "server b 10.0.0.2:80 weight 1",
      "server c 10.0.0.3:80 weight 1",
    ]);
    // weights 80 16 16, turn 112: a returns after 112 div 80 = 1 place (remainder 32), b and c after 7.
    expect(picks(backend, 7)).toBe("a a a b a a c");
  });

  it("lets a heavier server begin: 1/2/4 is c c b c a c b", () => {
    const backend = buildBackend([
      "server a 10.0.0.1:80 weight 1",
      "server b 10.0.0.2:80 weight 2",
      "server c 10.0.0.3:80 weight 4",
    ]);
    expect(picks(backend, 7)).toBe("c c b c a c b");
  });

  it("picks the avoided server only when there is no other", () => {
    const two = buildBackend(["server a 10.0.0.1:80", "server b 10.0.0.2:80"]);
    const [a, b] = two.servers as [Server, Server];
    expect(two.method.pick(a, null)).toBe(b);
    const one = buildBackend(["server a 10.0.0.1:80"]);
    expect(one.method.pick(one.servers[0] as Server, null)).toBe(one.servers[0]);
  });

  it("answers nobody when all are full, and goes on afterwards", () => {
    const backend = buildBackend(["server a 10.0.0.1:80 maxconn 1", "server b 10.0.0.2:80 maxconn 1"]);
    for (const server of backend.servers) server.served = 1;
    expect(backend.method.pick(null, null)).toBeNull();
    (backend.servers[1] as Server).served = 0;
    expect(picks(backend, 1)).toBe("b");
  });

  it("places a returning server about one turn later", () => {
    const backend = buildBackend(["server a 10.0.0.1:80", "server b 10.0.0.2:80"]);
    const b = backend.servers[1] as Server;
    b.state = ServerState.STOPPED;
    backend.refresh(b);
    expect(picks(backend, 4)).toBe("a a a a");
    b.state = ServerState.RUNNING;
    backend.refresh(b);
    const order = picks(backend, 40).split(" ");
    const first = order.indexOf("b");
    expect(first).toBeGreaterThan(0);
    // From then on the two take turns.
    expect(order.slice(first, first + 4)).toEqual(["b", "a", "b", "a"]);
  });
});
