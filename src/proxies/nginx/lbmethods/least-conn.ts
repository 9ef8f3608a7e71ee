import type { PeerChoice } from "../peer-choice.ts";
import { BUSY, type LbMethod } from "./lb-method.ts";
import { roundRobin } from "./round-robin.ts";

/**
 * Fewest requests in flight for the configured weight; ties by smooth weighted round robin among the tied, and without a tie no
 * weight moves (spec/nginx.md 2.2; ngx_http_upstream_get_least_conn_peer).
 */
function leastConn(choice: PeerChoice, nowS: number): number {
  const { list, nowMs } = choice;
  if (list.single) return roundRobin(choice, nowS);
  const { conns } = list;
  let best = BUSY;
  let isTied = false;
  for (let p = 0; p < list.count; p++) {
    if (!choice.isEligible(p, nowS)) continue;
    if (best === BUSY) {
      best = p;
      continue;
    }
    const left = (conns[p] as number) * list.shareOf(best, nowMs);
    const right = (conns[best] as number) * list.shareOf(p, nowMs);
    if (left < right) {
      best = p;
      isTied = false;
    } else if (left === right) isTied = true;
  }
  if (best === BUSY) return choice.useBackup() ? leastConn(choice, nowS) : BUSY;
  const chosen = isTied ? breakTie(choice, nowS, best) : best;
  choice.selected(chosen, nowS);
  return chosen;
}

function breakTie(choice: PeerChoice, nowS: number, first: number): number {
  const { list, nowMs } = choice;
  const { conns, currentWeight, count } = list;
  let best = first;
  let total = 0;
  for (let p = first; p < count; p++) {
    if (!choice.isEligible(p, nowS)) continue;
    const left = (conns[p] as number) * list.shareOf(best, nowMs);
    if (left !== (conns[best] as number) * list.shareOf(p, nowMs)) continue;
    total += list.gain(p, nowMs);
    if ((currentWeight[p] as number) > (currentWeight[best] as number)) best = p;
  }
  currentWeight[best] = (currentWeight[best] as number) - total;
  return best;
}

export const LEAST_CONN: LbMethod = {
  name: "least_conn",
  describe: "fewest requests in flight for the weight",
  pick: leastConn,
};
