import type { Outbox } from "../../contract/outbox.ts";
import type { MachineListener } from "../../contract/proxy-machine.ts";
import { Text } from "../../contract/text.ts";
import type { Balancer } from "./balancer.ts";
import type { MemberConfig, ServerConfig } from "./config/apache-config.ts";
import { type BackendConnections, ConnectionPool } from "./connection-pool.ts";
import type { OwnPages } from "./error-pages.ts";
import type { Exchange } from "./exchange.ts";
import type { HeaderRules } from "./header-rules.ts";
import type { PickContext } from "./lbmethods/lb-method.ts";
import type { EventMpm } from "./mpm-event.ts";
import type { Redirects } from "./redirects.ts";
import type { RequestPolicy } from "./request-policy.ts";
import type { ReverseMapping } from "./reverse-mapping.ts";
import type { Rewriting } from "./rewrite/rewriting.ts";
import type { SectionSites } from "./section-sites.ts";

/** One virtual host (or the main server) made ready for requests. */
export interface ReadyServer {
  readonly config: ServerConfig;
  readonly headers: HeaderRules | null;
  readonly reverse: ReverseMapping | null;
  /** The same for requests in <Location> sections; null when no section says anything. */
  readonly sections: SectionSites | null;
  /** RewriteRules; null when there are none. */
  readonly rewriting: Rewriting | null;
  /** What is said about requests before a member is chosen; null = nothing. */
  readonly policy: RequestPolicy | null;
  readonly redirects: Redirects | null;
  /** Name that X-Forwarded-Server carries. */
  readonly name: string;
}

/** Limits that hold when a configuration says nothing: "as many as there are threads". */
function poolLimits(member: MemberConfig, threadsPerChild: number) {
  const max = member.max === null || member.max === 0 ? threadsPerChild : member.max;
  const smax = member.smax === null ? max : Math.min(member.smax, max);
  return { max, smax, ttlUs: member.ttlUs ?? 0 };
}

/** What all parts of the proxy share while it serves requests. */
export class ProxyServer {
  readonly outbox: Outbox;
  readonly pages: OwnPages;
  readonly connections: BackendConnections;
  readonly context: PickContext;
  readonly servers: readonly ReadyServer[];
  readonly balancers: readonly Balancer[];
  mpm!: EventMpm;
  listener: MachineListener | null = null;
  /** Exchange of each request id, kept for the next request with that id. */
  readonly exchanges: Exchange[] = [];
  /** Address index of each member, by the machine's member index. */
  readonly addressOfMember: readonly number[];
  private readonly threadsPerChild: number;
  private readonly pools: ConnectionPool[][] = [];
  private readonly hosts: Text[] = [];

  constructor(parts: {
    outbox: Outbox;
    pages: OwnPages;
    connections: BackendConnections;
    context: PickContext;
    servers: readonly ReadyServer[];
    balancers: readonly Balancer[];
    addressOfMember: readonly number[];
    threadsPerChild: number;
  }) {
    this.outbox = parts.outbox;
    this.pages = parts.pages;
    this.connections = parts.connections;
    this.context = parts.context;
    this.servers = parts.servers;
    this.balancers = parts.balancers;
    this.addressOfMember = parts.addressOfMember;
    this.threadsPerChild = parts.threadsPerChild;
    for (const balancer of parts.balancers) for (const member of balancer.members) this.hosts.push(hostOf(member));
  }

  /** The pool of a process for a member. */
  poolOf(balancer: Balancer, m: number, slot: number): ConnectionPool {
    const index = balancer.firstMember + m;
    let bySlot = this.pools[index];
    if (bySlot === undefined) {
      bySlot = [];
      this.pools[index] = bySlot;
    }
    let pool = bySlot[slot];
    if (pool === undefined) {
      pool = new ConnectionPool(
        poolLimits(balancer.members[m] as MemberConfig, this.threadsPerChild),
        this.connections,
      );
      bySlot[slot] = pool;
    }
    return pool;
  }

  /** A process has ended: its pools close. */
  dropPools(slot: number): void {
    for (const bySlot of this.pools) {
      bySlot?.[slot]?.closeIdle();
      if (bySlot !== undefined) delete bySlot[slot];
    }
  }

  /** Host header for a member (ProxyPreserveHost Off). */
  hostOfMember(balancer: Balancer, m: number): Text {
    return this.hosts[balancer.firstMember + m] as Text;
  }

  log(nowUs: number, line: string): void {
    this.listener?.logged?.(nowUs, line);
  }
}

/** httpd repeats the port when the URL names one, unless it is 80. */
function hostOf(member: MemberConfig): Text {
  const named = /^[a-z][a-z0-9+.-]*:\/\/[^/]*:\d+(\/|$)/i.test(member.url);
  return new Text(named && member.port !== 80 ? `${member.host}:${member.port}` : member.host);
}
