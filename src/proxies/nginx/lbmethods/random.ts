import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { PeerChoice } from "../peer-choice.ts";
import type { PeerList } from "../peer-list.ts";
import { type LbMethod, MOST_TRIES } from "./lb-method.ts";
import { estimatedMs, type LeastTime, timed } from "./least-time.ts";
import { roundRobin } from "./round-robin.ts";
import { weightedSlot } from "./weighted-slot.ts";

/** One draw by weight (spec/nginx.md 2.6; ngx_http_upstream_get_random_peer). */
function random(choice: PeerChoice, nowS: number, source: RandomSource): number {
  const { list } = choice;
  if (list !== choice.upstream.primary || list.single) return roundRobin(choice, nowS);
  while (choice.tries <= MOST_TRIES) {
    const p = weightedSlot(list, source.nextInt(list.totalWeight));
    if (choice.isEligible(p, nowS)) {
      choice.selected(p, nowS);
      return p;
    }
    choice.tries++;
  }
  return roundRobin(choice, nowS);
}

/** What the two draws are compared by, the less the better. */
type Load = (list: PeerList, p: number, nowS: number) => number;

/**
 * Two different draws by weight, the one with fewer requests in flight for its weight wins, with equal load the second
 * (spec/nginx.md 2.6; ngx_http_upstream_get_random2_peer). A rejected or repeated draw costs a try.
 */
function two(choice: PeerChoice, nowS: number, source: RandomSource, load: Load): number {
  const { list } = choice;
  if (list !== choice.upstream.primary || list.single) return roundRobin(choice, nowS);
  const { weight } = list;
  let first = -1;
  while (choice.tries <= MOST_TRIES) {
    const p = weightedSlot(list, source.nextInt(list.totalWeight));
    if (p === first || !choice.isEligible(p, nowS)) {
      choice.tries++;
      continue;
    }
    if (first < 0) {
      first = p;
      continue;
    }
    const isFirstLighter =
      load(list, p, nowS) * (weight[first] as number) > load(list, first, nowS) * (weight[p] as number);
    const chosen = isFirstLighter ? first : p;
    choice.selected(chosen, nowS);
    return chosen;
  }
  return roundRobin(choice, nowS);
}

export const RANDOM: LbMethod = { name: "random", describe: "at random by weight", pick: random };
export const RANDOM_TWO: LbMethod = {
  name: "random two",
  describe: "the less busy of two draws by weight",
  pick: (choice, nowS, source) => two(choice, nowS, source, ({ conns }, p) => conns[p] as number),
};

/** `random two least_time=…` of NGINX Plus, whose formula is not public: that of least_time (stated assumption). */
export function randomTwoLeastTime(of: LeastTime["of"]): LbMethod {
  return {
    name: "random two",
    describe: "the faster of two draws by weight",
    pick: (choice, nowS, source) => two(choice, nowS, source, (list, p, second) => estimatedMs(list, p, second, of)),
    ...timed({ of, inflight: false }),
  };
}
