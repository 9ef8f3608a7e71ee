import { keyCrc } from "../hash-key.ts";
import type { PeerChoice } from "../peer-choice.ts";
import { type LbMethod, MOST_TRIES } from "./lb-method.ts";
import { roundRobin } from "./round-robin.ts";
import { weightedSlot } from "./weighted-slot.ts";

const TWO_POW_32 = 4_294_967_296;

/**
 * CRC-32 of a key, rehashed with a number before it (spec/nginx.md 2.4; ngx_http_upstream_get_hash_peer). The sum of all
 * hashes so far decides, and goes on over the attempts of a request.
 */
function hash(choice: PeerChoice, nowS: number): number {
  const { list, key } = choice;
  if (list !== choice.upstream.primary || list.single || key === "" || choice.tries > MOST_TRIES)
    return roundRobin(choice, nowS);
  for (;;) {
    const crc = keyCrc(choice.rehash > 0 ? String(choice.rehash) : "", key);
    choice.hash = (choice.hash + ((crc >>> 16) & 0x7fff)) % TWO_POW_32;
    choice.rehash++;
    const p = weightedSlot(list, choice.hash);
    if (choice.isEligible(p, nowS)) {
      choice.selected(p, nowS);
      return p;
    }
    if (++choice.tries > MOST_TRIES) return roundRobin(choice, nowS);
  }
}

export const HASH: LbMethod = { name: "hash", describe: "by a key of the request", pick: hash };
