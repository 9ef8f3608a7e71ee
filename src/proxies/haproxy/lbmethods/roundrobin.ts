import type { Server } from "../server.ts";
import { ServerTree } from "../server-tree.ts";
import type { LbMethod } from "./lb-method.ts";

/** Greatest total weight of the scale that positions are kept in (BE_WEIGHT_SCALE · SRV_EWGHT_RANGE). */
const SCALE = 4096;

/**
 * Dynamic weighted round robin (src/lb_fwrr.c, 2.6.12; spec/haproxy.md 3.1): a turn of as many positions as there is
 * weight; servers wait in three trees for this turn, for their first place in it, and for the next turn.
 */
export class RoundRobin implements LbMethod {
  readonly scores = ["position", "next", "weight"];
  readonly rule = "the earliest position of the turn";
  private current = new ServerTree();
  private init = new ServerTree();
  private next = new ServerTree();
  private position = 0;
  private weight = 0;
  private nextWeight = 0;

  /** `servers` = all that are usable at the start, in file order. */
  constructor(servers: readonly Server[]) {
    for (const server of servers) {
      this.nextWeight += server.weight;
      this.init.insert(server, SCALE - server.weight);
    }
    this.position = this.nextWeight;
    this.weight = this.nextWeight;
  }

  pick(avoid: Server | null): Server | null {
    let switched = false;
    let avoided: Server | null = null;
    const aside: Server[] = [];
    let found: Server | null = null;
    for (;;) {
      if (this.weight === 0) this.startTurn();
      let server = this.candidate();
      if (server === null && !switched) {
        switched = true;
        this.switchTrees();
        server = this.candidate();
      }
      if (server === null) {
        found = avoided;
        break;
      }
      this.account(server);
      if (!server.isFull()) {
        if (server !== avoid || avoided !== null) {
          found = server;
          break;
        }
        avoided = server;
      }
      aside.push(server);
    }
    if (found !== null) this.queue(found);
    for (let i = aside.length - 1; i >= 0; i--) {
      const server = aside[i] as Server;
      if (server === found) continue;
      if (switched) this.init.insert(server, SCALE - server.weight);
      else this.queue(server);
    }
    return found;
  }

  private startTurn(): void {
    this.weight = this.nextWeight;
    this.position = this.nextWeight;
  }

  private switchTrees(): void {
    const { init } = this;
    this.init = this.next;
    this.next = init;
    this.startTurn();
  }

  private candidate(): Server | null {
    const a = this.current.first();
    if (a !== null && a.nextPosition <= this.position) return a;
    const b = this.init.first();
    if (b === null) return a;
    b.nextPosition = 0;
    b.remainder = 0;
    return b;
  }

  private account(server: Server): void {
    if (server.nextPosition === 0) server.nextPosition = this.position;
    server.lastPosition = server.nextPosition;
    server.nextPosition += Math.floor(this.nextWeight / server.weight);
    server.remainder += this.nextWeight % server.weight;
    if (server.remainder >= server.weight) {
      server.remainder -= server.weight;
      server.nextPosition++;
    }
    server.tree?.remove(server);
    this.position++;
  }

  private queue(server: Server): void {
    const { weight } = server;
    if (server.nextPosition >= 2 * this.weight || server.nextPosition >= this.weight + this.nextWeight) {
      server.nextPosition -= this.weight;
      this.next.insert(server, SCALE - weight);
    } else {
      const part = Math.floor((SCALE + server.remainder - weight) / 16);
      this.current.insert(server, 256 * server.nextPosition + part);
    }
  }

  up(server: Server): void {
    this.nextWeight += server.weight;
    server.nextPosition = this.position + Math.floor((this.nextWeight + this.weight - this.position) / server.weight);
    this.queue(server);
  }

  down(server: Server, weight: number): void {
    this.nextWeight -= weight;
    server.tree?.remove(server);
  }

  reweighted(server: Server, before: number): void {
    this.nextWeight += server.weight - before;
    const { tree } = server;
    tree?.remove(server);
    if (tree === this.init) {
      this.init.insert(server, SCALE - server.weight);
      return;
    }
    if (tree === this.next) server.nextPosition += this.weight;
    const step = Math.floor(this.nextWeight / server.weight);
    server.nextPosition = Math.min(server.lastPosition + step, server.nextPosition);
    server.remainder = 0;
    if (server.nextPosition < this.position + 2) server.nextPosition = this.position + step;
    this.queue(server);
  }

  loadChanged(): void {}

  scoresOf(server: Server): readonly number[] {
    return [server.tree === this.current ? server.nextPosition : 0, this.position, server.weight];
  }
}
