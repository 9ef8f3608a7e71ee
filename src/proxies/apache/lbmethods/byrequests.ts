import type { Balancer } from "../balancer.ts";
import { bestWorker } from "../best-worker.ts";
import type { LbMethod } from "./lb-method.ts";

/**
 * Requests are dealt out in the proportion of the load factors, as evenly interleaved as possible: every candidate gains
 * its factor, the one with the most is chosen and pays what all gained. The sum of all lbstatus never changes.
 *
 *   factors 5 1 1:   gained  5  1  1 -> first  pays 7:  -2  1  1
 *                            3  2  2 -> first:          -4  2  2
 *                            1  3  3 -> second:          1 -4  3   … 1 1 2 1 3 1 1, again from the start
 *
 * Tie: the member earlier in the configuration (strictly greater wins). Only candidates gain: a member that was out takes
 * its normal place when it is back. Source: mod_lbmethod_byrequests.c, httpd 2.4.71; spec/apache.md 4.1.
 */
export const byrequests: LbMethod = {
  name: "byrequests",
  describe: "shares requests in the proportion of the load factors, evenly interleaved",
  scores: ["lbstatus"],
  pick(balancer, nowUs) {
    if (balancer.allOrdinary) return pickAmongAll(balancer);
    balancer.pickTotal = 0;
    const best = bestWorker(balancer, nowUs, hasMoreQuota);
    if (best >= 0) payQuota(balancer, best);
    return best;
  },
};

function hasMoreQuota(balancer: Balancer, m: number, best: number): boolean {
  gainQuota(balancer, m);
  const { lbstatus } = balancer.slots;
  return best < 0 || (lbstatus[m] as number) > (lbstatus[best] as number);
}

/** The walk when all members are candidates, as one loop over two columns. */
function pickAmongAll(balancer: Balancer): number {
  const { lbstatus, factor } = balancer.slots;
  const count = lbstatus.length;
  let best = 0;
  let most = -2147483648;
  for (let m = 0; m < count; m++) {
    const gained = ((lbstatus[m] as number) + (factor[m] as number)) | 0;
    lbstatus[m] = gained;
    if (gained > most) {
      most = gained;
      best = m;
    }
  }
  lbstatus[best] = most - balancer.factorSum;
  return best;
}

/** A candidate gains its factor. Shared with bybusyness, which does the same bookkeeping. */
export function gainQuota(balancer: Balancer, m: number): void {
  const { lbstatus, factor } = balancer.slots;
  const quota = factor[m] as number;
  lbstatus[m] = (lbstatus[m] as number) + quota;
  balancer.pickTotal += quota;
}

/** The chosen member pays what all candidates of this pick gained. */
export function payQuota(balancer: Balancer, m: number): void {
  const { lbstatus } = balancer.slots;
  lbstatus[m] = (lbstatus[m] as number) - balancer.pickTotal;
}
