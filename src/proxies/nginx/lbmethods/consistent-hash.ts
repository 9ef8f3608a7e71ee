import { keyCrc } from "../hash-key.ts";
import type { PeerChoice } from "../peer-choice.ts";
import type { PeerList } from "../peer-list.ts";
import { KetamaRing } from "./ketama-ring.ts";
import { BUSY, type LbMethod, MOST_TRIES } from "./lb-method.ts";
import { roundRobin } from "./round-robin.ts";

/**
 * Ketama consistent hashing (spec/nginx.md 2.5; ngx_http_upstream_get_chash_peer). Each step goes on by one point of the
 * ring, not by one server; servers with the same text share their points and take turns.
 */
export function consistentHash(servers: readonly { readonly text: string; readonly weight: number }[]): LbMethod {
  const ring = new KetamaRing(servers);
  let owners: readonly (readonly number[])[] | null = null;
  const pick = (choice: PeerChoice, nowS: number): number => {
    const { list, key } = choice;
    if (list !== choice.upstream.primary || list.single || key === "" || choice.tries > MOST_TRIES)
      return roundRobin(choice, nowS);
    if (choice.rehash === 0) {
      choice.hash = ring.find(keyCrc("", key));
      choice.rehash = 1;
    }
    owners ??= peersByText(list);
    for (;;) {
      const owner = ring.owners[choice.hash % ring.points.length] as number;
      const p = turnOf(choice, nowS, owners[owner] as readonly number[]);
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

/** Smooth weighted round robin among the eligible of the peers. */
function turnOf(choice: PeerChoice, nowS: number, peers: readonly number[]): number {
  const { list, nowMs } = choice;
  const { currentWeight } = list;
  let best = BUSY;
  let total = 0;
  for (const p of peers) {
    if (!choice.isEligible(p, nowS)) continue;
    total += list.gain(p, nowMs);
    if (best === BUSY || (currentWeight[p] as number) > (currentWeight[best] as number)) best = p;
  }
  if (best !== BUSY) currentWeight[best] = (currentWeight[best] as number) - total;
  return best;
}

/** The peers of each server text, in the order of the texts' first appearance. */
function peersByText({ lines }: PeerList): readonly (readonly number[])[] {
  const peers = new Map<string, number[]>();
  for (const [p, { line }] of lines.entries()) {
    const known = peers.get(line.text);
    if (known === undefined) peers.set(line.text, [p]);
    else known.push(p);
  }
  return [...peers.values()];
}
