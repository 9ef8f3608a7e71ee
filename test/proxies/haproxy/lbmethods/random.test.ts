import { describe, expect, it } from "vitest";
import { RandomStream } from "../../../../src/engine/random/random-stream.ts";
import { fullHash } from "../../../../src/proxies/shared/full-hash.ts";
import { buildBackend } from "../build-backend.ts";

const SERVERS = ["server a 10.0.0.1:80", "server b 10.0.0.2:80", "server c 10.0.0.3:80"];
const DRAWS = 40_000;

/** Share of the circle that is nearest to the points of each server, from the definition of the ring alone. */
function sharesOfRing(ids: readonly number[]): readonly number[] {
  const points = ids
    .flatMap((id) => Array.from({ length: 16 }, (_, j) => ({ id, key: fullHash(id * 4096 + j) })))
    .sort((x, y) => x.key - y.key);
  return ids.map((id) =>
    points.reduce((sum, point, i) => {
      if (point.id !== id) return sum;
      const before = points[(i + points.length - 1) % points.length]?.key ?? 0;
      const after = points[(i + 1) % points.length]?.key ?? 0;
      return sum + (((point.key - before) >>> 0) + ((after - point.key) >>> 0)) / 2 / 4294967296;
    }, 0),
  );
}

function frequencies(lines: readonly string[], served: readonly number[]): readonly number[] {
  const backend = buildBackend(lines, new RandomStream(7, 0, "proxy"));
  for (const [i, server] of backend.servers.entries()) server.served = served[i] as number;
  const counts = backend.servers.map(() => 0);
  for (let i = 0; i < DRAWS; i++) {
    const member = backend.method.pick(null, null)?.member as number;
    counts[member] = (counts[member] as number) + 1;
  }
  return counts.map((count) => count / DRAWS);
}

// 5 standard deviations of a frequency: 5 · sqrt(0.25 / 40000) = 0.0125.
const CLOSE = 0.0125;

describe("random", () => {
  const [a = 0, b = 0, c = 0] = sharesOfRing([1, 2, 3]);

  it("of one draw follows the share that each server has of the ring", () => {
    const seen = frequencies(["balance random(1)", ...SERVERS], [0, 0, 0]);
    for (const [i, share] of [a, b, c].entries()) expect(Math.abs((seen[i] as number) - share)).toBeLessThan(CLOSE);
  });

  it("of two draws takes the less loaded: the busiest only when it is drawn twice", () => {
    const seen = frequencies(["balance random(2)", ...SERVERS], [2, 1, 0]);
    // P(a) = a²; P(c) = 1 − (1 − c)²; P(b) is the rest: b² + 2ab.
    const expected = [a * a, b * b + 2 * a * b, 1 - (1 - c) * (1 - c)];
    for (const [i, share] of expected.entries()) expect(Math.abs((seen[i] as number) - share)).toBeLessThan(CLOSE);
  });

  it("has no server when the winner is full", () => {
    const backend = buildBackend(["balance random", "server a 10.0.0.1:80 maxconn 1"], new RandomStream(7, 0, "proxy"));
    const [only] = backend.servers;
    if (only !== undefined) only.served = 1;
    expect(backend.method.pick(null, null)).toBeNull();
  });
});
