import { crc32 } from "../../shared/crc32.ts";
import type { PeerChoice } from "../peer-choice.ts";
import { KetamaRing } from "./ketama-ring.ts";
import { BUSY, type LbMethod, MOST_TRIES } from "./lb-method.ts";
import { roundRobin } from "./round-robin.ts";

/**
 * Ketama consistent hashing (spec/nginx.md 2.5; ngx_http_upstream_get_chash_peer). Each step goes on by one point of the
 * ring, not by one server; servers with the same text share their points and take turns.
 */
export function consistentHash(servers: readonly { readonly text: string; readonly weight: number }[]): LbMethod {
  const ring = new KetamaRing(servers);
  const texts = [...new Set(servers.map(({ text }) => text))];
  const pick = (choice: PeerChoice, nowS: number): number => {
    const { list, key } = choice;
    if (list !== choice.upstream.primary || list.single || key === "" || choice.tries > MOST_TRIES)
      return roundRobin(choice, nowS);
    if (choice.rehash === 0) {
      choice.hash = ring.find(crc32(key));
      choice.rehash = 1;
    }
    for (;;) {
      const owner = ring.owners[choice.hash % ring.points.length] as number;
      const p = turnOf(choice, nowS, texts[owner] as string);
      if (p !== BUSY) {
        choice.selected(p, nowS);
        return p;
      }
      choice.hash++;
      if (++choice.tries > MOST_TRIES) return roundRobin(choice, nowS);
    }
  };
  return { name: "hash", describe: "by a key of the request, on a ketama ring", pick };
}

/** Smooth weighted round robin among the eligible peers of one server text. */
function turnOf(choice: PeerChoice, nowS: number, text: string): number {
  const { list } = choice;
  const { currentWeight, effectiveWeight, weight } = list;
  let best = BUSY;
  let total = 0;
  for (let p = 0; p < list.count; p++) {
    if (list.lines[p]?.line.text !== text || !choice.isEligible(p, nowS)) continue;
    const gain = effectiveWeight[p] as number;
    currentWeight[p] = (currentWeight[p] as number) + gain;
    total += gain;
    if (gain < (weight[p] as number)) effectiveWeight[p] = gain + 1;
    if (best === BUSY || (currentWeight[p] as number) > (currentWeight[best] as number)) best = p;
  }
  if (best !== BUSY) currentWeight[best] = (currentWeight[best] as number) - total;
  return best;
}
