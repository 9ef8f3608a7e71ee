import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { UpstreamPool } from "../upstream-pool.ts";
import type { PolicyKind, SelectionPolicy } from "./selection-policy.ts";

const SCORES: readonly string[] = ["num_requests"];

/**
 * N places that the available upstreams fill at random, of them one with few requests (RandomChoiceSelection and
 * leastRequests, Caddy 2.6.2). The upstream with index i goes to place 0 … i at random and overwrites who is there, or
 * falls out when the place is N or more: there may be fewer candidates than N, and none although an upstream is
 * available. An idle candidate wins at once; the list from which the last draw is made keeps entries that were least when
 * they were met.
 */
class RandomChoosePolicy implements SelectionPolicy {
  readonly scores = SCORES;
  readonly setsCookieOf = -1;
  readonly rule = "few requests among candidates chosen at random";
  private readonly choose: number;
  private readonly places: Int32Array;

  constructor(choose: number, count: number) {
    this.choose = Math.min(choose, count);
    this.places = new Int32Array(this.choose);
  }

  select(pool: UpstreamPool, _request: unknown, random: RandomSource): number {
    const { places } = this;
    places.fill(-1);
    for (let u = 0; u < pool.count; u++) {
      if (!pool.isAvailable(u)) continue;
      const place = random.nextInt(u + 1);
      if (place < this.choose) places[place] = u;
    }
    return leastRequests(pool, places, random);
  }

  scoresOf(pool: UpstreamPool, upstream: number): readonly number[] {
    return [pool.requests(upstream)];
  }
}

function leastRequests(pool: UpstreamPool, candidates: Int32Array, random: RandomSource): number {
  const best: number[] = [];
  let least = -1;
  for (const u of candidates) {
    if (u < 0) continue;
    const requests = pool.requests(u);
    if (requests === 0) return u;
    if (least < 0 || requests <= least) {
      least = requests;
      best.push(u);
    }
  }
  return best.length === 0 ? -1 : (best[random.nextInt(best.length)] as number);
}

export const RANDOM_CHOOSE: PolicyKind = {
  name: "random_choose",
  describe: "N candidates at random, of them one with few requests",
  make: ({ choose }, pool) => new RandomChoosePolicy(choose, pool.count),
};
