import type { UpstreamPool } from "../upstream-pool.ts";
import { NO_SCORES, type PolicyKind, type SelectionPolicy } from "./selection-policy.ts";

/** The first available upstream in the order of the configuration (FirstSelection, Caddy 2.6.2). */
class FirstPolicy implements SelectionPolicy {
  readonly scores = NO_SCORES;
  readonly setsCookieOf = -1;
  readonly rule = "the first available upstream as written";

  select(pool: UpstreamPool): number {
    for (let u = 0; u < pool.count; u++) if (pool.isAvailable(u)) return u;
    return -1;
  }

  scoresOf(): readonly number[] {
    return [];
  }
}

export const FIRST: PolicyKind = {
  name: "first",
  describe: "the first available upstream as written: the others are its spares",
  make: () => new FirstPolicy(),
};
