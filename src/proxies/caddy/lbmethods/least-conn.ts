import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { UpstreamPool } from "../upstream-pool.ts";
import type { PolicyKind, SelectionPolicy } from "./selection-policy.ts";

const SCORES: readonly string[] = ["num_requests"];

/**
 * Fewest requests in flight, ties at random (LeastConnSelection, Caddy 2.6.2). Caddy throws a die for every upstream that
 * is as good as the best so far; one throw among all that are best gives each the same chance.
 */
class LeastConnPolicy implements SelectionPolicy {
  readonly scores = SCORES;
  readonly setsCookieOf = -1;
  readonly rule = "fewest requests; a tie is decided at random";

  select(pool: UpstreamPool, _request: unknown, random: RandomSource): number {
    let least = -1;
    let ties = 0;
    for (let u = 0; u < pool.count; u++) {
      if (!pool.isAvailable(u)) continue;
      const requests = pool.requests(u);
      if (least < 0 || requests < least) {
        least = requests;
        ties = 0;
      }
      if (requests === least) ties++;
    }
    if (ties === 0) return -1;
    let skip = ties === 1 ? 0 : random.nextInt(ties);
    for (let u = 0; u < pool.count; u++)
      if (pool.requests(u) === least && pool.isAvailable(u) && skip-- === 0) return u;
    return -1;
  }

  scoresOf(pool: UpstreamPool, upstream: number): readonly number[] {
    return [pool.requests(upstream)];
  }
}

export const LEAST_CONN: PolicyKind = {
  name: "least_conn",
  describe: "the available upstream with the fewest requests in flight",
  make: () => new LeastConnPolicy(),
};
