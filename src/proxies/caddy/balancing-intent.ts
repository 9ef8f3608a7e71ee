import type {
  BalancingIntent,
  CheckIntent,
  ElectionIntent,
  GroupIntent,
  HeaderIntent,
  LeftOut,
  MemberIntent,
  PathIntent,
  RouteIntent,
  SiteIntent,
} from "../../contract/balancing-intent.ts";
import { groupName } from "../shared/group-name.ts";
import type {
  ActiveConfig,
  CaddyConfig,
  Handler,
  Matcher,
  ReverseProxyConfig,
  Route,
  ServerConfig,
} from "./config/caddy-config.ts";

/** What a Caddy configuration wants of its balancing (spec/caddy.md). */
export function caddyIntent(config: CaddyConfig): BalancingIntent {
  const names: string[] = [];
  for (const proxy of config.proxies)
    names.push(groupName(`proxy_${proxy.name.replace(/[^A-Za-z0-9.]+/g, "_").replace(/^_/, "")}`, names));
  const walk: Walk = { names, config, leftOut: [] };
  const sites = config.servers.flatMap((server) => sitesOf(server, walk));
  const groups = config.proxies.map((proxy, i) => groupOf(names[i] ?? "", proxy, walk.leftOut));
  return {
    family: "caddy",
    groups: groups.filter(({ members }) => members.length > 0),
    sites: sites.filter(({ routes }) => routes.some(({ to }) => to.kind === "group")),
    mostClients: null,
    leftOut: walk.leftOut,
  };
}

interface Walk {
  readonly names: readonly string[];
  readonly config: CaddyConfig;
  readonly leftOut: LeftOut[];
}

/** What routes above and before have settled about a request. */
interface Way {
  readonly host: string | null;
  readonly match: PathIntent;
  /** Prefix taken off the path, and text put before it. */
  readonly stripped: string;
  readonly added: string;
}

const EVERYTHING: Way = {
  host: null,
  match: { kind: "prefix", path: "/", wholeParts: false },
  stripped: "",
  added: "",
};

function sitesOf(server: ServerConfig, walk: Walk): readonly SiteIntent[] {
  const byHost = new Map<string, RouteIntent[]>();
  for (const { host, route } of routesIn(server.routes, EVERYTHING, walk)) {
    const there = byHost.get(host ?? "");
    if (there === undefined) byHost.set(host ?? "", [route]);
    else there.push(route);
  }
  const listens = server.listens.map((text) => {
    const cut = text.lastIndexOf(":");
    const port = Number(text.slice(cut + 1)) || 80;
    return { host: text.slice(0, Math.max(0, cut)), port, tls: port === 443 };
  });
  return [...byHost].map(([host, routes]) => ({
    listens,
    names: host === "" ? [] : [host],
    takesRest: host === "",
    routes,
    // A request that no handler answers gets an empty 200.
    unmatchedStatus: 200,
    position: null,
  }));
}

interface Found {
  readonly host: string | null;
  readonly route: RouteIntent;
}

function routesIn(routes: readonly Route[], outer: Way, walk: Walk): readonly Found[] {
  let way = outer;
  return routes.flatMap(({ match, handlers }) => {
    const sets = match.length === 0 ? [[]] : match;
    const ways = sets.flatMap((set) => narrowed(set, way, walk) ?? []);
    return handlers.flatMap((handler) => {
      if (handler.kind === "strip-prefix" && match.length === 0) way = { ...way, stripped: handler.prefix };
      if (handler.kind === "rewrite" && match.length === 0) way = { ...way, added: prefixOfRewrite(handler, walk) };
      return ways.flatMap((each) => inHandler(handler, each, walk));
    });
  });
}

/** `rewrite * /new{uri}` puts a text before the path. */
function prefixOfRewrite({ uri }: Extract<Handler, { kind: "rewrite" }>, walk: Walk): string {
  const prefix = /^(\/[^{}]*)\{(?:uri|path|http\.request\.uri(?:\.path)?)\}$/.exec(uri)?.[1];
  if (prefix === undefined) walk.leftOut.push({ what: `rewrite ${uri}`, position: null });
  return prefix ?? "";
}

function inHandler(handler: Handler, way: Way, walk: Walk): readonly Found[] {
  switch (handler.kind) {
    case "subroute":
      return routesIn(handler.routes, way, walk);
    case "proxy": {
      const proxy = walk.config.proxies[handler.proxy];
      if (proxy === undefined || proxy.upstreams.length === 0) return [];
      const group = walk.names[handler.proxy] ?? "";
      const to = { kind: "group", group, path: replacement(way) } as const;
      return [{ host: way.host, route: { match: way.match, to, position: proxy.position } }];
    }
    case "respond": {
      const position = walk.config.proxies[0]?.position;
      if (position === undefined) return [];
      const to = { kind: "answer", status: handler.status, location: handler.location } as const;
      return [{ host: way.host, route: { match: way.match, to, position } }];
    }
    case "strip-prefix":
    case "rewrite":
      return [];
    default:
      walk.leftOut.push({ what: handler.kind.replace("-", " "), position: null });
      return [];
  }
}

function replacement({ match, stripped, added }: Way): string | null {
  if (match.kind !== "prefix" || (stripped === "" && added === "")) return null;
  const rest = match.path.startsWith(stripped) ? match.path.slice(stripped.length) : match.path;
  const path = `${added}${rest}` || "/";
  return path === match.path ? null : path;
}

/** A way narrowed by matchers; several paths give several ways. */
function narrowed(set: readonly Matcher[], outer: Way, walk: Walk): readonly Way[] | null {
  let ways: readonly Way[] = [outer];
  for (const matcher of set) {
    if (matcher.kind === "path")
      ways = ways.flatMap((way) => pathsOf(matcher.patterns).map((match) => ({ ...way, match })));
    else if (matcher.kind === "path_regexp")
      ways = ways.map((way) => ({ ...way, match: { kind: "regex", source: matcher.pattern.source } }));
    else if (matcher.kind === "host") ways = ways.flatMap((way) => matcher.hosts.map((host) => ({ ...way, host })));
    else if (matcher.kind !== "unknown") {
      walk.leftOut.push({ what: `a route with the matcher ${matcher.kind}`, position: null });
      return null;
    }
  }
  return ways;
}

/** "/app" and "/app/*" together are one prefix of whole parts. */
function pathsOf(patterns: readonly string[]): readonly PathIntent[] {
  return patterns.flatMap((pattern): readonly PathIntent[] => {
    const isPrefix = pattern.endsWith("*");
    const path = pattern.replace(/\*$/, "");
    if (path.includes("*")) return [{ kind: "regex", source: `^${regexOf(pattern)}$` }];
    if (!isPrefix && patterns.includes(`${path}/*`)) return [{ kind: "prefix", path, wholeParts: true }];
    if (isPrefix && path.endsWith("/") && patterns.includes(path.slice(0, -1))) return [];
    return [isPrefix ? { kind: "prefix", path: path || "/", wholeParts: false } : { kind: "exact", path }];
  });
}

function regexOf(pattern: string): string {
  return pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
}

function groupOf(name: string, proxy: ReverseProxyConfig, leftOut: LeftOut[]): GroupIntent {
  const { policy, passive, transport, position } = proxy;
  if (proxy.responses.length > 0) leftOut.push({ what: "handle_response and replace_status", position });
  if (proxy.headersDown.length > 0) leftOut.push({ what: "header_down", position });
  if (passive !== null && passive.unhealthyLatencyUs > 0) leftOut.push({ what: "unhealthy_latency", position });
  if (proxy.tryDurationUs > 0 && proxy.retries > 0)
    leftOut.push({ what: "lb_try_duration beside lb_retries", position });
  if (proxy.retryMatch !== null) leftOut.push({ what: "lb_retry_match", position });
  else if (proxy.retries > 0 || proxy.tryDurationUs > 0)
    leftOut.push({ what: "that HEAD, PUT and DELETE are not repeated either once a connection stood", position });
  const tries = proxy.tryDurationUs > 0 ? null : 1;
  return {
    name,
    election: electionOf(proxy),
    members: membersOf(proxy),
    stickiness: policy.name === "cookie" ? { kind: "own-cookie", cookie: policy.key, position } : null,
    failover: {
      attempts: proxy.retries > 0 ? proxy.retries + 1 : tries,
      elsewhere: true,
      again: { closed: true, silence: true, statuses: [], unsafe: false },
      badStatuses: (passive?.failDurationUs ?? 0) > 0 ? statusesOf(passive?.unhealthyStatus ?? []) : [],
      silenceCounts: true,
      staysWithMember: false,
      forced: false,
      position,
    },
    timeouts: {
      connectUs: transport.dialTimeoutUs,
      silenceUs: transport.responseHeaderTimeoutUs || transport.readTimeoutUs || null,
      waitUs: proxy.tryDurationUs,
    },
    tls: transport.tls,
    host: proxy.headersUp.some(isMemberHost) ? "of-member" : "of-client",
    forwardedFor: !proxy.headersUp.some(
      ({ kind, name: field }) => kind === "delete" && /^x-forwarded-for$/i.test(field),
    ),
    headers: headersOf(proxy, leftOut),
    upgrades: true,
    keepsConnections: transport.keepAlive,
    position,
  };
}

function isMemberHost({ name, value }: ReverseProxyConfig["headersUp"][number]): boolean {
  return name.toLowerCase() === "host" && /upstream[._]hostport/.test(value);
}

/** A class of statuses (5 = 5xx) as the ones that proxies give. */
function statusesOf(statuses: readonly number[]): readonly number[] {
  return statuses.flatMap((status) => (status < 10 ? [0, 2, 3, 4].map((rest) => status * 100 + rest) : [status]));
}

function electionOf({ policy }: ReverseProxyConfig): ElectionIntent {
  const words = `lb_policy ${policy.name}`;
  switch (policy.name) {
    case "round_robin":
      return { kind: "requests", words };
    case "least_conn":
      return { kind: "connections", words, weighted: false };
    case "first":
      return { kind: "first", words };
    case "random_choose":
      return { kind: "random", words, draws: policy.choose };
    case "ip_hash":
      return { kind: "hash", words, key: { kind: "address" }, consistent: true };
    case "uri_hash":
      return { kind: "hash", words, key: { kind: "uri", query: true }, consistent: true };
    case "header":
      return { kind: "hash", words, key: { kind: "header", name: policy.key }, consistent: true };
    default:
      return { kind: "random", words, draws: 1 };
  }
}

/** An address that is written several times has that weight. */
function membersOf(proxy: ReverseProxyConfig): readonly MemberIntent[] {
  const { upstreams, passive, active, policy } = proxy;
  const limit = passive?.unhealthyRequestCount ?? 0;
  const failsForUs = passive?.failDurationUs ?? 0;
  const firstOnes = upstreams.filter(({ dial }, i) => upstreams.findIndex((other) => other.dial === dial) === i);
  const counts = policy.name === "round_robin" || policy.name === "random";
  return firstOnes.map(({ dial, maxRequests, position }, i) => {
    const cut = dial.lastIndexOf(":");
    return {
      name: `member${i + 1}`,
      host: dial.slice(0, cut).replace(/^\[|\]$/g, ""),
      port: Number(dial.slice(cut + 1)) || 80,
      weight: counts ? upstreams.filter((other) => other.dial === dial).length : 1,
      route: "",
      tier: 0,
      isSpare: false,
      state: "in-service",
      mostConnections: maxRequests || limit,
      slowStartUs: 0,
      out: failsForUs > 0 ? { afterFails: Math.max(1, passive?.maxFails ?? 1), forUs: failsForUs } : null,
      check: active === null ? null : checkOf(active),
      position,
    };
  });
}

function checkOf({ uri, intervalUs, timeoutUs, expectStatus }: ActiveConfig): CheckIntent {
  const status = expectStatus === 0 ? [] : [expectStatus < 10 ? `${expectStatus}xx` : String(expectStatus)];
  return { kind: "http", method: "GET", uri: uri || "/", intervalUs, rise: 1, fall: 1, timeoutUs, statuses: status };
}

const FACTS: Readonly<Record<string, "client-address" | "scheme" | "host">> = {
  "{remote_host}": "client-address",
  "{http.request.remote.host}": "client-address",
  "{scheme}": "scheme",
  "{http.request.scheme}": "scheme",
  "{host}": "host",
  "{http.request.host}": "host",
};

function headersOf({ headersUp, position }: ReverseProxyConfig, leftOut: LeftOut[]): readonly HeaderIntent[] {
  return headersUp.flatMap((operation): readonly HeaderIntent[] => {
    const { kind, name, value } = operation;
    if (isMemberHost(operation) || /^x-forwarded-for$/i.test(name)) return [];
    if (kind === "delete") return [{ name, value: "", position }];
    const fact = FACTS[value];
    if (kind === "set" && fact !== undefined) return [{ name, value: { fact }, position }];
    if (kind === "set" && !value.includes("{")) return [{ name, value, position }];
    leftOut.push({ what: `header_up ${name}`, position });
    return [];
  });
}
