import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { UpstreamPool } from "../upstream-pool.ts";
import { NO_SCORES, type PolicyKind, type SelectionPolicy } from "./selection-policy.ts";

/** Draws before the available ones are counted. */
const TRIES = 8;

/**
 * One of the available upstreams with equal chances (selectRandomHost, Caddy 2.6.2). Caddy samples a reservoir, one throw
 * an upstream. Here any upstream is drawn until one is available, or after some tries one of those that are: both give each
 * the same chance.
 */
export function selectRandom(pool: UpstreamPool, random: RandomSource): number {
  for (let t = 0; t < TRIES && pool.count > 0; t++) {
    const u = random.nextInt(pool.count);
    if (pool.isAvailable(u)) return u;
  }
  let available = 0;
  for (let u = 0; u < pool.count; u++) if (pool.isAvailable(u)) available++;
  if (available === 0) return -1;
  let skip = available === 1 ? 0 : random.nextInt(available);
  for (let u = 0; u < pool.count; u++) if (pool.isAvailable(u) && skip-- === 0) return u;
  return -1;
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
