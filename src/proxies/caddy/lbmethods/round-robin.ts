import type { UpstreamPool } from "../upstream-pool.ts";
import { NO_SCORES, type PolicyKind, type SelectionPolicy } from "./selection-policy.ts";

/**
 * The counter is raised before it is used, so the first request goes to the second upstream; one that is not available is
 * stepped over, and its neighbour gets its share (RoundRobinSelection, Caddy 2.6.2). The counter has 32 bits.
 */
class RoundRobinPolicy implements SelectionPolicy {
  readonly scores = NO_SCORES;
  readonly setsCookieOf = -1;
  readonly rule = "the next available upstream in turn";
  private counter = 0;

  select(pool: UpstreamPool): number {
    for (let i = 0; i < pool.count; i++) {
      this.counter = (this.counter + 1) >>> 0;
      const u = this.counter % pool.count;
      if (pool.isAvailable(u)) return u;
    }
    return -1;
  }

  scoresOf(): readonly number[] {
    return [];
  }
}

export const ROUND_ROBIN: PolicyKind = {
  name: "round_robin",
  describe: "available upstreams in turn, from the second on",
  make: () => new RoundRobinPolicy(),
};
