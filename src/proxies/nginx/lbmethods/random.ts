import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { PeerChoice } from "../peer-choice.ts";
import { type LbMethod, MOST_TRIES } from "./lb-method.ts";
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

/**
 * Two different draws by weight, the one with fewer requests in flight for its weight wins, with equal load the second
 * (spec/nginx.md 2.6; ngx_http_upstream_get_random2_peer). A rejected or repeated draw costs a try.
 */
function randomTwo(choice: PeerChoice, nowS: number, source: RandomSource): number {
  const { list } = choice;
  if (list !== choice.upstream.primary || list.single) return roundRobin(choice, nowS);
  const { conns, weight } = list;
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
      (conns[p] as number) * (weight[first] as number) > (conns[first] as number) * (weight[p] as number);
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
  pick: randomTwo,
};
