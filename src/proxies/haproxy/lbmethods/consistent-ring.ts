import { fullHash } from "../../shared/full-hash.ts";
import type { Server } from "../server.ts";
import type { LbMethod } from "./lb-method.ts";

/**
 * A ring with 16 points per unit of weight (src/lb_chash.c, 2.6.12; spec/haproxy.md 3.5): the nearest point to a hash, or
 * the next one where there is no hash. Points are sorted anew when a server changes; a pick is a binary search.
 */
export class ConsistentRing implements LbMethod {
  readonly scores = ["in flight", "weight"];
  rule = "";
  private readonly servers: Server[];
  private readonly balanceFactor: number;
  private keys: Uint32Array | null = null;
  private owners: Server[] = [];
  /** Key of the point used last by the walk, -1 = none. */
  private last = -1;

  constructor(servers: readonly Server[], balanceFactor: number) {
    this.servers = [...servers];
    this.balanceFactor = balanceFactor;
  }

  pick(avoid: Server | null, hash: number | null): Server | null {
    const keys = this.points();
    if (keys.length === 0) return null;
    return hash === null ? this.walk(keys, avoid) : this.lookup(keys, hash, avoid);
  }

  private nearestPoint(keys: Uint32Array, hash: number): number {
    const n = atLeast(keys, hash) % keys.length;
    const p = (n === 0 ? keys.length : n) - 1;
    const below = (hash - (keys[p] as number)) >>> 0;
    const above = ((keys[n] as number) - hash) >>> 0;
    return below <= above ? p : n;
  }

  private lookup(keys: Uint32Array, hash: number, avoid: Server | null): Server {
    let at = this.nearestPoint(keys, hash);
    let wraps = 0;
    let server = this.owners[at] as Server;
    this.rule = "the point of the ring nearest to the hash";
    while (server === avoid || (this.balanceFactor > 0 && !this.hasRoom(server))) {
      this.rule = "the next point of the ring: the nearest one is avoided or has its share";
      at++;
      if (at === keys.length) {
        at = 0;
        // Everybody is avoided or loaded: the second time round the walk ends where it stands.
        if (++wraps > 1) break;
      }
      server = this.owners[at] as Server;
    }
    return server;
  }

  private walk(keys: Uint32Array, avoid: Server | null): Server | null {
    let avoided: Server | null = null;
    let avoidedKey = -1;
    let at = this.last < 0 ? 0 : atLeast(keys, this.last + 1) % keys.length;
    this.rule = "the next point of the ring: nothing to hash";
    for (let steps = 0; steps < keys.length; steps++) {
      const server = this.owners[at] as Server;
      const key = keys[at] as number;
      // The share of hash-balance-factor is no matter here, only maxconn (src/lb_chash.c, chash_get_next_server, 2.6.12).
      if (!server.isFull()) {
        if (server !== avoid) {
          this.last = key;
          return server;
        }
        avoided = server;
        avoidedKey = key;
      }
      at = at + 1 === keys.length ? 0 : at + 1;
    }
    if (avoided !== null) this.last = avoidedKey;
    return avoided;
  }

  /** `chash_server_is_eligible`. */
  private hasRoom(server: Server): boolean {
    const { backend } = server;
    const total = backend.totalWeight;
    const slots = Math.floor(((backend.served + 1) * this.balanceFactor + 99) / 100);
    const each = Math.floor(slots / total);
    const rest = slots % total;
    const before = backend.weightBefore(server);
    const mine =
      server.weight * each +
      Math.floor(((before + server.weight) * rest) / total) -
      Math.floor((before * rest) / total);
    return server.served < Math.max(1, mine);
  }

  private points(): Uint32Array {
    if (this.keys !== null) return this.keys;
    const points: { readonly key: number; readonly server: Server; readonly order: number }[] = [];
    for (const server of this.servers)
      for (let j = 0; j < server.weight; j++)
        points.push({ key: fullHash(server.config.id * 4096 + j), server, order: points.length });
    points.sort((a, b) => (a.key !== b.key ? a.key - b.key : a.order - b.order));
    this.keys = Uint32Array.from(points, ({ key }) => key);
    this.owners = points.map(({ server }) => server);
    return this.keys;
  }

  up(server: Server): void {
    this.servers.push(server);
    this.servers.sort((a, b) => a.config.index - b.config.index);
    this.keys = null;
  }

  down(server: Server): void {
    this.servers.splice(this.servers.indexOf(server), 1);
    this.keys = null;
  }

  reweighted(): void {
    this.keys = null;
  }

  loadChanged(): void {}

  scoresOf(server: Server): readonly number[] {
    return [server.served, server.weight];
  }
}

/** Index of the first key that is not smaller, `length` when all are. */
function atLeast(keys: Uint32Array, hash: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as number) < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}
