import type { BalancerConfig, MemberConfig } from "./config/apache-config.ts";
import type { LbMethod } from "./lbmethods/lb-method.ts";
import { MemberSlots } from "./member-slots.ts";
import type { SessionValue } from "./session-value.ts";
import { Flag, isOrdinaryStatus } from "./worker-status.ts";

const NO_MEMBERS = new Int32Array(0);

/** Told when the status of a member changed; `member` is the index in the machine. */
export interface StatusObserver {
  statusChanged(nowUs: number, member: number, status: number): void;
}

/**
 * A balancer at run time: its members' shared slots and what is derived from them. The worker behind a ProxyPass to a
 * single URL is a balancer of one member without configuration (`config` null): no method, no error state (13).
 */
export class Balancer {
  readonly name: string;
  readonly config: BalancerConfig | null;
  readonly method: LbMethod;
  readonly members: readonly MemberConfig[];
  readonly slots: MemberSlots;
  /** Index of the first member in the machine's list of members. */
  readonly firstMember: number;
  /** Index in the machine's list of balancers: the key under which texts remember what they mean here. */
  readonly index: number;
  /** Additional attempts: maxattempts, else members − 1, counted over all lines (8). */
  readonly maxAttempts: number;
  /** Routes and redirects; the manager can change them. */
  readonly routes: string[];
  readonly redirects: string[];
  /** Raised when a route changes, so that what texts remember is looked up again. */
  routeVersion = 0;
  /** Every member is usable and none is draining, spare or standby, and there is one lbset: the walk reduces to one loop. */
  allOrdinary = false;
  /** Sum of all factors. */
  factorSum = 0;
  /** The distinct lbsets in rising order. */
  lbsets = NO_MEMBERS;
  /** Quota handed out by the pick in progress (`total_factor` of the methods). */
  pickTotal = 0;
  /** A request waits for a usable member; while it does, the balancer's timeout reads as 0 for all others (6.5). */
  waiting = false;
  observer: StatusObserver | null = null;
  /** What texts that lead to a member say, by "name=route". */
  readonly sessionValues = new Map<string, SessionValue>();
  /** Traffic of the best member so far, while bytraffic walks. */
  leastTraffic = 0;
  /** Scratch lists of the walk. */
  readonly spares: Int32Array;
  readonly standbys: Int32Array;
  private routeIndex = new Map<string, Int32Array>();
  private indexedVersion = -1;

  constructor(
    name: string,
    config: BalancerConfig | null,
    members: readonly MemberConfig[],
    method: LbMethod,
    index: number,
    firstMember: number,
  ) {
    this.name = name;
    this.config = config;
    this.members = members;
    this.method = method;
    this.index = index;
    this.firstMember = firstMember;
    this.slots = new MemberSlots(members);
    this.routes = members.map((member) => member.route);
    this.redirects = members.map((member) => member.redirect);
    this.maxAttempts = config === null ? 0 : (config.maxAttempts ?? Math.max(0, members.length - 1));
    this.spares = new Int32Array(members.length);
    this.standbys = new Int32Array(members.length);
    if (config === null) for (let m = 0; m < members.length; m++) this.slots.status[m] = this.status(m) | Flag.I;
    this.recount();
  }

  status(m: number): number {
    return this.slots.status[m] as number;
  }

  /** Sets and clears flags of a member and tells the observer when its status changed. */
  setFlags(nowUs: number, m: number, set: number, clear: number): void {
    const before = this.status(m);
    const after = (before & ~clear) | set;
    if (after === before) return;
    this.slots.status[m] = after;
    this.recount();
    this.observer?.statusChanged(nowUs, this.firstMember + m, after);
  }

  /** Derives anew what picks rely on; after any change of status, factor or lbset. */
  recount(): void {
    const { status, factor, lbset, count } = this.slots;
    let ordinary = count > 0;
    let sum = 0;
    for (let m = 0; m < count; m++) {
      if (!isOrdinaryStatus(status[m] as number) || lbset[m] !== lbset[0]) ordinary = false;
      sum += factor[m] as number;
    }
    this.allOrdinary = ordinary;
    this.factorSum = sum;
    this.lbsets = Int32Array.from(new Set(lbset)).sort((a, b) => a - b);
  }

  /** Members with exactly this route, in configuration order. A member without a route has none. */
  membersOfRoute(route: string): Int32Array {
    if (this.indexedVersion !== this.routeVersion) this.indexRoutes();
    return this.routeIndex.get(route) ?? NO_MEMBERS;
  }

  private indexRoutes(): void {
    const lists = new Map<string, number[]>();
    this.routes.forEach((route, m) => {
      if (route === "") return;
      const list = lists.get(route);
      if (list === undefined) lists.set(route, [m]);
      else list.push(m);
    });
    this.routeIndex = new Map(Array.from(lists, ([route, list]) => [route, Int32Array.from(list)]));
    this.indexedVersion = this.routeVersion;
  }
}
