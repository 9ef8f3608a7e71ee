import type { BackendConfig } from "./config/haproxy-config.ts";
import { methodOf, structureOf } from "./lbmethods/index.ts";
import type { LbMethod, LbStructure } from "./lbmethods/lb-method.ts";
import { type Server, ServerState, slowstartSeconds, WEIGHT_SCALE } from "./server.ts";
import type { Stream } from "./stream.ts";

/** A backend section with its state: which servers are usable, who waits (spec/haproxy.md sections 1 and 2). */
export class Backend {
  readonly config: BackendConfig;
  readonly index: number;
  readonly method: LbMethod;
  readonly servers: Server[] = [];
  /** Requests in the backend, those that wait included (beconn). */
  connections = 0;
  /** Requests that hold a slot of any server. */
  served = 0;
  /** Requests that wait for a slot of any server. */
  readonly queue: Stream[] = [];
  /** Usable servers. */
  active = 0;
  backups = 0;
  /** First usable backup in file order; null with `option allbackups`. */
  firstBackup: Server | null = null;
  totalWeight = 0;
  total = 0;
  private readonly activeSet: LbStructure;
  private readonly backupSet: LbStructure;
  private gcd = 1;

  constructor(config: BackendConfig, index: number) {
    this.config = config;
    this.index = index;
    this.method = methodOf(config);
    this.activeSet = structureOf(config);
    this.backupSet = structureOf(config);
  }

  /** Enters all servers into the structures; call once, when all are there. */
  start(): void {
    const weights = this.servers.map(({ weight }) => weight).filter((weight) => weight > 0);
    this.gcd = weights.reduce(greatestCommonDivisor, 0) || 1;
    for (const server of this.servers) this.update(server, 0);
  }

  /** The set that serves new requests: the active servers, else the backups (only used with allbackups). */
  get set(): LbStructure {
    return this.active > 0 ? this.activeSet : this.backupSet;
  }

  /** Servers that the present set has. */
  get used(): number {
    return this.active > 0 ? this.active : this.firstBackup === null ? this.backups : 1;
  }

  /** Brings the structures up to date after a change of a server's state or weight. */
  update(server: Server, nowS: number): void {
    const before = server.effectiveWeight;
    const weight = this.effectiveWeight(server, nowS);
    const isUsable = server.isUsable(weight);
    const set = server.config.backup ? this.backupSet : this.activeSet;
    if (server.isListed && !isUsable) set.remove(server);
    server.effectiveWeight = weight;
    if (!server.isListed && isUsable) set.add(server);
    else if (server.isListed && isUsable && weight !== before) set.reweigh(server, before);
    server.isListed = isUsable;
    this.recount();
  }

  loadChanged(server: Server): void {
    if (server.isListed) (server.config.backup ? this.backupSet : this.activeSet).loadChanged(server);
  }

  /** 16 × weight, less during slowstart; static algorithms divide by the gcd and know no slowstart. */
  private effectiveWeight(server: Server, nowS: number): number {
    if (!this.method.isDynamic) return Math.floor(server.weight / this.gcd);
    let scale = WEIGHT_SCALE;
    if (server.state === ServerState.STARTING && server.config.slowstartUs > 0) {
      const seconds = slowstartSeconds(server.config.slowstartUs);
      scale = Math.floor((WEIGHT_SCALE * (nowS - server.upSinceS) + seconds) / seconds);
    }
    return server.weight * Math.min(WEIGHT_SCALE, scale);
  }

  private recount(): void {
    const usable = this.servers.filter(({ isListed }) => isListed);
    const actives = usable.filter(({ config }) => !config.backup);
    const backups = usable.filter(({ config }) => config.backup);
    const weigh = (servers: readonly Server[]): number =>
      servers.reduce((sum, { effectiveWeight }) => sum + effectiveWeight, 0);
    this.active = actives.length;
    this.backups = backups.length;
    this.firstBackup = this.config.allBackups ? null : (backups[0] ?? null);
    this.totalWeight =
      actives.length > 0
        ? weigh(actives)
        : this.firstBackup === null
          ? weigh(backups)
          : this.firstBackup.effectiveWeight;
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
