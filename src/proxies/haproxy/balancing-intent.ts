import type {
  BalancingIntent,
  CheckIntent,
  ElectionIntent,
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
import type { BackendConfig, FrontendConfig, HaproxyConfig } from "./config/haproxy-config.ts";
import type { HttpRule } from "./config/http-rule.ts";
import type { Condition, ConditionTerm, SampleExpression } from "./config/sample-expression.ts";
import type { ServerConfig } from "./config/server-config.ts";

/** What a haproxy.cfg wants of its balancing (spec/haproxy.md). */
export function haproxyIntent(config: HaproxyConfig): BalancingIntent {
  const leftOut: LeftOut[] = [];
  const frontends = config.frontends.filter(({ disabled }) => !disabled);
  const sites = frontends.flatMap((frontend) => sitesOf(frontend, config, leftOut));
  const used = new Set(
    sites.flatMap(({ routes }) => routes.flatMap(({ to }) => (to.kind === "group" ? [to.group] : []))),
  );
  const groups = config.backends
    .filter(({ name, servers }) => servers.length > 0 && used.has(groupName(name)))
    .map((backend) => groupOf(backend, frontends, config, leftOut));
  return {
    family: "haproxy",
    groups,
    sites: sites.filter(({ routes }) => routes.some(({ to }) => to.kind === "group")),
    mostClients: config.global.maxconn,
    leftOut: leftOut.filter((each, i) => leftOut.findIndex(({ position }) => position === each.position) === i),
  };
}

function groupOf(
  backend: BackendConfig,
  frontends: readonly FrontendConfig[],
  config: HaproxyConfig,
  leftOut: LeftOut[],
): GroupIntent {
  const { retries, retryOn, redispatch, timeouts, position } = backend;
  const again = Math.max(0, retries);
  const elsewhere = again > 0 && redispatch !== null && redispatch !== 0;
  leaveOutSettings(backend, leftOut);
  return {
    name: groupName(backend.name),
    election: electionOf(backend),
    members: membersOf(backend),
    stickiness: stickinessOf(backend, config),
    failover: {
      attempts: again + 1,
      elsewhere,
      again: {
        closed: retryOn.emptyResponse,
        silence: retryOn.responseTimeout,
        statuses: retryOn.statuses,
        unsafe: retryOn.emptyResponse || retryOn.responseTimeout || retryOn.statuses.length > 0,
      },
      badStatuses: backend.servers.some(({ observe }) => observe === "layer7") ? [500, 502, 503, 504] : [],
      silenceCounts: backend.servers.some(({ observe }) => observe !== "none"),
      staysWithMember: backend.persist && !elsewhere,
      forced: false,
      position,
    },
    timeouts: {
      connectUs: timeouts.connectUs,
      silenceUs: timeouts.serverUs,
      // Requests wait only for servers that have a limit.
      waitUs: backend.servers.some(({ maxconn }) => maxconn > 0) ? timeouts.queueUs : 0,
    },
    tls: backend.servers.some(({ ssl }) => ssl),
    host: "of-client",
    forwardedFor: backend.forwardFor !== null || frontends.some(({ forwardFor }) => forwardFor !== null),
    headers: headersOf([...frontends.flatMap(({ requestRules }) => requestRules), ...backend.requestRules]),
    upgrades: true,
    keepsConnections: backend.connectionMode === "keep-alive" && backend.httpReuse !== "never",
    position,
  };
}

function leaveOutSettings(backend: BackendConfig, leftOut: LeftOut[]): void {
  const { position } = backend;
  if (backend.mode === "tcp") leftOut.push({ what: "mode tcp: the others balance requests here", position });
  if (backend.hashBalanceFactor > 0)
    leftOut.push({ what: "hash-balance-factor", position: backend.hashTypePosition ?? position });
  for (const rule of backend.useServer) leftOut.push({ what: "use-server", position: rule.position });
  for (const rule of backend.persistRules) leftOut.push({ what: `${rule.kind}-persist`, position: rule.position });
  leaveOutRules([...backend.requestRules, ...backend.responseRules, ...backend.redirects], leftOut);
}

function leaveOutRules(rules: readonly HttpRule[], leftOut: LeftOut[]): void {
  for (const rule of rules)
    if (headersOf([rule]).length === 0) leftOut.push({ what: `the rule ${rule.action.kind}`, position: rule.position });
}

function electionOf({ balance, hashType }: BackendConfig): ElectionIntent {
  const words = balance.method;
  const consistent = hashType.method === "consistent";
  const hash = (key: KeyIntent): ElectionIntent => ({ kind: "hash", words: `balance ${words}`, key, consistent });
  switch (balance.method) {
    case "roundrobin":
    case "static-rr":
      return { kind: "requests", words };
    case "leastconn":
      return { kind: "connections", words, weighted: true };
    case "first":
      return { kind: "first", words };
    case "random":
      return { kind: "random", words: `random(${balance.draws})`, draws: balance.draws };
    case "source":
      return hash({ kind: "address" });
    case "uri":
      return hash({ kind: "uri", query: balance.whole });
    case "url_param":
      return hash({ kind: "parameter", name: balance.parameter });
    case "hdr":
      return hash({ kind: "header", name: balance.header });
    case "rdp-cookie":
      return hash({ kind: "other", text: `rdp-cookie(${balance.cookie})` });
    default:
      return hash(keyOf(balance.sample));
  }
}

function keyOf({ fetch, args, converters, text }: SampleExpression): KeyIntent {
  const name = args[0] ?? "";
  if (converters.length > 0) return { kind: "other", text };
  if (fetch === "src") return { kind: "address" };
  if (fetch === "path") return { kind: "uri", query: false };
  if (fetch === "pathq" || fetch === "url") return { kind: "uri", query: true };
  if ((fetch === "req.cook" || fetch === "res.cook") && name !== "") return { kind: "cookie", name };
  if (fetch === "req.hdr" || fetch === "req.fhdr") return { kind: "header", name };
  return fetch === "url_param" ? { kind: "parameter", name } : { kind: "other", text };
}

function membersOf(backend: BackendConfig): readonly MemberIntent[] {
  let backups = 0;
  const names: string[] = [];
  return backend.servers.map((server) => {
    const name = groupName(server.name, names);
    names.push(name);
    // Without `option allbackups` the backups are used one after the other (spec/haproxy.md 11, no. 13).
    const tier = server.backup ? (backend.allBackups ? 1 : ++backups) : 0;
    const isObserved = server.observe !== "none" && server.check.enabled;
    const back = (server.check.downinterUs ?? server.check.interUs) * server.check.rise;
    return {
      name,
      host: server.host,
      port: server.port ?? (Number(server.address.slice(server.address.lastIndexOf(":") + 1)) || 80),
      weight: server.weight === 0 ? 1 : server.weight,
      route: server.cookie ?? "",
      tier,
      isSpare: false,
      state: server.disabled ? "disabled" : server.weight === 0 ? "draining" : "in-service",
      mostConnections: server.maxconn,
      slowStartUs: server.slowstartUs,
      out: isObserved ? { afterFails: server.errorLimit, forUs: back } : null,
      check: checkOf(server, backend),
      position: server.position,
    };
  });
}

function checkOf({ check }: ServerConfig, { healthCheck, timeouts }: BackendConfig): CheckIntent | null {
  if (!check.enabled) return null;
  const isHttp = healthCheck.kind === "http";
  const statuses = healthCheck.expects
    .filter(({ kind, negated }) => kind === "status" && !negated)
    .flatMap(({ statuses: all }) => all.map(({ min, max }) => (min === max ? String(min) : `${min}-${max}`)));
  return {
    kind: isHttp ? "http" : "tcp",
    method: isHttp ? healthCheck.method : "",
    uri: healthCheck.uri,
    intervalUs: check.interUs,
    rise: check.rise,
    fall: check.fall,
    timeoutUs: timeouts.checkUs,
    statuses,
  };
}

function stickinessOf({ cookie, stickRules }: BackendConfig, { tables }: HaproxyConfig): StickinessIntent | null {
  if (cookie !== null) {
    const { name, mode, position } = cookie;
    if (mode === "insert") return { kind: "own-cookie", cookie: name, position };
    if (mode === "passive") return { kind: "read-cookie", cookie: name, position };
    return { kind: "marked-cookie", cookie: name, how: mode, position };
  }
  const rule = stickRules.find(({ kind }) => kind === "match");
  if (rule === undefined) return null;
  const table = tables[rule.table];
  return {
    kind: "table",
    key: keyOf(rule.sample),
    expireUs: table?.expireUs ?? 0,
    size: table?.size ?? 0,
    words: `stick on ${rule.sample.text}`,
    position: rule.position,
  };
}

const FACTS: Readonly<Record<string, "client-address" | "scheme" | "host">> = {
  src: "client-address",
  "ssl_fc,iif(https,http)": "scheme",
  "req.hdr(host)": "host",
  "hdr(host)": "host",
};

/** Rules without a condition that set or delete a header in words that any family has. */
function headersOf(rules: readonly HttpRule[]): readonly HeaderIntent[] {
  return rules.flatMap(({ action, condition, position }): readonly HeaderIntent[] => {
    if (condition !== null) return [];
    if (action.kind === "del-header" && action.match === "str") return [{ name: action.name, value: "", position }];
    if (action.kind !== "set-header") return [];
    const [only] = action.value;
    const fact = only?.kind === "sample" && action.value.length === 1 ? FACTS[only.sample.text] : undefined;
    if (fact !== undefined) return [{ name: action.name, value: { fact }, position }];
    const texts = action.value.flatMap((part) => (part.kind === "text" ? [part.text] : []));
    return texts.length === action.value.length ? [{ name: action.name, value: texts.join(""), position }] : [];
  });
}

interface Way {
  readonly host: string;
  readonly route: RouteIntent;
}

/** One site for every host that conditions ask for, and one for the rest; rules without a host hold in all of them. */
function sitesOf(frontend: FrontendConfig, config: HaproxyConfig, leftOut: LeftOut[]): readonly SiteIntent[] {
  leaveOutRules([...frontend.requestRules, ...frontend.responseRules, ...frontend.redirects], leftOut);
  const ways = waysOf(frontend, config, leftOut);
  const listens = frontend.binds
    .filter(({ port }) => port > 0)
    .map(({ host, port, ssl }) => ({ host: host === "*" || host === "0.0.0.0" ? "" : host, port, tls: ssl }));
  const hosts = [...new Set(ways.map(({ host }) => host).filter((host) => host !== ""))];
  return [...hosts, ""].map((host) => ({
    listens,
    names: host === "" ? [] : [host],
    takesRest: host === "",
    routes: ways.filter((way) => way.host === "" || way.host === host).map(({ route }) => route),
    // Nobody to ask: 503 (spec/haproxy.md section 1).
    unmatchedStatus: 503,
    position: frontend.position,
  }));
}

function waysOf(frontend: FrontendConfig, config: HaproxyConfig, leftOut: LeftOut[]): readonly Way[] {
  const ways: Way[] = [];
  const add = (backend: number, match: PathIntent, host: string, position: FrontendConfig["position"]): void => {
    const found = config.backends[backend];
    if (found !== undefined && found.servers.length > 0)
      ways.push({ host, route: { match, to: { kind: "group", group: groupName(found.name), path: null }, position } });
  };
  for (const { target, condition, position } of frontend.useBackend) {
    const found = typeof target === "number" ? waysIn(condition) : null;
    if (found === null || typeof target !== "number")
      leftOut.push({ what: `use_backend ${condition?.text ?? "with a name made for each request"}`, position });
    else for (const { match, host } of found) add(target, match, host, position);
  }
  const everything: PathIntent = { kind: "prefix", path: "/", wholeParts: false };
  if (frontend.defaultBackend !== null) add(frontend.defaultBackend, everything, "", frontend.position);
  return ways;
}

/** Paths and hosts that meet a condition; null when it asks for anything else. */
function waysIn(condition: Condition | null): readonly { readonly match: PathIntent; readonly host: string }[] | null {
  if (condition === null) return [{ match: { kind: "prefix", path: "/", wholeParts: false }, host: "" }];
  if (condition.unless) return null;
  const found = condition.alternatives.map((terms) => waysOfTerms(terms));
  return found.some((ways) => ways === null) ? null : found.flatMap((ways) => ways ?? []);
}

function waysOfTerms(
  terms: readonly ConditionTerm[],
): readonly { readonly match: PathIntent; readonly host: string }[] | null {
  let paths: readonly PathIntent[] = [];
  let hosts: readonly string[] = [];
  for (const { negated, tests } of terms) {
    if (negated) return null;
    if (tests.every(({ sample }) => sample.fetch === "always_true")) continue;
    const isPath = tests.every(({ sample }) => sample.fetch === "path" && sample.converters.length === 0);
    const isHost = tests.every(
      ({ sample }) => /^req\.f?hdr$/.test(sample.fetch) && sample.args[0]?.toLowerCase() === "host",
    );
    if ((isPath && paths.length > 0) || (isHost && hosts.length > 0) || (!isPath && !isHost)) return null;
    if (isPath)
      paths = wholeParts(tests.flatMap(({ match, patterns }) => patterns.flatMap(({ text }) => pathOf(match, text))));
    else hosts = tests.flatMap(({ match, patterns }) => patterns.flatMap(({ text }) => hostOf(match, text)));
    if ((isPath ? paths : hosts).length === 0) return null;
  }
  const anyPath: readonly PathIntent[] = [{ kind: "prefix", path: "/", wholeParts: false }];
  return (paths.length > 0 ? paths : anyPath).flatMap((match) =>
    (hosts.length > 0 ? hosts : [""]).map((host) => ({ match, host })),
  );
}

function pathOf(match: string, text: string): readonly PathIntent[] {
  if (match === "beg") return [{ kind: "prefix", path: text, wholeParts: false }];
  if (match === "str") return [{ kind: "exact", path: text }];
  return match === "reg" ? [{ kind: "regex", source: text }] : [];
}

/** `path /app` and `path_beg /app/` together are one prefix of whole parts. */
function wholeParts(paths: readonly PathIntent[]): readonly PathIntent[] {
  const has = (kind: PathIntent["kind"], text: string): boolean =>
    paths.some((path) => path.kind === kind && path.kind !== "regex" && path.path === text);
  return paths.flatMap((path) => {
    if (path.kind === "exact" && has("prefix", `${path.path}/`))
      return [{ kind: "prefix", path: path.path, wholeParts: true } as const];
    return path.kind === "prefix" && path.path.endsWith("/") && has("exact", path.path.slice(0, -1)) ? [] : [path];
  });
}

function hostOf(match: string, text: string): readonly string[] {
  if (match === "str") return [text.replace(/:\d+$/, "")];
  return match === "end" ? [`*${text.startsWith(".") ? "" : "."}${text}`] : [];
}
