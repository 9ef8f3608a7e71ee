import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { UpstreamPool } from "../upstream-pool.ts";
import type { PolicyKind, SelectionPolicy } from "./selection-policy.ts";

const SCORES: readonly string[] = ["num_requests"];

/** Fewest requests in flight, ties at random (LeastConnSelection, Caddy 2.6.2). */
class LeastConnPolicy implements SelectionPolicy {
  readonly scores = SCORES;
  readonly setsCookieOf = -1;
  readonly rule = "fewest requests; a tie is decided at random";

  select(pool: UpstreamPool, _request: unknown, random: RandomSource): number {
    let chosen = -1;
    let least = -1;
    let ties = 0;
    for (let u = 0; u < pool.count; u++) {
      if (!pool.isAvailable(u)) continue;
      const requests = pool.requests(u);
      if (least < 0 || requests < least) {
        least = requests;
        ties = 0;
      }
      if (requests !== least) continue;
      ties++;
      if (ties === 1 || random.nextInt(ties) === 0) chosen = u;
    }
    return chosen;
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
