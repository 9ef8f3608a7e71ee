import type { PeerList } from "./peer-list.ts";
import type { Upstream } from "./upstream.ts";

/** What one request knows about its choices: which list it is in, whom it has tried, how far its hash chain went. */
export class PeerChoice {
  upstream!: Upstream;
  list!: PeerList;
  /** Peers of the list that the request has tried. */
  private readonly tried: number[] = [];
  /** Key of hash and consistent hash, address of ip_hash. */
  key = "";
  /** State of the hash chains, kept over the attempts of a request. */
  hash = 0;
  rehash = 0;
  tries = 0;
  /** Millisecond clock of the attempt: now, when it began, and after how long its head came (-1 = not yet). */
  nowMs = 0;
  startedMs = 0;
  headMs = -1;
  /** Its time is counted among those that wait (`least_time … inflight`). */
  isTimed = false;
  /** Id of the peer that a sticky method asks for; "" = none. */
  wanted = "";

  begin(upstream: Upstream): void {
    this.upstream = upstream;
    this.list = upstream.primary;
    this.tried.length = 0;
    this.key = "";
    this.hash = 0;
    this.rehash = 0;
    this.tries = 0;
    this.headMs = -1;
    this.isTimed = false;
    this.wanted = "";
  }

  /** A request that has waited chooses anew, from the primary servers on. */
  restart(): void {
    this.list = this.upstream.primary;
    this.tried.length = 0;
  }

  /** An attempt begins; it has no peer yet. */
  attempts(nowMs: number): void {
    this.nowMs = nowMs;
    this.startedMs = nowMs;
    this.headMs = -1;
  }

  /** The test of every method (spec/nginx.md 1.1). */
  isEligible(p: number, nowS: number): boolean {
    return (this.tried.length === 0 || !this.tried.includes(p)) && this.list.isOpen(p, nowS);
  }

  /** Every peer of the list is eligible, at its full weight. */
  isPlain(): boolean {
    return this.tried.length === 0 && this.list.isPlain();
  }

  hasTried(p: number): boolean {
    return this.tried.includes(p);
  }

  selected(p: number, nowS: number): void {
    this.tried.push(p);
    this.list.selected(p, nowS);
  }

  /** Goes over to the backup servers, for good; false when there are none left to go to. */
  useBackup(): boolean {
    const { backup, primary } = this.upstream;
    if (this.list !== primary || backup === null) return false;
    this.list = backup;
    this.tried.length = 0;
    return true;
  }
}
