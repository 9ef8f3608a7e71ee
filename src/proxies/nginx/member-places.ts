import type { MemberInfo, StatusTable } from "../../contract/proxy-machine.ts";
import type { NginxConfig } from "./config/nginx-config.ts";
import { operatePeer } from "./peer-commands.ts";
import type { PeerList } from "./peer-list.ts";
import { statusTables } from "./status-tables.ts";
import type { Worker } from "./worker.ts";

/** A peer list, and where a member stands in it. */
export interface MemberPlace {
  readonly list: PeerList;
  readonly peer: number;
}

/** The members of all upstreams as their peers in every worker: one place when the upstream has a zone. */
export class MemberPlaces {
  private readonly config: NginxConfig;
  private readonly members: readonly MemberInfo[];
  private readonly places: readonly (readonly MemberPlace[])[];
  private readonly epochOffsetUs: number;

  constructor(config: NginxConfig, members: readonly MemberInfo[], workers: readonly Worker[], epochOffsetUs: number) {
    this.config = config;
    this.members = members;
    this.epochOffsetUs = epochOffsetUs;
    const places: MemberPlace[][] = members.map(() => []);
    const lists = new Set(
      workers.flatMap(({ upstreams }) =>
        upstreams.flatMap(({ primary, backup }) => (backup === null ? [primary] : [primary, backup])),
      ),
    );
    for (const list of lists)
      for (const [peer, { member }] of list.lines.entries()) places[member]?.push({ list, peer });
    this.places = places;
  }

  /** @throws RangeError for a member that there is not */
  of(member: number): readonly MemberPlace[] {
    const places = this.places[member];
    if (places === undefined) throw new RangeError(`no member ${member}`);
    return places;
  }

  /** @throws RangeError for words that nginx does not know */
  operate(member: number, command: string): void {
    for (const { list, peer } of this.of(member)) operatePeer(list, peer, command);
  }

  /** In the words of the Plus status page; with several workers a server is out when it is out in all of them. */
  state(nowUs: number, member: number): string {
    const nowS = this.secondOf(nowUs);
    const places = this.of(member);
    const every = (test: (place: MemberPlace) => boolean): boolean => places.every(test);
    if (every(({ list, peer }) => list.unhealthy[peer] === 1)) return "unhealthy";
    if (every(({ list, peer }) => list.down[peer] === 1)) return "down";
    if (every(({ list, peer }) => list.drain[peer] === 1)) return "draining";
    return every(({ list, peer }) => !list.single && list.isBanned(peer, nowS)) ? "unavail" : "up";
  }

  isUsable(nowUs: number, member: number): boolean {
    const nowS = this.secondOf(nowUs);
    return this.of(member).some(({ list, peer }) => (list.single ? !list.isOut(peer) : list.isOpen(peer, nowS)));
  }

  /** The whole second in which a ban has run out. */
  usableAgainUs(nowUs: number, member: number): number {
    const nowS = this.secondOf(nowUs);
    const seconds = this.of(member).map(({ list, peer }) =>
      list.isOut(peer) || list.drain[peer] === 1 || !list.isBanned(peer, nowS)
        ? Number.POSITIVE_INFINITY
        : list.openAgainS(peer),
    );
    return Math.min(...seconds) * 1_000_000 - this.epochOffsetUs;
  }

  snapshot(nowUs: number): readonly StatusTable[] {
    return statusTables(this.config, this.members, this, nowUs);
  }

  private secondOf(nowUs: number): number {
    return Math.floor((nowUs + this.epochOffsetUs) / 1_000_000);
  }
}
