import { hashedOctets } from "../client-address.ts";
import type { PeerChoice } from "../peer-choice.ts";
import { type LbMethod, MOST_TRIES } from "./lb-method.ts";
import { roundRobin } from "./round-robin.ts";
import { weightedSlot } from "./weighted-slot.ts";

const START = 89;
const FACTOR = 113;
const MODULUS = 6271;

/**
 * By the client's address: three octets of IPv4, all sixteen of IPv6 (spec/nginx.md 2.3; ngx_http_upstream_get_ip_hash_peer).
 * The chain of hashes goes on over the attempts of a request; servers marked `down` keep their slots.
 */
function ipHash(choice: PeerChoice, nowS: number): number {
  const { list } = choice;
  if (list !== choice.upstream.primary || list.single || choice.tries > MOST_TRIES) return roundRobin(choice, nowS);
  const octets = hashedOctets(choice.key);
  let hash = choice.rehash === 0 ? START : choice.hash;
  for (;;) {
    for (const octet of octets) hash = (hash * FACTOR + octet) % MODULUS;
    const p = weightedSlot(list, hash);
    if (choice.isEligible(p, nowS)) {
      choice.hash = hash;
      choice.rehash = 1;
      choice.selected(p, nowS);
      return p;
    }
    if (++choice.tries > MOST_TRIES) return roundRobin(choice, nowS);
  }
}

export const IP_HASH: LbMethod = {
  name: "ip_hash",
  describe: "by three octets of an IPv4 address, or a whole IPv6 address",
  pick: ipHash,
};
