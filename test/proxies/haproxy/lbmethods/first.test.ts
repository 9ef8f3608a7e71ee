import { describe, expect, it } from "vitest";
import { buildBackend } from "../build-backend.ts";

describe("first", () => {
  it("fills servers in the order of their ids", () => {
    const backend = buildBackend([
      "balance first",
      "server a 10.0.0.1:80 id 20 maxconn 1",
      "server b 10.0.0.2:80 id 10 maxconn 1",
    ]);
    const [a, b] = backend.servers;
    expect(backend.method.pick(null, null)).toBe(b);
    if (b !== undefined) b.served = 1;
    expect(backend.method.pick(null, null)).toBe(a);
    if (a !== undefined) a.served = 1;
    expect(backend.method.pick(null, null)).toBeNull();
  });
});
