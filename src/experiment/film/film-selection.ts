import { SmallestHashes } from "./smallest-hashes.ts";

/** A request that starts this soon after a fault or a change of a member's state belongs to the story of that change. */
const AFTER_CHANGE_US = 2_000_000;

/** Shares of the places: requests that failed or lost a session, those right after a change, and all others. */
const FAILED_SHARE = 0.5;
const CHANGE_SHARE = 0.25;

/**
 * Which requests a film keeps when there are too many to keep them all: a sample of each of three strata, by a hash of the
 * request's identity, so that all variants keep the same requests wherever they can.
 */
export class FilmSelection {
  private readonly failed: SmallestHashes;
  private readonly afterChange: SmallestHashes;
  private readonly others: SmallestHashes;
  private readonly most: number;
  private changedUs = Number.NEGATIVE_INFINITY;

  /** @param most requests to choose */
  constructor(most: number) {
    const failed = Math.floor(most * FAILED_SHARE);
    const afterChange = Math.floor(most * CHANGE_SHARE);
    this.failed = new SmallestHashes(failed);
    this.afterChange = new SmallestHashes(afterChange);
    // What the other two leave free is theirs as well.
    this.most = most;
    this.others = new SmallestHashes(most);
  }

  /** A fault began or ended, or a member's state changed. */
  changed(nowUs: number): void {
    this.changedUs = nowUs;
  }

  /** True for a request that starts now and is told apart by the change before it. */
  isNearChange(nowUs: number): boolean {
    return nowUs - this.changedUs < AFTER_CHANGE_US;
  }

  offer(rank: number, hash: number, good: boolean, loss: string | null, nearChange: boolean): void {
    const stratum = !good || loss !== null ? this.failed : nearChange ? this.afterChange : this.others;
    stratum.offer(hash, rank);
  }

  /** Ranks of the chosen requests; of fewer places than there were, every stratum loses as many. */
  ranks(places = this.most): ReadonlySet<number> {
    const first = [
      ...this.failed.smallest(Math.floor(places * FAILED_SHARE)),
      ...this.afterChange.smallest(Math.floor(places * CHANGE_SHARE)),
    ];
    return new Set([...first, ...this.others.smallest(places - first.length)]);
  }
}

/** A well-mixed 32-bit hash of a request's identity (finaliser of MurmurHash3 over three multiplied words). */
export function identityHash(client: number, session: number, ordinal: number, tryNumber: number): number {
  let hash =
    Math.imul(client, 0x9e3779b1) ^
    Math.imul(session + 1, 0x85ebca6b) ^
    Math.imul(ordinal * 64 + tryNumber, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
