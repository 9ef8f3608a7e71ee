import type {
  BalancingIntent,
  CheckIntent,
  ElectionIntent,
  FailoverIntent,
  GroupIntent,
  HeaderIntent,
  KeyIntent,
  LeftOut,
  MemberIntent,
  PathIntent,
  RouteIntent,
  SiteIntent,
  StickinessIntent,
} from "../../contract/balancing-intent.ts";
import { groupName } from "../shared/group-name.ts";
import type { LocationConfig, LocationMatch, ProxyPass } from "./config/location-config.ts";
import type { NginxConfig, ServerConfig } from "./config/nginx-config.ts";
import type { Template } from "./config/template.ts";
import type { ServerLine, UpstreamConfig } from "./config/upstream-config.ts";

const SECOND_US = 1_000_000;

/** What an nginx configuration wants of its balancing (spec/nginx.md, spec/nginx-plus.md). */
export function nginxIntent(config: NginxConfig): BalancingIntent {
  const leftOut: LeftOut[] = [];
  const locations = config.servers.flatMap(({ root }) => allLocations(root));
  const groups = config.upstreams.flatMap((upstream) => {
    const users = locations.filter(({ proxyPass }) => upstreamOf(proxyPass, config) === upstream.name.toLowerCase());
    const [first, ...others] = users;
    if (first === undefined || upstream.servers.length === 0) return [];
    for (const other of others)
      if (settingsOf(other) !== settingsOf(first))
        leftOut.push({
          what: `settings of this location for ${upstream.name} that differ from an earlier one`,
          position: other.position,
        });
    return [groupOf(upstream, first, config, leftOut)];
  });
  const sites = config.servers.map((server) => siteOf(server, config, leftOut));
  return {
    family: "nginx",
    groups,
    sites: sites.filter(({ routes }) => routes.some(({ to }) => to.kind === "group")),
    mostClients: null,
    leftOut,
  };
}

function allLocations(location: LocationConfig): readonly LocationConfig[] {
  return [location, ...location.locations.flatMap(allLocations)];
}

/** Upstream that a location passes to, in lower case; of a URL with variables the one that it names first. */
function upstreamOf(pass: ProxyPass | null, config: NginxConfig): string | null {
  if (pass === null) return null;
  if (pass.kind === "upstream") return pass.upstream.toLowerCase();
  const named = (text: string): boolean => config.upstreams.some(({ name }) => name.toLowerCase() === text);
  for (const part of pass.url.parts) {
    if (part.kind === "text") {
      const host = part.text
        .toLowerCase()
        .replace(/^https?:\/\//, "")
        .replace(/[:/].*$/, "");
      if (named(host)) return host;
    } else if (part.kind === "variable") {
      const definition = config.variables[part.name];
      if (definition?.kind !== "map") continue;
      const values = [definition.otherwise, ...Object.values(definition.exact)].map(({ source }) =>
        source.toLowerCase(),
      );
      const found = values.find(named);
      if (found !== undefined) return found;
    }
  }
  return null;
}

function groupOf(
  upstream: UpstreamConfig,
  location: LocationConfig,
  config: NginxConfig,
  leftOut: LeftOut[],
): GroupIntent {
  const { settings, proxyPass } = location;
  const { position } = upstream;
  const check = config.healthChecks.find(({ upstream: name }) => name.toLowerCase() === upstream.name.toLowerCase());
  const host = settings.setHeaders.find(({ name }) => name.toLowerCase() === "host")?.value.source ?? "$proxy_host";
  if (settings.limitConns.length > 0 || settings.limitReqs.length > 0)
    leftOut.push({ what: "limit_conn and limit_req", position: location.position });
  const forwards = settings.setHeaders.some(
    ({ name, value }) => /^x-forwarded-for$/i.test(name) && value.source !== "",
  );
  return {
    name: groupName(upstream.name),
    election: electionOf(upstream),
    members: membersOf(upstream, check === undefined ? null : checkOf(check)),
    stickiness: stickinessOf(upstream),
    failover: failoverOf(location),
    timeouts: {
      connectUs: settings.connectTimeoutUs,
      silenceUs: settings.readTimeoutUs,
      waitUs: upstream.queue?.timeoutUs ?? 0,
    },
    tls: proxyPass?.kind === "upstream" && proxyPass.scheme === "https",
    host: host === "$proxy_host" ? "of-group" : "of-client",
    forwardedFor: forwards,
    headers: headersOf(location, leftOut),
    upgrades: settings.setHeaders.some(({ name, value }) => name.toLowerCase() === "upgrade" && value.source !== ""),
    keepsConnections: upstream.keepalive !== null,
    position,
  };
}

/** What a group can have only once, to compare. */
function settingsOf({ settings }: LocationConfig): string {
  const { connectTimeoutUs, readTimeoutUs, nextUpstream, nextUpstreamTries } = settings;
  return [connectTimeoutUs, readTimeoutUs, nextUpstreamTries, ...nextUpstream].join(" ");
}

function electionOf({ method }: UpstreamConfig): ElectionIntent {
  switch (method.kind) {
    case "round_robin":
      return { kind: "requests", words: "round robin" };
    case "least_conn":
      return { kind: "connections", words: "least_conn", weighted: true };
    case "ip_hash":
      return { kind: "hash", words: "ip_hash", key: { kind: "address" }, consistent: false };
    case "hash": {
      const words = `hash ${method.key.source}${method.consistent ? " consistent" : ""}`;
      return { kind: "hash", words, key: keyOf(method.key), consistent: method.consistent };
    }
    case "random":
      return { kind: "random", words: method.by === null ? "random" : "random two", draws: method.by === null ? 1 : 2 };
    default:
      return { kind: "response-time", words: `least_time ${method.of}` };
  }
}

/** What a hash or lookup key is about; variables are kept in lower case, so a name is taken from what is written. */
function keyOf({ source, parts }: Template): KeyIntent {
  const [only] = parts;
  if (only === undefined || parts.length > 1 || only.kind !== "variable") return { kind: "other", text: source };
  const written = /^\$\{?(\w+)\}?$/.exec(source)?.[1] ?? only.name;
  switch (only.name) {
    case "remote_addr":
    case "binary_remote_addr":
      return { kind: "address" };
    case "request_uri":
      return { kind: "uri", query: true };
    case "uri":
    case "document_uri":
      return { kind: "uri", query: false };
    default:
  }
  if (only.name.startsWith("cookie_")) return { kind: "cookie", name: written.slice(7) };
  if (only.name.startsWith("arg_")) return { kind: "parameter", name: written.slice(4) };
  if (only.name.startsWith("http_")) return { kind: "header", name: written.slice(5).replaceAll("_", "-") };
  return { kind: "other", text: source };
}

function membersOf({ servers }: UpstreamConfig, check: CheckIntent | null): readonly MemberIntent[] {
  const names: string[] = [];
  return servers.flatMap((line) =>
    line.addresses.map((address) => {
      const name = groupName(line.route === "" ? `member${names.length + 1}` : line.route, names);
      names.push(name);
      return memberOf(name, line, address, check);
    }),
  );
}

function memberOf(name: string, line: ServerLine, address: string, check: CheckIntent | null): MemberIntent {
  const cut = address.lastIndexOf(":");
  return {
    name,
    host: address.slice(0, cut).replace(/^\[|\]$/g, ""),
    port: Number(address.slice(cut + 1)) || 80,
    weight: line.weight,
    route: line.route,
    tier: line.backup ? 1 : 0,
    isSpare: false,
    state: line.down ? "disabled" : line.drain ? "draining" : "in-service",
    mostConnections: line.maxConns,
    slowStartUs: line.slowStartUs,
    out: line.maxFails === 0 ? null : { afterFails: line.maxFails, forUs: line.failTimeoutS * SECOND_US },
    check,
    position: line.position,
  };
}

function checkOf(check: NginxConfig["healthChecks"][number]): CheckIntent {
  return {
    kind: "http",
    method: "GET",
    uri: check.uri,
    intervalUs: check.intervalUs,
    rise: check.passes,
    fall: check.fails,
    timeoutUs: check.readTimeoutUs,
    statuses: [],
  };
}

function stickinessOf({ sticky }: UpstreamConfig): StickinessIntent | null {
  if (sticky === null) return null;
  const { position } = sticky;
  if (sticky.kind === "cookie") return { kind: "own-cookie", cookie: sticky.name, position };
  if (sticky.kind === "learn") {
    const key = keyOf(sticky.lookup[0] ?? { source: "", parts: [] });
    // About 8000 entries per megabyte and two of them a session (spec/nginx-plus.md (b): 4000 sessions).
    const size = Math.max(1, Math.floor(sticky.zoneBytes / 262));
    return { kind: "table", key, expireUs: sticky.timeoutUs, size, words: "sticky learn", position };
  }
  const keys = sticky.variables.map(keyOf);
  const cookie = keys.find((key) => key.kind === "cookie");
  return cookie?.kind === "cookie"
    ? { kind: "read-cookie", cookie: cookie.name, position }
    : {
        kind: "table",
        key: keys[0] ?? { kind: "other", text: "" },
        expireUs: 0,
        size: 10_000,
        words: "sticky route",
        position,
      };
}

const STATUS_FLAG = /^http_(\d{3})$/;

function failoverOf({ settings, proxyPass, position }: LocationConfig): FailoverIntent {
  const { nextUpstream, nextUpstreamTries: tries } = settings;
  const statuses = nextUpstream.flatMap((flag) => {
    const status = STATUS_FLAG.exec(flag)?.[1];
    return status === undefined ? [] : [Number(status)];
  });
  const isOn = nextUpstream.includes("error") || nextUpstream.includes("timeout");
  return {
    attempts: isOn ? (tries === 0 ? null : tries) : 1,
    elsewhere: true,
    again: {
      closed: nextUpstream.includes("error"),
      silence: nextUpstream.includes("timeout"),
      statuses,
      unsafe: nextUpstream.includes("non_idempotent"),
    },
    // 403 and 404 go on to the next server without counting (spec/nginx.md section 3).
    badStatuses: statuses.filter((status) => status !== 403 && status !== 404),
    silenceCounts: true,
    staysWithMember: false,
    forced: false,
    position: proxyPass?.position ?? position,
  };
}

const FACTS: Readonly<Record<string, "client-address" | "scheme" | "host">> = {
  $remote_addr: "client-address",
  $scheme: "scheme",
  $host: "host",
  $http_host: "host",
};

/** nginx's own, and those that other fields of the intent stand for. */
const SPOKEN_FOR = ["host", "connection", "upgrade", "x-forwarded-for", "te", "content-length", "keep-alive"];

function headersOf({ settings, position }: LocationConfig, leftOut: LeftOut[]): readonly HeaderIntent[] {
  return settings.setHeaders.flatMap(({ name, value: { source, parts } }): readonly HeaderIntent[] => {
    if (SPOKEN_FOR.includes(name.toLowerCase())) return [];
    const fact = FACTS[source];
    if (fact !== undefined) return [{ name, value: { fact }, position }];
    if (parts.every(({ kind }) => kind === "text")) return [{ name, value: source, position }];
    leftOut.push({ what: `proxy_set_header ${name} ${source}`, position });
    return [];
  });
}

function siteOf(server: ServerConfig, config: NginxConfig, leftOut: LeftOut[]): SiteIntent {
  return {
    listens: server.listens
      .filter(({ address }) => !address.startsWith("unix:"))
      .map(({ address, port, ssl }) => ({ host: address === "*" ? "" : address, port, tls: ssl })),
    names: server.names.flatMap((name) =>
      name.kind === "exact" && name.name !== "" && name.name !== "_"
        ? [name.name]
        : name.kind === "head"
          ? [`*${name.suffix}`]
          : [],
    ),
    takesRest: server.listens.some(({ isDefault }) => isDefault),
    routes: [server.root, ...inOrder(server.root)].flatMap((location) => routesOf(location, config, leftOut)),
    unmatchedStatus: 404,
    position: server.position,
  };
}

/** Locations in the order in which the first that matches is the one that nginx takes: exact, final, expressions, longest prefix. */
function inOrder(root: LocationConfig): readonly LocationConfig[] {
  const all = root.locations.flatMap(allLocations);
  const rank = ({ match }: LocationConfig): number =>
    match.kind === "exact" ? 0 : match.kind === "final-prefix" ? 1 : match.kind === "regex" ? 2 : 3;
  const length = ({ match }: LocationConfig): number =>
    match.kind === "prefix" || match.kind === "final-prefix" ? match.uri.length : 0;
  return all
    .map((location, i) => ({ location, i }))
    .sort((a, b) => rank(a.location) - rank(b.location) || length(b.location) - length(a.location) || a.i - b.i)
    .map(({ location }) => location);
}

function pathOf(match: LocationMatch): PathIntent | null {
  switch (match.kind) {
    case "exact":
      return { kind: "exact", path: match.uri };
    case "prefix":
    case "final-prefix":
      return { kind: "prefix", path: match.uri, wholeParts: false };
    case "regex":
      return { kind: "regex", source: match.regex.caseless ? `(?i)${match.regex.source}` : match.regex.source };
    default:
      return null;
  }
}

function routesOf(location: LocationConfig, config: NginxConfig, leftOut: LeftOut[]): readonly RouteIntent[] {
  const { steps, proxyPass, position, tryFiles, internal } = location;
  const match = pathOf(location.match);
  const [step] = steps;
  const returns = step?.kind === "return" ? step : null;
  for (const each of steps)
    if (each !== returns && each.kind !== "set") leftOut.push({ what: each.kind, position: each.position });
  if (tryFiles !== null) leftOut.push({ what: "try_files", position: tryFiles.position });
  if (match === null || internal) return [];
  if (returns !== null) {
    const redirects = returns.status >= 300 && returns.status < 400;
    const to = {
      kind: "answer",
      status: returns.status,
      location: redirects ? (returns.text?.source ?? "/") : null,
    } as const;
    return [{ match, to, position }];
  }
  if (proxyPass === null) return [{ match, to: { kind: "answer", status: 404, location: null }, position }];
  const upstream = upstreamOf(proxyPass, config);
  const name = config.upstreams.find((each) => each.name.toLowerCase() === upstream)?.name;
  if (proxyPass.kind === "variable")
    leftOut.push({ what: `proxy_pass ${proxyPass.url.source} with its variables`, position });
  if (name === undefined) return [];
  const uri = proxyPass.kind === "upstream" ? proxyPass.uri : null;
  const path = match.kind === "regex" || uri === match.path ? null : uri;
  return [{ match, to: { kind: "group", group: groupName(name), path }, position }];
}
