import type { ProxyFacts, TargetFact } from "../../contract/proxy-facts.ts";
import type { CaddyConfig, Handler, Matcher, Route } from "./config/caddy-config.ts";

/** Go starts a goroutine for every request: no limit of its own. */
const NO_LIMIT = 1_000_000;

/** What a read configuration of Caddy tells the scenario. */
export function proxyFactsOf(config: CaddyConfig): ProxyFacts {
  const cookie = config.proxies.find(({ policy }) => policy.name === "cookie")?.policy.key;
  return {
    members: config.proxies.flatMap(({ name, upstreams }) =>
      upstreams.map(({ dial, position }) => ({
        address: dial,
        aliases: [],
        group: name,
        weight: 1,
        route: "",
        position,
      })),
    ),
    listens: config.servers.flatMap(({ listens }) => listens.map((listen) => listen.replace(/^:/, ""))),
    names: config.names,
    targets: targetsOf(config),
    threads: NO_LIMIT,
    stickyCookie: null,
    setsCookies: cookie === undefined ? [] : [cookie],
  };
}

function targetsOf(config: CaddyConfig): readonly TargetFact[] {
  const found = config.servers.flatMap(({ routes }) => inRoutes(routes, { path: "/", host: "" }, config));
  const shortest = new Map<string, TargetFact>();
  for (const target of found) {
    const before = shortest.get(target.group);
    if (before === undefined || target.path.length < before.path.length) shortest.set(target.group, target);
  }
  return [...shortest.values()];
}

interface Way {
  readonly path: string;
  readonly host: string;
}

function inRoutes(routes: readonly Route[], way: Way, config: CaddyConfig): readonly TargetFact[] {
  return routes.flatMap((route) => {
    const inner = narrowed(route.match[0] ?? [], way);
    return inner === null ? [] : route.handlers.flatMap((handler) => inHandler(handler, inner, config));
  });
}

function inHandler(handler: Handler, way: Way, config: CaddyConfig): readonly TargetFact[] {
  if (handler.kind === "subroute") return inRoutes(handler.routes, way, config);
  if (handler.kind !== "proxy") return [];
  const proxy = config.proxies[handler.proxy];
  if (proxy === undefined || proxy.upstreams.length === 0) return [];
  return [{ path: way.path, group: proxy.name, host: way.host, position: proxy.position }];
}

/** The shortest request that the matchers let through; null when that can't be told. */
function narrowed(set: readonly Matcher[], way: Way): Way | null {
  let { path, host } = way;
  for (const matcher of set) {
    if (matcher.kind === "path") path = (matcher.patterns[0] ?? "/").replace(/\*$/, "") || "/";
    else if (matcher.kind === "host") host = (matcher.hosts[0] ?? "").replace("*", "www");
    else if (matcher.kind === "method" && !matcher.methods.includes("GET")) return null;
    else if (matcher.kind === "header" || matcher.kind === "header_regexp" || matcher.kind === "query") return null;
  }
  return { path, host };
}
