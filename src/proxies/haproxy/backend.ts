import type { RandomSource } from "../../contract/proxy-machine.ts";
import type { BackendConfig } from "./config/haproxy-config.ts";
import { ConsistentRing } from "./lbmethods/consistent-ring.ts";
import { First } from "./lbmethods/first.ts";
import type { LbMethod } from "./lbmethods/lb-method.ts";
import { LeastConn } from "./lbmethods/leastconn.ts";
import { Random } from "./lbmethods/random.ts";
import { RoundRobin } from "./lbmethods/roundrobin.ts";
import { WeightMap } from "./lbmethods/weight-map.ts";
import { type Server, ServerState, WEIGHT_SCALE } from "./server.ts";
import type { Stream } from "./stream.ts";

/** A backend with its servers, its algorithm, and what is under way in it (struct proxy, 2.6.12). */
export class Backend {
  readonly config: BackendConfig;
  readonly index: number;
  readonly servers: Server[] = [];
  /** Requests that no server had a slot for, oldest first. */
  readonly queue = new Set<Stream>();
  /** Requests in the backend, waiting ones too. */
  connections = 0;
  /** Requests that hold a slot of a server. */
  served = 0;
  /** Whole second of the wall clock, as of the last call. */
  second = 0;
  sessions = 0;
  maxSessions = 0;
  maxQueue = 0;
  usableActive = 0;
  usableBackup = 0;
  totalWeight = 0;
  private firstBackup: Server | null = null;
  private active!: LbMethod;
  private backup!: LbMethod;
  private divisor = 1;
  private weightsBefore = new Map<Server, number>();

  constructor(config: BackendConfig, index: number) {
    this.config = config;
    this.index = index;
  }

  /** Called once all servers are there. */
  build(random: RandomSource): void {
    this.divisor = this.isDynamic ? 1 : gcdOf(this.servers.map(({ userWeight }) => userWeight));
    for (const server of this.servers) {
      server.weight = this.weightOf(server);
      server.inUse = server.isUsable;
    }
    const usable = this.servers.filter(({ inUse }) => inUse);
    this.active = this.newMethod(
      usable.filter((server) => !server.config.backup),
      random,
    );
    this.backup = this.newMethod(
      usable.filter((server) => server.config.backup),
      random,
    );
    this.count();
  }

  /** Are weights changed while it works (spec/haproxy.md 2)? */
  get isDynamic(): boolean {
    const { method } = this.config.balance;
    return method !== "static-rr" && !(this.isHash && this.config.hashType.method === "map-based");
  }

  /** Does the request decide (redispatch keeps such a request on its server)? */
  get isHash(): boolean {
    const { method } = this.config.balance;
    return !["roundrobin", "static-rr", "leastconn", "first", "random"].includes(method);
  }

  private newMethod(servers: readonly Server[], random: RandomSource): LbMethod {
    const { balance, hashType, hashBalanceFactor } = this.config;
    switch (balance.method) {
      case "roundrobin":
        return new RoundRobin(servers);
      case "static-rr":
        return new WeightMap(servers);
      case "leastconn":
        return new LeastConn(servers);
      case "first":
        return new First(servers);
      case "random":
        return new Random(servers, balance.draws, random);
      default:
        return hashType.method === "consistent"
          ? new ConsistentRing(servers, hashBalanceFactor)
          : new WeightMap(servers);
    }
  }

  /** The algorithm in use: backups serve when no active server is usable. */
  get method(): LbMethod {
    return this.usableActive > 0 ? this.active : this.backup;
  }

  /** Servers that the algorithm chooses among. */
  get usable(): number {
    if (this.usableActive > 0) return this.usableActive;
    return this.firstBackup !== null ? 1 : this.usableBackup;
  }

  /** The one backup that serves everybody, without a further test; null = balance. */
  get onlyBackup(): Server | null {
    return this.usableActive > 0 ? null : this.firstBackup;
  }

  methodOf(server: Server): LbMethod {
    return server.config.backup ? this.backup : this.active;
  }

  weightOf(server: Server): number {
    if (!this.isDynamic) return server.userWeight / this.divisor;
    return server.userWeight * (server.state === ServerState.STARTING ? server.warmth : WEIGHT_SCALE);
  }

  /** Takes note of a changed state or weight: the structures of the algorithm follow. */
  refresh(server: Server): void {
    const before = server.weight;
    server.weight = this.weightOf(server);
    const usable = server.isUsable;
    if (usable === server.inUse && before === server.weight) return;
    const method = this.methodOf(server);
    if (server.inUse && !usable) method.down(server, before);
    else if (!server.inUse && usable) method.up(server);
    else if (usable && before !== server.weight) method.reweighted(server, before);
    server.inUse = usable;
    this.count();
  }

  /** `recount_servers` and `update_backend_weight` (src/lb_*.c, src/backend.c, 2.6.12). */
  private count(): void {
    const inUse = this.servers.filter((server) => server.inUse);
    const active = inUse.filter(({ config }) => !config.backup);
    const backups = inUse.filter(({ config }) => config.backup);
    this.usableActive = active.length;
    this.usableBackup = backups.length;
    this.firstBackup = this.config.allBackups ? null : (backups[0] ?? null);
    const used = active.length > 0 ? active : this.firstBackup !== null ? [this.firstBackup] : backups;
    this.weightsBefore = new Map();
    this.totalWeight = 0;
    for (const server of used) {
      this.weightsBefore.set(server, this.totalWeight);
      this.totalWeight += server.weight;
    }
  }

  /** Weight of the servers before this one in file order. */
  weightBefore(server: Server): number {
    return this.weightsBefore.get(server) ?? 0;
  }

  loadChanged(server: Server): void {
    if (server.inUse) this.methodOf(server).loadChanged(server);
  }
}

function gcdOf(weights: readonly number[]): number {
  let divisor = 0;
  for (const weight of weights) {
    let [a, b] = [divisor, weight];
    while (b !== 0) [a, b] = [b, a % b];
    divisor = a;
  }
  return Math.max(1, divisor);
}
