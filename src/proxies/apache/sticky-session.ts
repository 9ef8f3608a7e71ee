import type { Balancer } from "./balancer.ts";
import { isUsableAfterRetry } from "./error-state.ts";
import type { SessionValue } from "./session-value.ts";
import { Flag, isUsableStatus } from "./worker-status.ts";

/**
 * The member that a session leads to, or -1 (spec/apache.md 5; httpd: find_route_worker of mod_proxy_balancer.c). Draining
 * members, spares and members of any lbset are found; standbys too, but after all others, so that a standby with the
 * route of its master takes the master's sessions over. A member that is out passes the search on to its `redirect`.
 */
export function memberOfSession(balancer: Balancer, session: SessionValue, nowUs: number): number {
  const members = session.membersIn(balancer);
  if (members.length === 1) {
    const m = members[0] as number;
    if (isUsableStatus(balancer.status(m))) return m;
  }
  return memberAmong(balancer, members, nowUs, 1);
}

function memberAmong(balancer: Balancer, members: Int32Array, nowUs: number, depth: number): number {
  for (let pass = 0; pass < 2; pass++) {
    for (const m of members) {
      const isStandby = (balancer.status(m) & Flag.H) !== 0;
      if (isStandby !== (pass === 1)) continue;
      if (isUsableAfterRetry(balancer, m, nowUs)) return m;
      const redirect = balancer.redirects[m] as string;
      if (redirect === "" || depth >= balancer.slots.count) continue;
      const other = memberAmong(balancer, balancer.membersOfRoute(redirect), nowUs, depth + 1);
      if (other >= 0 && isUsableAfterRetry(balancer, other, nowUs)) return other;
    }
  }
  return -1;
}

/**
 * The bookkeeping of a request that follows its session, for every method (4.5): all usable members, of whatever lbset
 * and role, gain their factor, and the session's member pays the sum.
 */
export function countSessionHit(balancer: Balancer, member: number): void {
  const { lbstatus, factor, status, count } = balancer.slots;
  let total = 0;
  if (balancer.allOrdinary) {
    for (let m = 0; m < count; m++) lbstatus[m] = (lbstatus[m] as number) + (factor[m] as number);
    total = balancer.factorSum;
  } else {
    for (let m = 0; m < count; m++) {
      if (!isUsableStatus(status[m] as number)) continue;
      lbstatus[m] = (lbstatus[m] as number) + (factor[m] as number);
      total += factor[m] as number;
    }
  }
  lbstatus[member] = (lbstatus[member] as number) - total;
}
