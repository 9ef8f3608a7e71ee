import type { Backend } from "./backend.ts";
import type { ServerConfig } from "./config/server-config.ts";
import type { ServerTree } from "./server-tree.ts";
import type { Stream } from "./stream.ts";

/** What a server is (include/haproxy/server-t.h, enum srv_state, 2.6.12). */
export const ServerState = { STOPPED: 0, STARTING: 1, RUNNING: 2, STOPPING: 3 } as const;

/** Weight of one unit in dynamic algorithms (BE_WEIGHT_SCALE). */
export const WEIGHT_SCALE = 16;

/** A server of a backend with all that changes while it works. */
export class Server {
  readonly config: ServerConfig;
  readonly backend: Backend;
  readonly member: number;
  readonly address: number;
  /** Value of the persistence cookie, computed for `dynamic`. */
  readonly cookie: string | null;
  state: number = ServerState.RUNNING;
  maintenance: boolean;
  draining = false;
  health: number;
  /** Weight as configured or set by an administrator. */
  userWeight: number;
  /** Weight that counts: scaled for dynamic algorithms, divided by the gcd for static ones; 0 while not usable by weight. */
  weight = 0;
  /** Requests that hold a slot. */
  served = 0;
  readonly queue = new Set<Stream>();
  /** Requests sent or about to be: those that a shutdown of sessions ends. */
  readonly streams = new Set<Stream>();
  consecutiveErrors = 0;
  /** Whole second in which the server came up; start of its slow start. */
  upSecond = 0;
  /** Sixteenths of the weight during a slow start, as of its last step. */
  warmth = WEIGHT_SCALE as number;
  /** Is the server in the structures of its algorithm. */
  inUse = false;

  // Place in a tree, see ServerTree.
  tree: ServerTree | null = null;
  treeKey = 0;
  treeOrder = 0;
  treePlace = 0;
  // Of roundrobin: next and last position, remainder.
  nextPosition = 0;
  lastPosition = 0;
  remainder = 0;

  // Counters of the stats page.
  sessions = 0;
  maxSessions = 0;
  maxQueue = 0;
  elected = 0;
  connectErrors = 0;
  responseErrors = 0;
  retries = 0;
  redispatches = 0;
  failedChecks = 0;
  downs = 0;
  lastChangeUs = 0;
  downtimeUs = 0;
  readonly statuses = [0, 0, 0, 0, 0, 0];

  constructor(config: ServerConfig, backend: Backend, member: number, address: number, cookie: string | null) {
    this.config = config;
    this.backend = backend;
    this.member = member;
    this.address = address;
    this.cookie = cookie;
    this.maintenance = config.disabled;
    this.health = config.check.rise;
    this.userWeight = config.weight;
    if (config.disabled) {
      this.state = ServerState.STOPPED;
      this.health = 0;
    }
  }

  get fullHealth(): number {
    return this.config.check.rise + this.config.check.fall - 1;
  }

  /** May be given requests of its own clients (`srv_currently_usable` without the weight). */
  get isStanding(): boolean {
    return !this.maintenance && this.state !== ServerState.STOPPED;
  }

  /** May be given new clients (spec/haproxy.md 1). */
  get isUsable(): boolean {
    return (
      this.weight > 0 &&
      !this.maintenance &&
      !this.draining &&
      (this.state === ServerState.RUNNING || this.state === ServerState.STARTING)
    );
  }

  /** A step of the slow start (server_recalc_eweight; spec/haproxy.md 4). */
  warmUp(): void {
    const seconds = slowstartSeconds(this.config.slowstartUs);
    const since = Math.max(0, this.backend.second - this.upSecond);
    this.warmth = since >= seconds ? WEIGHT_SCALE : Math.floor((WEIGHT_SCALE * since + seconds) / seconds);
  }

  /** `srv_dynamic_maxconn` (src/queue.c, 2.6.12; spec/haproxy.md 8): 0 = no limit. */
  dynamicMaxconn(second: number): number {
    const { maxconn, minconn, slowstartUs } = this.config;
    if (maxconn === 0) return 0;
    const { fullconn } = this.backend.config;
    const load = this.backend.connections;
    let limit = maxconn;
    if (minconn !== maxconn && load < fullconn)
      limit = Math.max(minconn, Math.floor((load * maxconn) / Math.max(1, fullconn)));
    if (this.state === ServerState.STARTING && slowstartUs > 0) {
      const seconds = slowstartSeconds(slowstartUs);
      if (second < this.upSecond + seconds) {
        const ratio = Math.floor((100 * Math.max(0, second - this.upSecond)) / seconds);
        limit = Math.max(1, Math.floor((limit * ratio) / 100));
      }
    }
    return limit;
  }

  /** No slot is free (`srv_has_streams`/maxconn tests of the algorithms; spec/haproxy.md 3). */
  isFull(): boolean {
    if (this.config.maxconn === 0) return false;
    return this.queue.size > 0 || this.served >= this.dynamicMaxconn(this.backend.second);
  }
}

/** `slowstart` counts in whole seconds, rounded up. */
export function slowstartSeconds(slowstartUs: number): number {
  return Math.max(1, Math.ceil(slowstartUs / 1_000_000));
}
