import type { Server } from "../server.ts";
import { ServerTree } from "../server-tree.ts";
import type { LbMethod } from "./lb-method.ts";

/**
 * Fewest requests per weight (src/lb_fwlc.c, 2.6.12; spec/haproxy.md 3.3): a tree by load, equal loads in the order in
 * which the servers came to them.
 */
export class LeastConn implements LbMethod {
  readonly scores = ["key", "in flight", "weight"];
  readonly rule = "the smallest (in flight + 1) / weight, idle servers in the order in which they became idle";
  private readonly tree = new ServerTree();

  constructor(servers: readonly Server[]) {
    for (const server of servers) this.up(server);
  }

  pick(avoid: Server | null): Server | null {
    return this.tree.findBut(avoid, (server) => !isBeyondQueue(server));
  }

  up(server: Server): void {
    this.tree.insert(server, keyOf(server));
  }

  down(server: Server): void {
    server.tree?.remove(server);
  }

  reweighted(server: Server): void {
    server.tree?.remove(server);
    this.up(server);
  }

  loadChanged(server: Server): void {
    if (server.tree === null || server.treeKey === keyOf(server)) return;
    server.tree.remove(server);
    this.up(server);
  }

  scoresOf(server: Server): readonly number[] {
    return [server.weight > 0 ? keyOf(server) : 0, server.served + server.queue.size, server.weight];
  }
}

function keyOf(server: Server): number {
  const inFlight = server.served + server.queue.size;
  return inFlight === 0 ? 0 : Math.floor(((inFlight + 1) * 4096) / server.weight);
}

function isBeyondQueue(server: Server): boolean {
  const { maxconn, maxqueue } = server.config;
  if (maxconn === 0) return false;
  return server.served + server.queue.size >= server.dynamicMaxconn(server.backend.second) + maxqueue;
}
