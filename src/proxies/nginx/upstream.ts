import type { RandomSource } from "../../contract/proxy-machine.ts";
import type { UpstreamConfig } from "./config/upstream-config.ts";
import { BUSY, type LbMethod } from "./lbmethods/lb-method.ts";
import type { PeerChoice } from "./peer-choice.ts";
import { type PeerLine, PeerList } from "./peer-list.ts";
import { peerId } from "./sticky.ts";

/** An upstream as one worker sees it, or as all see it together when it has a zone (spec/nginx.md section 1). */
export class Upstream {
  readonly config: UpstreamConfig;
  readonly primary: PeerList;
  /** Null when no server is marked `backup`. */
  readonly backup: PeerList | null;
  readonly method: LbMethod;

  constructor(config: UpstreamConfig, lines: readonly PeerLine[], method: LbMethod) {
    const backups = lines.filter(({ line }) => line.backup);
    const primaries = lines.filter(({ line }) => !line.backup);
    this.config = config;
    this.primary = new PeerList(primaries, backups.length > 0);
    this.backup = backups.length === 0 ? null : new PeerList(backups, true);
    this.method = method;
  }

  /** Attempts that a request may make (spec/nginx.md section 1; both lists count, servers marked `down` do not). */
  tries(limit: number): number {
    const all = this.primary.tries + (this.backup?.tries ?? 0);
    return limit > 0 ? Math.min(all, limit) : all;
  }

  /** Chooses a peer for the next attempt of a request: the one it is bound to if that can be had, else by the method. */
  pick(choice: PeerChoice, nowS: number, random: RandomSource): number {
    let peer = choice.wanted === "" ? BUSY : this.bound(choice, nowS);
    if (peer === BUSY) peer = this.method.pick(choice, nowS, random);
    if (peer !== BUSY) this.method.began?.(choice, peer);
    return peer;
  }

  /**
   * The peer that a sticky method asks for (spec/nginx-plus.md (b)). Under round robin it pays as if it had been chosen by its turn,
   * unless it has been so far ahead already that a whole round would not make up for it.
   */
  private bound(choice: PeerChoice, nowS: number): number {
    const { list } = choice;
    for (let p = 0; p < list.count; p++) {
      const line = list.lines[p] as PeerLine;
      if (peerId(line) !== choice.wanted || choice.hasTried(p)) continue;
      if (list.isOut(p) || list.isBanned(p, nowS) || list.isFull(p)) continue;
      if (this.method.name === "round_robin") this.charge(choice, p, nowS);
      choice.selected(p, nowS);
      return p;
    }
    return BUSY;
  }

  private charge(choice: PeerChoice, bound: number, nowS: number): void {
    const { list } = choice;
    const { currentWeight, weight } = list;
    if ((currentWeight[bound] as number) <= -(list.totalWeight - (weight[bound] as number))) return;
    let total = 0;
    for (let p = 0; p < list.count; p++) {
      if (p !== bound && !choice.isEligible(p, nowS)) continue;
      total += list.gain(p, choice.nowMs);
    }
    currentWeight[bound] = (currentWeight[bound] as number) - total;
  }
}
