import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { UpstreamPool } from "../upstream-pool.ts";
import { NO_SCORES, type PolicyKind, type SelectionPolicy } from "./selection-policy.ts";

/** One of the available upstreams with equal chances: reservoir sampling (selectRandomHost, Caddy 2.6.2). */
export function selectRandom(pool: UpstreamPool, random: RandomSource): number {
  let chosen = -1;
  let seen = 0;
  for (let u = 0; u < pool.count; u++) {
    if (!pool.isAvailable(u)) continue;
    seen++;
    if (seen === 1 || random.nextInt(seen) === 0) chosen = u;
  }
  return chosen;
}

class RandomPolicy implements SelectionPolicy {
  readonly scores = NO_SCORES;
  readonly setsCookieOf = -1;
  readonly rule = "at random among the available upstreams";

  select(pool: UpstreamPool, _request: unknown, random: RandomSource): number {
    return selectRandom(pool, random);
  }

  scoresOf(): readonly number[] {
    return [];
  }
}

export const RANDOM: PolicyKind = {
  name: "random",
  describe: "an available upstream at random (the default)",
  make: () => new RandomPolicy(),
};
