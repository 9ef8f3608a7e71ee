import type { Balancer } from "../balancer.ts";
import { bestWorker } from "../best-worker.ts";
import { gainQuota, payQuota } from "./byrequests.ts";
import type { LbMethod } from "./lb-method.ts";

/**
 * The member with the fewest requests in flight, whatever the load factors. Among equals the quota of byrequests decides,
 * which keeps running while busyness decides; so after a long imbalance one member can win many ties in a row.
 *
 *   busy 1 0 0, equal factors, lbstatus 0 0 0: the second (tie of second and third, the earlier one)
 *
 * Tie of both: the member earlier in the configuration. Source: mod_lbmethod_bybusyness.c, httpd 2.4.71; spec/apache.md 4.2.
 */
export const bybusyness: LbMethod = {
  name: "bybusyness",
  describe: "chooses the member with the fewest requests in flight; load factors only break ties",
  scores: ["busy", "lbstatus"],
  pick(balancer, nowUs) {
    if (balancer.allOrdinary) return pickAmongAll(balancer);
    balancer.pickTotal = 0;
    const best = bestWorker(balancer, nowUs, isLessBusy);
    if (best >= 0) payQuota(balancer, best);
    return best;
  },
};

function isLessBusy(balancer: Balancer, m: number, best: number): boolean {
  gainQuota(balancer, m);
  if (best < 0) return true;
  const { busy, lbstatus } = balancer.slots;
  const mine = busy[m] as number;
  const other = busy[best] as number;
  return mine < other || (mine === other && (lbstatus[m] as number) > (lbstatus[best] as number));
}

/** The walk when all members are candidates, as one loop. */
function pickAmongAll(balancer: Balancer): number {
  const { lbstatus, factor, busy } = balancer.slots;
  const count = lbstatus.length;
  let best = 0;
  let most = 0;
  let least = 2147483647;
  for (let m = 0; m < count; m++) {
    const gained = ((lbstatus[m] as number) + (factor[m] as number)) | 0;
    lbstatus[m] = gained;
    const flying = busy[m] as number;
    if (flying < least || (flying === least && gained > most)) {
      least = flying;
      most = gained;
      best = m;
    }
  }
  lbstatus[best] = most - balancer.factorSum;
  return best;
}
