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
  StickinessIntent,
} from "../../contract/balancing-intent.ts";
import type { Position } from "../../contract/problem.ts";
import { groupName } from "../shared/group-name.ts";
import type { ApacheConfig, BalancerConfig, MemberConfig, PassRule, ServerConfig } from "./config/apache-config.ts";

/** Answers of a health check that count as good without a ProxyHCExpr (spec/apache.md 12). */
const GOOD_CHECK: readonly string[] = [];

/** What an httpd configuration wants of its balancing (spec/apache.md 15). */
export function apacheIntent(config: ApacheConfig): BalancingIntent {
  const servers = reachableServers(config);
  const groups: GroupIntent[] = [];
  const leftOut: LeftOut[] = [];
  for (const balancer of config.balancers) {
    if (balancer.members.length === 0) continue;
    const server = servers.find((each) => leadsTo(each, balancer.name)) ?? config.servers[0];
    if (server !== undefined) groups.push(groupOf(balancer, server, leftOut));
  }
  const workerNames = config.workers.map((worker) => {
    const name = groupName(`${worker.host}_${worker.port}`, taken(groups));
    const server = servers[0] ?? config.servers[0];
    if (server !== undefined) groups.push(groupOfWorker(name, worker, server));
    return name;
  });
  const sites = servers.map((server, i) => siteOf(server, servers.slice(0, i), config, workerNames));
  for (const server of servers) leaveOutSettings(server, leftOut);
  const used = sites.flatMap(({ routes }) => routes.flatMap(({ to }) => (to.kind === "group" ? [to.group] : [])));
  return {
    family: "apache",
    groups: groups.filter(({ name }) => used.includes(name)),
    sites: sites.filter(({ routes }) => routes.some(({ to }) => to.kind === "group")),
    mostClients: null,
    leftOut: unique(leftOut),
  };
}

function taken(groups: readonly GroupIntent[]): readonly string[] {
  return groups.map(({ name }) => name);
}

/** Virtual hosts, and the main server when there are none. */
function reachableServers({ servers }: ApacheConfig): readonly ServerConfig[] {
  const [main, ...hosts] = servers;
  return hosts.length > 0 ? hosts : main === undefined ? [] : [main];
}

function rulesOf(server: ServerConfig): readonly { readonly match: PassRule["match"]; readonly rule: PassRule }[] {
  const inLocations = [...server.locations].reverse();
  return [...inLocations, ...server.passRules.map((rule) => ({ match: rule.match, rule }))];
}

/** The name without what a ProxyPassMatch puts behind it: "shop$1". */
function balancerOf(text: string): string {
  return text.toLowerCase().replace(/\$.*$/, "");
}

function leadsTo(server: ServerConfig, balancer: string): boolean {
  return rulesOf(server).some(
    ({ rule: { target } }) => target.kind === "balancer" && balancerOf(target.balancer) === balancer,
  );
}

function groupOf(balancer: BalancerConfig, server: ServerConfig, leftOut: LeftOut[]): GroupIntent {
  const { members, position } = balancer;
  const [first] = members;
  const silenceUs = silenceOf(first, server);
  for (const member of members)
    if (silenceOf(member, server) !== silenceUs || connectOf(member, server) !== connectOf(first, server))
      leftOut.push({
        what: `timeouts of ${member.url} that differ from the first member's`,
        position: member.position,
      });
  return {
    name: groupName(balancer.name),
    election: electionOf(balancer.lbmethod),
    members: membersOf(members),
    stickiness: stickinessOf(balancer, server),
    failover: {
      attempts: balancer.maxAttempts === null ? null : balancer.maxAttempts + 1,
      elsewhere: true,
      again: { closed: false, silence: false, statuses: [], unsafe: true },
      badStatuses: balancer.failOnStatus,
      silenceCounts: balancer.failOnTimeout,
      staysWithMember: balancer.nofailover,
      forced: balancer.forceRecovery,
      position,
    },
    timeouts: { connectUs: connectOf(first, server), silenceUs, waitUs: balancer.timeoutUs },
    ...forwarding(server, members),
    position,
  };
}

/** The worker of a ProxyPass to one URL: no failover and no error state (spec/apache.md 13). */
function groupOfWorker(name: string, worker: MemberConfig, server: ServerConfig): GroupIntent {
  return {
    name,
    election: { kind: "requests", words: "a single worker" },
    members: membersOf([worker]).map((member) => ({ ...member, out: null })),
    stickiness: null,
    failover: {
      attempts: 1,
      elsewhere: false,
      again: { closed: false, silence: false, statuses: [], unsafe: false },
      badStatuses: [],
      silenceCounts: false,
      staysWithMember: false,
      forced: true,
      position: worker.position,
    },
    timeouts: { connectUs: connectOf(worker, server), silenceUs: silenceOf(worker, server), waitUs: 0 },
    ...forwarding(server, [worker]),
    position: worker.position,
  };
}

function forwarding(
  server: ServerConfig,
  members: readonly MemberConfig[],
): Pick<GroupIntent, "tls" | "host" | "forwardedFor" | "headers" | "upgrades" | "keepsConnections"> {
  return {
    tls: members.some(({ scheme }) => scheme === "https" || scheme === "wss"),
    host: server.preserveHost ? "of-client" : "of-member",
    forwardedFor: server.addForwardedHeaders,
    headers: plainHeaders(server),
    upgrades: members.some(({ upgrade, scheme }) => upgrade !== null || scheme.startsWith("ws")),
    keepsConnections: !members.every(({ disableReuse }) => disableReuse),
  };
}

function silenceOf(member: MemberConfig | undefined, server: ServerConfig): number {
  return member?.timeoutUs ?? server.proxyTimeoutUs ?? server.timeoutUs;
}

function connectOf(member: MemberConfig | undefined, server: ServerConfig): number {
  return member?.connectionTimeoutUs ?? silenceOf(member, server);
}

function electionOf(lbmethod: BalancerConfig["lbmethod"]): ElectionIntent {
  switch (lbmethod) {
    case "byrequests":
      return { kind: "requests", words: lbmethod };
    case "bytraffic":
      return { kind: "bytes", words: lbmethod };
    case "bybusyness":
      return { kind: "connections", words: lbmethod, weighted: false };
    default:
      return { kind: "reported-load", words: lbmethod };
  }
}

function membersOf(members: readonly MemberConfig[]): readonly MemberIntent[] {
  const isStandby = ({ status }: MemberConfig): boolean => status.includes("H");
  // A standby of a set comes before the next set (spec/apache.md 9).
  const ranks = [...new Set(members.map((member) => member.lbset * 2 + (isStandby(member) ? 1 : 0)))].sort(
    (a, b) => a - b,
  );
  const names: string[] = [];
  return members.map((member, i) => {
    const name = groupName(member.route === "" ? `member${i + 1}` : member.route, names);
    names.push(name);
    const isDisabled = ["D", "S", "E"].some((letter) => member.status.includes(letter));
    return {
      name,
      host: member.host.replace(/^\[|\]$/g, ""),
      port: member.port,
      weight: member.factor / 100,
      route: member.route,
      tier: ranks.indexOf(member.lbset * 2 + (isStandby(member) ? 1 : 0)),
      isSpare: member.status.includes("R"),
      state: isDisabled ? "disabled" : member.status.includes("N") ? "draining" : "in-service",
      mostConnections: member.max ?? 0,
      slowStartUs: 0,
      out: member.status.includes("I") ? null : { afterFails: 1, forUs: member.retryUs },
      check: checkOf(member),
      position: member.position,
    };
  });
}

function checkOf({ healthCheck }: MemberConfig): CheckIntent | null {
  const { method, uri, intervalUs, passes, fails } = healthCheck;
  if (method === "NONE") return null;
  const isHttp = method !== "TCP" && method !== "CPING";
  return {
    kind: isHttp ? "http" : "tcp",
    method: isHttp ? method.replace("11", "") : "",
    uri: uri === "" ? "/" : uri,
    intervalUs,
    rise: passes,
    fall: fails,
    timeoutUs: null,
    statuses: GOOD_CHECK,
  };
}

function stickinessOf(balancer: BalancerConfig, server: ServerConfig): StickinessIntent | null {
  const { stickySession: sticky, position } = balancer;
  if (sticky === null) return null;
  const sets = server.headers.some(
    ({ name, value }) => name.toLowerCase() === "set-cookie" && value.startsWith(`${sticky.cookie}=`),
  );
  if (sets) return { kind: "own-cookie", cookie: sticky.cookie, position };
  const separator = balancer.stickySessionSeparator ?? "";
  const parameter = sticky.path === sticky.cookie && sticky.cookie.toUpperCase() === "ROUTEID" ? "" : sticky.path;
  return { kind: "route-suffix", cookie: sticky.cookie, parameter, separator, position };
}

function siteOf(
  server: ServerConfig,
  before: readonly ServerConfig[],
  config: ApacheConfig,
  workerNames: readonly string[],
): SiteIntent {
  const written = server.addresses.length > 0 ? server.addresses : config.listens;
  const seen = before.flatMap(({ addresses }) => addresses);
  return {
    listens: written.map(listenOf),
    names: server.names.filter((name) => name !== ""),
    takesRest: !written.some((address) => seen.includes(address)),
    routes: rulesOf(server).flatMap(({ match, rule }) => routeOf(match, rule, config, workerNames)),
    unmatchedStatus: 404,
    position: server.position,
  };
}

function listenOf(text: string): SiteIntent["listens"][number] {
  const cut = text.lastIndexOf(":");
  const host = cut < 0 ? "" : text.slice(0, cut);
  const port = Number(text.slice(cut + 1)) || 80;
  return { host: host === "*" || host === "_default_" ? "" : host, port, tls: port === 443 || port === 8443 };
}

function routeOf(
  match: PassRule["match"],
  rule: PassRule,
  config: ApacheConfig,
  workerNames: readonly string[],
): readonly RouteIntent[] {
  const { target, position } = rule;
  const path: PathIntent =
    match.kind === "regex"
      ? { kind: "regex", source: match.source }
      : { kind: "prefix", path: match.path, wholeParts: true };
  if (target.kind === "none") return [{ match: path, to: { kind: "answer", status: 404, location: null }, position }];
  const balancer = target.kind === "balancer" ? balancerOf(target.balancer) : "";
  const found = config.balancers.find(({ name, members }) => name === balancer && members.length > 0);
  const member = target.kind === "balancer" ? found?.members[0] : config.workers[target.worker];
  if (member === undefined) return [];
  const group = target.kind === "balancer" ? groupName(found?.name ?? "") : (workerNames[target.worker] ?? "");
  const inUrl = target.kind === "balancer" ? member.path + target.path : target.path;
  const from = match.kind === "prefix" ? match.path : "";
  const isRegex = match.kind === "regex";
  return [
    { match: path, to: { kind: "group", group, path: isRegex || inUrl === from ? null : inUrl || "/" }, position },
  ];
}

const FACTS: Readonly<Record<string, "client-address" | "scheme" | "host">> = {
  "%{REMOTE_ADDR}s": "client-address",
  "expr=%{REMOTE_ADDR}": "client-address",
  "%{REQUEST_SCHEME}s": "scheme",
  "expr=%{REQUEST_SCHEME}": "scheme",
  "%{HTTP_HOST}s": "host",
  "expr=%{HTTP_HOST}": "host",
};

/** RequestHeader lines that any family can say. */
function plainHeaders({ headers }: ServerConfig): readonly HeaderIntent[] {
  return headers.flatMap(({ where, action, name, value, condition, position }): readonly HeaderIntent[] => {
    if (where !== "request" || condition !== null) return [];
    if (action === "unset") return [{ name, value: "", position }];
    if (action !== "set" || value === "") return [];
    const fact = FACTS[value];
    if (fact !== undefined) return [{ name, value: { fact }, position }];
    return value.includes("%") || value.startsWith("expr=") ? [] : [{ name, value, position }];
  });
}

function leaveOutSettings(server: ServerConfig, leftOut: LeftOut[]): void {
  const carried = plainHeaders(server).map(({ position }) => position);
  const setsRoute = (value: string): boolean => value.includes("BALANCER_WORKER_ROUTE");
  for (const { where, name, value, position } of server.headers)
    if (!carried.includes(position) && !setsRoute(value))
      leftOut.push({ what: `${where === "request" ? "RequestHeader" : "Header"} ${name}`, position });
  for (const { handler, path, position } of server.handlers)
    leftOut.push({ what: `SetHandler ${handler} at ${path}`, position });
  for (const { attribute, from, to } of server.cookieRewrites)
    leftOut.push({
      what: `ProxyPassReverseCookie${attribute === "path" ? "Path" : "Domain"} ${from} ${to}`,
      position: server.position,
    });
  for (const { match, rule } of rulesOf(server))
    if (match.kind === "regex" && /\$[1-9]/.test(rule.url))
      leftOut.push({ what: `what ${rule.url} makes of the path`, position: rule.position });
  for (const { pattern, position } of [
    ...(server.rewrite?.rules ?? []),
    ...(server.rewrite?.places.flatMap(({ rules }) => rules) ?? []),
  ])
    leftOut.push({ what: `RewriteRule ${pattern}`, position });
  if (server.errorOverride !== null) leftOut.push({ what: "ProxyErrorOverride", position: server.position });
}

function unique(all: readonly LeftOut[]): readonly LeftOut[] {
  const key = ({ what, position }: LeftOut): string => `${what} ${placeOf(position)}`;
  return all.filter((each, i) => all.findIndex((other) => key(other) === key(each)) === i);
}

function placeOf(position: Position | null): string {
  return position === null ? "" : `${position.file}:${position.line}:${position.column}`;
}
