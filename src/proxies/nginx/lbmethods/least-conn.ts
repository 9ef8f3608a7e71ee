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
  if (choice.isPlain()) return plainPick(choice, nowS);
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

/** The same when every peer takes part with its full weight, as in most picks. */
function plainPick(choice: PeerChoice, nowS: number): number {
  const { conns, weight, currentWeight, count } = choice.list;
  let best = 0;
  let tied = false;
  for (let p = 1; p < count; p++) {
    const left = (conns[p] as number) * (weight[best] as number);
    const right = (conns[best] as number) * (weight[p] as number);
    if (left < right) {
      best = p;
      tied = false;
    } else if (left === right) tied = true;
  }
  if (tied) {
    const load = conns[best] as number;
    const share = weight[best] as number;
    let total = 0;
    let most = Number.NEGATIVE_INFINITY;
    // Of the tied, the first has been found already; those before it carry more.
    for (let p = best; p < count; p++) {
      if ((conns[p] as number) * share !== load * (weight[p] as number)) continue;
      const gain = weight[p] as number;
      const current = (currentWeight[p] as number) + gain;
      currentWeight[p] = current;
      total += gain;
      if (current > most) {
        most = current;
        best = p;
      }
    }
    currentWeight[best] = most - total;
  }
  choice.selected(best, nowS);
  return best;
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
