import { describe, expect, it } from "vitest";
import { differenceOf, isShown, meanOf, runScenario } from "./run-scenario.ts";

describe("the scenarios of other proxies", { timeout: 120_000 }, () => {
  it("nginx: only ip_hash keeps sessions; a hashed cookie moves a session once, after its birth", async () => {
    const result = await runScenario("scenarios/nginx/nginx.yaml");
    const lost = (variant: string): number => meanOf(result, "sessions_lost_share", variant);
    // In turn over three servers: each later request of a session is elsewhere with probability 2/3 or more.
    expect(lost("round_robin")).toBeGreaterThan(0.6);
    expect(lost("least_conn")).toBeGreaterThan(0.6);
    expect(lost("ip_hash")).toBeLessThan(0.05);
    expect(isShown(differenceOf(result, "sessions_lost_share", "round_robin", "hash cookie"), -1)).toBe(true);
    expect(lost("hash cookie")).toBeGreaterThan(0.3);
  });

  it("haproxy: a cookie of the application's name loses every session, a name of its own or a prefix mends it", async () => {
    const result = await runScenario("scenarios/haproxy/haproxy.yaml");
    expect(meanOf(result, "sessions_lost_share", "as written")).toBeGreaterThan(0.75);
    for (const mended of ["own name", "prefix", "leastconn"])
      expect(isShown(differenceOf(result, "sessions_lost_share", "as written", mended), -1)).toBe(true);
    expect(meanOf(result, "sessions_lost_share", "own name")).toBeLessThan(0.1);
    // Two active servers in turn: the next request of a session is as likely on the other one.
    expect(meanOf(result, "sessions_lost_share", "no cookie")).toBeGreaterThan(0.4);
  });

  it("side by side: four families in one comparison, each with its own version", async () => {
    const result = await runScenario("scenarios/side-by-side.yaml");
    expect(result.variants.map(({ proxy }) => proxy.family)).toEqual(["apache", "nginx", "haproxy", "caddy"]);
    // Hashing the session id is no stickiness from the first request on; the others keep sessions where they were born.
    expect(meanOf(result, "sessions_lost_share", "nginx")).toBeGreaterThan(0.3);
    for (const sticky of ["apache", "haproxy", "caddy"])
      expect(meanOf(result, "sessions_lost_share", sticky)).toBeLessThan(0.1);
    // Caddy has no weights, so the half-size backend gets a third instead of a fifth.
    const share = (variant: string): number =>
      result.variants.find(({ name }) => name === variant)?.members[2]?.shareRequests.mean ?? Number.NaN;
    expect(share("caddy")).toBeGreaterThan(share("apache") + 0.1);
  });
});
