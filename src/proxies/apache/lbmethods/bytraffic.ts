import type { Balancer } from "../balancer.ts";
import { bestWorker } from "../best-worker.ts";
import type { LbMethod } from "./lb-method.ts";

/**
 * The member that carried the least traffic for its load factor. Load = ⌊sent / factor⌋ + ⌊read / factor⌋ with the factor
 * × 100, so traffic is counted in steps of loadfactor × 100 bytes and smaller differences are ties.
 *
 *   loadfactor 1 (factor 100): sent 174 twice, read 79 twice: ⌊348/100⌋ + ⌊158/100⌋ = 3 + 1 = 4
 *
 * Tie: the member earlier in the configuration (strictly less wins). A member that was out catches up by a run of picks.
 * Source: mod_lbmethod_bytraffic.c, httpd 2.4.71; spec/apache.md 4.3.
 */
export const bytraffic: LbMethod = {
  name: "bytraffic",
  describe: "chooses the member that carried the fewest bytes for its load factor",
  scores: ["traffic"],
  pick(balancer, nowUs) {
    return bestWorker(balancer, nowUs, hasLessTraffic);
  },
};

/** The walk asks with the best so far, whose traffic is kept from when it became that. */
function hasLessTraffic(balancer: Balancer, m: number, best: number): boolean {
  const traffic = trafficOf(balancer, m);
  if (best >= 0 && traffic >= balancer.leastTraffic) return false;
  balancer.leastTraffic = traffic;
  return true;
}

/** What the method compares: bytes per step of loadfactor × 100, each direction cut to an integer. */
export function trafficOf(balancer: Balancer, m: number): number {
  const { sent, read, factor } = balancer.slots;
  const step = factor[m] as number;
  return Math.floor((sent[m] as number) / step) + Math.floor((read[m] as number) / step);
}
