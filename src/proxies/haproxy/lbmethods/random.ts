import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { Server } from "../server.ts";
import { ConsistentRing } from "./consistent-ring.ts";
import type { LbMethod } from "./lb-method.ts";

/**
 * The least loaded of a few servers drawn by weight (src/backend.c, get_server_rnd, 2.6.12; spec/haproxy.md 3.6): a later
 * draw wins unless its load per weight is strictly greater.
 */
export class Random implements LbMethod {
  readonly scores = ["in flight", "weight"];
  readonly rule: string;
  private readonly ring: ConsistentRing;
  private readonly draws: number;
  private readonly random: RandomSource;

  constructor(servers: readonly Server[], draws: number, random: RandomSource) {
    this.ring = new ConsistentRing(servers, 0);
    this.draws = draws;
    this.rule = `the least loaded of ${draws} drawn by weight, the later one when equal`;
    this.random = random;
  }

  pick(avoid: Server | null): Server | null {
    let best: Server | null = null;
    for (let draw = 0; draw < this.draws; draw++) {
      const drawn = this.ring.pick(avoid, Math.floor(this.random.next() * 4294967296));
      if (best === null || drawn === null || drawn.served * best.weight <= best.served * drawn.weight)
        best = drawn ?? best;
    }
    return best?.isFull() === true ? null : best;
  }

  up(server: Server): void {
    this.ring.up(server);
  }

  down(server: Server): void {
    this.ring.down(server);
  }

  reweighted(): void {
    this.ring.reweighted();
  }

  loadChanged(): void {}

  scoresOf(server: Server): readonly number[] {
    return [server.served, server.weight];
  }
}
