import { describe, expect, it } from "vitest";
import { buildBackend, take } from "../build-backend.ts";

const EQUAL = ["balance leastconn", "server a 10.0.0.1:80", "server b 10.0.0.2:80", "server c 10.0.0.3:80"];

describe("leastconn", () => {
  it("takes idle servers in the order in which they became idle, whatever their weight", () => {
    const backend = buildBackend([
      "balance leastconn",
      "server a 10.0.0.1:80 weight 1",
      "server b 10.0.0.2:80 weight 100",
    ]);
    const order: string[] = [];
    for (let i = 0; i < 4; i++) {
      const server = backend.method.pick(null, null);
      order.push(server?.config.name ?? "-");
      take(backend, server?.member ?? 0, 1);
      take(backend, server?.member ?? 0, -1);
    }
    expect(order).toEqual(["a", "b", "a", "b"]);
  });

  it("compares (in flight + 1) / weight once servers are busy", () => {
    const backend = buildBackend([
      "balance leastconn",
      "server a 10.0.0.1:80 weight 3",
      "server b 10.0.0.2:80 weight 1",
    ]);
    take(backend, 0, 1);
    take(backend, 1, 1);
    // keys: a 2·4096/48 = 170, b 2·4096/16 = 512; a goes on until (n+1)·4096/48 > 512, n = 6 (7·4096/48 = 597).
    for (let inFlight = 1; inFlight <= 5; inFlight++) {
      expect(backend.method.pick(null, null)?.config.name).toBe(inFlight < 5 ? "a" : "b");
      take(backend, 0, 1);
    }
  });

  it("passes over the avoided server and servers beyond maxconn and maxqueue", () => {
    const backend = buildBackend([...EQUAL.slice(0, 2), "server b 10.0.0.2:80 maxconn 1", EQUAL[3] as string]);
    take(backend, 1, 1);
    take(backend, 0, 1);
    take(backend, 2, 1);
    expect(backend.method.pick(backend.servers[0] ?? null, null)?.config.name).toBe("c");
  });
});
