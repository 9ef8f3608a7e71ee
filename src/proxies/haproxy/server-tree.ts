import type { Server } from "./server.ts";

/**
 * Servers by a 32-bit key, equal keys in the order of insertion: what HAProxy keeps in an ebtree (ebtree/eb32tree.h,
 * 2.6.12), here a heap that knows where everybody stands. A server is in at most one tree.
 */
export class ServerTree {
  private readonly heap: Server[] = [];
  private insertions = 0;

  get size(): number {
    return this.heap.length;
  }

  first(): Server | null {
    return this.heap[0] ?? null;
  }

  insert(server: Server, key: number): void {
    server.treeKey = key >>> 0;
    server.treeOrder = ++this.insertions;
    this.put(server);
  }

  remove(server: Server): void {
    const { heap } = this;
    const at = server.treePlace;
    const last = heap.pop() as Server;
    server.tree = null;
    if (last === server) return;
    this.place(last, at);
    this.rise(at);
    this.sink(last.treePlace);
  }

  /** In order, the first that `wanted` accepts; what was walked over stays where it is. */
  find(wanted: (server: Server) => boolean): Server | null {
    const first = this.first();
    if (first === null || wanted(first)) return first;
    const passed: Server[] = [];
    let found: Server | null = null;
    for (let next = this.first(); next !== null; next = this.first()) {
      if (wanted(next)) {
        found = next;
        break;
      }
      this.remove(next);
      passed.push(next);
    }
    for (const server of passed) this.put(server);
    return found;
  }

  /** In order, the first that `wanted` accepts and that is not `avoid`; `avoid` itself when only that one is wanted. */
  findBut(avoid: Server | null, wanted: (server: Server) => boolean): Server | null {
    let isAvoidWanted = false;
    const found = this.find((server) => {
      if (!wanted(server)) return false;
      if (server !== avoid) return true;
      isAvoidWanted = true;
      return false;
    });
    return found ?? (isAvoidWanted ? avoid : null);
  }

  private put(server: Server): void {
    server.tree = this;
    this.heap.push(server);
    server.treePlace = this.heap.length - 1;
    this.rise(server.treePlace);
  }

  private place(server: Server, at: number): void {
    this.heap[at] = server;
    server.treePlace = at;
  }

  private rise(from: number): void {
    const { heap } = this;
    const server = heap[from] as Server;
    let at = from;
    while (at > 0) {
      const parent = heap[(at - 1) >> 1] as Server;
      if (!isBefore(server, parent)) break;
      this.place(parent, at);
      at = (at - 1) >> 1;
    }
    this.place(server, at);
  }

  private sink(from: number): void {
    const { heap } = this;
    const server = heap[from] as Server;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, heap[child] as Server)) child++;
      const smaller = heap[child];
      if (smaller === undefined || !isBefore(smaller, server)) break;
      this.place(smaller, at);
      at = child;
    }
    this.place(server, at);
  }
}

function isBefore(a: Server, b: Server): boolean {
  return a.treeKey !== b.treeKey ? a.treeKey < b.treeKey : a.treeOrder < b.treeOrder;
}
