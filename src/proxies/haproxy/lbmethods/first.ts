import type { Server } from "../server.ts";
import { ServerTree } from "../server-tree.ts";
import type { LbMethod } from "./lb-method.ts";

/** The lowest id with a free slot (src/lb_fas.c, 2.6.12; spec/haproxy.md 3.4). */
export class First implements LbMethod {
  readonly scores = ["id", "in flight"];
  readonly rule = "the lowest id with a free slot";
  private readonly tree = new ServerTree();

  constructor(servers: readonly Server[]) {
    for (const server of servers) this.up(server);
  }

  pick(avoid: Server | null): Server | null {
    return this.tree.findBut(avoid, (server) => !server.isFull());
  }

  up(server: Server): void {
    this.tree.insert(server, server.config.id);
  }

  down(server: Server): void {
    server.tree?.remove(server);
  }

  reweighted(): void {}

  loadChanged(): void {}

  scoresOf(server: Server): readonly number[] {
    return [server.config.id, server.served];
  }
}
