import type { Balancer } from "./balancer.ts";
import { isUsableAfterRetry, isWindowOver, wouldForceRecovery } from "./error-state.ts";
import { Flag, isUsableStatus } from "./worker-status.ts";

/**
 * Whether member `m` is better than the best so far (`best` = -1: none yet). Called once per candidate, and free to count
 * that it was: byrequests and bybusyness hand out the quota here.
 */
export type Better = (balancer: Balancer, m: number, best: number) => boolean;

/**
 * The walk that all methods but heartbeat share (spec/apache.md 3; httpd: ap_proxy_balancer_get_best_worker of
 * proxy_util.c): lbsets in rising order, in each first the ordinary members, then as many spares as members are out,
 * then, when nobody is left, the standbys. Members that are not passed to `better` don't move.
 *
 * @returns index of the member, or -1
 */
export function bestWorker(balancer: Balancer, nowUs: number, better: Better): number {
  for (const set of balancer.lbsets) {
    const best = bestOfSet(balancer, set, nowUs, better);
    if (best >= 0) return best;
  }
  return -1;
}

function bestOfSet(balancer: Balancer, set: number, nowUs: number, better: Better): number {
  const { spares, standbys, slots } = balancer;
  const { count, lbset, status } = slots;
  let best = -1;
  let unusable = 0;
  let spareCount = 0;
  let standbyCount = 0;
  for (let m = 0; m < count; m++) {
    if (lbset[m] !== set) continue;
    const flags = status[m] as number;
    if ((flags & Flag.N) !== 0) {
      if ((flags & (Flag.R | Flag.H)) === 0) unusable++;
      continue;
    }
    const usable = isUsableStatus(flags) || isUsableAfterRetry(balancer, m, nowUs);
    if ((flags & Flag.R) !== 0) {
      if (usable) spares[spareCount++] = m;
    } else if ((flags & Flag.H) !== 0) {
      if (usable) standbys[standbyCount++] = m;
    } else if (!usable) {
      unusable++;
    } else if (better(balancer, m, best)) {
      best = m;
    }
  }
  for (let i = 0; i < spareCount && i < unusable; i++) {
    const m = spares[i] as number;
    if (better(balancer, m, best)) best = m;
  }
  if (best >= 0) return best;
  for (let i = 0; i < standbyCount; i++) {
    const m = standbys[i] as number;
    if (better(balancer, m, best)) best = m;
  }
  return best;
}

/** Would be usable if somebody looked at it now; changes nothing. `forced` = all windows are opened first. */
function wouldBeUsable(balancer: Balancer, m: number, nowUs: number, forced: boolean): boolean {
  const flags = balancer.status(m);
  if (isUsableStatus(flags)) return true;
  return isUsableStatus(flags & ~Flag.E) && (forced || isWindowOver(balancer, m, nowUs));
}

/**
 * Whether the walk would pass this member to the method now, forced recovery included (6.3). A question only: opens no
 * retry window, hands out no quota.
 */
export function isCandidate(balancer: Balancer, member: number, nowUs: number): boolean {
  if (balancer.allOrdinary) return true;
  const { count, lbset } = balancer.slots;
  const forced = wouldForceRecovery(balancer, nowUs);
  for (const set of balancer.lbsets) {
    const candidates: number[] = [];
    const spares: number[] = [];
    const standbys: number[] = [];
    let unusable = 0;
    for (let m = 0; m < count; m++) {
      if (lbset[m] !== set) continue;
      const flags = balancer.status(m);
      const usable = (flags & Flag.N) === 0 && wouldBeUsable(balancer, m, nowUs, forced);
      if ((flags & (Flag.R | Flag.H)) !== 0) {
        if (usable) ((flags & Flag.R) !== 0 ? spares : standbys).push(m);
      } else if (usable) candidates.push(m);
      else unusable++;
    }
    candidates.push(...spares.slice(0, unusable));
    if (candidates.length === 0) candidates.push(...standbys);
    if (candidates.length > 0) return candidates.includes(member);
  }
  return false;
}
