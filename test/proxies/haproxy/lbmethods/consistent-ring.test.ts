import { describe, expect, it } from "vitest";
import { ServerState } from "../../../../src/proxies/haproxy/server.ts";
import { fullHash } from "../../../../src/proxies/shared/full-hash.ts";
import { buildBackend } from "../build-backend.ts";

const THREE = [
  "balance source",
  "hash-type consistent",
  "server a 10.0.0.1:80",
  "server b 10.0.0.2:80",
  "server c 10.0.0.3:80",
];

describe("consistent ring", () => {
  it("finds the server whose point has exactly the hash", () => {
    const backend = buildBackend(THREE);
    // Point j of the server with id P lies at full_hash(4096 P + j).
    for (const [i, server] of backend.servers.entries())
      for (let j = 0; j < 16; j++) expect(backend.method.pick(null, fullHash((i + 1) * 4096 + j))).toBe(server);
  });

  it("moves only the keys of a server that leaves", () => {
    const backend = buildBackend(THREE);
    const hashes = Array.from({ length: 500 }, (_, i) => fullHash(i));
    const before = hashes.map((hash) => backend.method.pick(null, hash));
    const [gone] = backend.servers;
    if (gone === undefined) throw new Error("no server");
    gone.state = ServerState.STOPPED;
    backend.refresh(gone);
    for (const [i, hash] of hashes.entries()) {
      const after = backend.method.pick(null, hash);
      if (before[i] === gone) expect(after).not.toBe(gone);
      else expect(after).toBe(before[i]);
    }
  });

  it("takes the next point for the server to avoid", () => {
    const backend = buildBackend(THREE);
    const [a] = backend.servers;
    expect(backend.method.pick(a ?? null, fullHash(4096))).not.toBe(a);
  });

  it("leaves a server that has its share of a balance factor", () => {
    const backend = buildBackend([...THREE, "hash-balance-factor 150"]);
    const [a] = backend.servers;
    if (a === undefined) throw new Error("no server");
    // (2 + 1) · 150 % = 4.5, rounded up 5 slots over three servers: a has at least 1 and, with 2 served, no room.
    a.served = 2;
    backend.served = 2;
    expect(backend.method.pick(null, fullHash(4096))).not.toBe(a);
    a.served = 0;
    expect(backend.method.pick(null, fullHash(4096))).toBe(a);
  });
});
