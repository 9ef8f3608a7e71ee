import type { Position } from "./problem.ts";

/** What a configuration says about one member (server, worker, target). */
export interface MemberFact {
  /** host:port as the machine lists it in `ProxyMachine.addresses`. */
  readonly address: string;
  /** Other names that people use for it: Apache route, HAProxy server name. */
  readonly aliases: readonly string[];
  /** Balancer, upstream or backend section. */
  readonly group: string;
  readonly weight: number;
  /** What the proxy expects after the session id ("id.node1"), or "" when it expects nothing. */
  readonly route: string;
  /** It stands in for the others, whose sessions it takes over with their route; absent = it does not. */
  readonly isStandby?: boolean;
  readonly position: Position | null;
}

/** A request that reaches a balancer. */
export interface TargetFact {
  /** The shortest path that leads to the balancer. */
  readonly path: string;
  readonly group: string;
  /** Name of the virtual host in which it does, "" = any. */
  readonly host: string;
  readonly position: Position | null;
}

/** What a read configuration tells the scenario: plain data, supplied by the family. */
export interface ProxyFacts {
  readonly members: readonly MemberFact[];
  /** Listening sockets as written: "80", "*:8080", "10.0.0.1:443". */
  readonly listens: readonly string[];
  /** Server names in order; the first is the default Host header. */
  readonly names: readonly string[];
  /** One entry per balancer that a request can reach. */
  readonly targets: readonly TargetFact[];
  /** Requests that one instance handles at once. */
  readonly threads: number;
  readonly stickyCookie: { readonly cookie: string; readonly path: string } | null;
  /** Cookies that the proxy itself sets; the application then keeps a session cookie of its own. */
  readonly setsCookies: readonly string[];
  /** The proxy hears load reports that members send by themselves (heartbeats); absent = it does not. */
  readonly listensForHeartbeats?: boolean;
}

/**
 * Facts of several variants as one: all of them run in the same world. The first (the baseline) decides about the
 * default request and the cookies; the members of all become backends, which report to whoever listens.
 */
export function mergeProxyFacts(first: ProxyFacts, others: readonly ProxyFacts[]): ProxyFacts {
  const all = [first, ...others];
  return {
    ...first,
    members: all.flatMap((facts) => facts.members),
    listensForHeartbeats: all.some((facts) => facts.listensForHeartbeats === true),
  };
}
