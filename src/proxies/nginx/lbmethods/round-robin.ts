import type { PeerChoice } from "../peer-choice.ts";
import { BUSY, type LbMethod } from "./lb-method.ts";

/**
 * Smooth weighted round robin (spec/nginx.md 2.1; nginx 1.22.1: ngx_http_upstream_get_round_robin_peer): every eligible
 * peer gains its effective weight, the one with the most pays the sum of what was gained. A weight that failures have
 * lowered regains 1 each time the peer is looked at.
 */
export function roundRobin(choice: PeerChoice, nowS: number): number {
  const { list, nowMs } = choice;
  if (list.single) return single(choice);
  if (choice.isPlain()) return plainTurn(choice, nowS);
  const { currentWeight } = list;
  let best = BUSY;
  let total = 0;
  for (let p = 0; p < list.count; p++) {
    if (!choice.isEligible(p, nowS)) continue;
    total += list.gain(p, nowMs);
    if (best === BUSY || (currentWeight[p] as number) > (currentWeight[best] as number)) best = p;
  }
  if (best === BUSY) return choice.useBackup() ? roundRobin(choice, nowS) : BUSY;
  currentWeight[best] = (currentWeight[best] as number) - total;
  choice.selected(best, nowS);
  return best;
}

/** The same when every peer takes part with its full weight, as in most picks. */
function plainTurn(choice: PeerChoice, nowS: number): number {
  const { currentWeight, weight, count, totalWeight } = choice.list;
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let p = 0; p < count; p++) {
    const current = (currentWeight[p] as number) + (weight[p] as number);
    currentWeight[p] = current;
    if (current > most) {
      most = current;
      best = p;
    }
  }
  currentWeight[best] = most - totalWeight;
  choice.selected(best, nowS);
  return best;
}

/** Fails and bans of an only server are not looked at, nor is it remembered as tried. */
function single({ list }: PeerChoice): number {
  if (list.isOut(0) || list.isFull(0)) return BUSY;
  list.conns[0] = (list.conns[0] as number) + 1;
  list.requests[0] = (list.requests[0] as number) + 1;
  return 0;
}

export const ROUND_ROBIN: LbMethod = {
  name: "round_robin",
  describe: "smooth weighted round robin, the default",
  pick: roundRobin,
};
