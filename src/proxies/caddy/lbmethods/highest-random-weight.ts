import type { RandomSource } from "../../../contract/proxy-machine.ts";
import { FNV1A_OFFSET, fnv1a } from "../../shared/fnv1a.ts";
import { utf8Bytes } from "../../shared/utf8-bytes.ts";
import type { UpstreamPool } from "../upstream-pool.ts";
import { DialHashes } from "./dial-hashes.ts";
import { selectRandom } from "./random.ts";
import type { Selecting, SelectionPolicy } from "./selection-policy.ts";

/** So many keys are remembered at most. */
const MOST_KEYS = 65_536;

const SCORES: readonly string[] = ["hash"];

/** Text that a policy hashes; null = there is none, and the choice is random. */
export type KeyOf = (request: Selecting) => string | null;

/**
 * Highest random weight (rendezvous) hashing (hostByHashing, Caddy 2.6.2): of the available upstreams the one whose
 * FNV-1a-32 of key + dial text is greatest; the first wins a tie, 0 never wins.
 */
export class HighestRandomWeight implements SelectionPolicy {
  readonly scores = SCORES;
  readonly setsCookieOf = -1;
  rule = "";
  private readonly keyOf: KeyOf;
  private readonly hashes: DialHashes;
  private readonly firsts = new Map<string, number>();

  constructor(pool: UpstreamPool, keyOf: KeyOf) {
    this.keyOf = keyOf;
    this.hashes = new DialHashes(pool.dials);
  }

  select(pool: UpstreamPool, request: Selecting, random: RandomSource): number {
    const key = this.keyOf(request);
    if (key === null) {
      this.rule = "the request has nothing to hash: at random among the available upstreams";
      return selectRandom(pool, random);
    }
    this.rule = "greatest hash of key and address among the available upstreams";
    const first = this.firstOf(key);
    if (first < 0 || pool.isAvailable(first)) return first;
    return this.hashes.greatest(hashOf(key), (upstream) => pool.isAvailable(upstream));
  }

  /** The upstream with the greatest hash of all, available or not; that of the same key is the same for ever. */
  private firstOf(key: string): number {
    const known = this.firsts.get(key);
    if (known !== undefined) return known;
    const first = this.hashes.greatest(hashOf(key), () => true);
    if (this.firsts.size >= MOST_KEYS) this.firsts.clear();
    this.firsts.set(key, first);
    return first;
  }

  scoresOf(pool: UpstreamPool, upstream: number, request: Selecting): readonly number[] {
    const key = this.keyOf(request);
    if (key === null) return [0];
    return [fnv1a(hashOf(key), utf8Bytes(pool.dials[upstream] as string))];
  }
}

function hashOf(key: string): number {
  return fnv1a(FNV1A_OFFSET, utf8Bytes(key));
}
