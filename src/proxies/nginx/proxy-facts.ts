import type { MemberFact, ProxyFacts, TargetFact } from "../../contract/proxy-facts.ts";
import type { LocationConfig } from "./config/location-config.ts";
import type { NginxConfig, ServerConfig, ServerName } from "./config/nginx-config.ts";
import type { UpstreamConfig } from "./config/upstream-config.ts";

/** What a read nginx configuration tells the scenario. */
export function proxyFactsOf(config: NginxConfig): ProxyFacts {
  const sticky = config.upstreams.flatMap(({ sticky: each }) => (each?.kind === "cookie" ? [each.name] : []));
  return {
    members: config.upstreams.flatMap(membersOf),
    listens: config.servers.flatMap(({ listens }) => listens.map(listenText)),
    names: config.servers.flatMap(({ names }) => names.flatMap(hostOf)),
    targets: config.servers
      .flatMap((server) => locationTargets(server.root, server.serverName, config))
      .filter(isFirstOfGroup),
    threads: placesOf(config),
    stickyCookie: sessionCookie(config),
    setsCookies: [...new Set(sticky)],
  };
}

/**
 * Requests that can be in progress at once: two places each (spec/nginx.md C.2), over all workers.
 */
function placesOf({ workerConnections, listeningSockets, masterProcess, workerProcesses }: NginxConfig): number {
  const free = workerConnections - listeningSockets.length - (masterProcess ? 1 : 0);
  return Math.max(1, Math.floor(free / 2)) * workerProcesses;
}

/** A name that a client can send; "_" is the usual word for no name at all. */
function hostOf(name: ServerName): readonly string[] {
  return name.kind === "exact" && name.name !== "_" && name.name !== "" ? [name.name] : [];
}

function listenText({ address, port }: ServerConfig["listens"][number]): string {
  return address === "*" ? String(port) : address.startsWith("unix:") ? address : `${address}:${port}`;
}

function membersOf(upstream: UpstreamConfig): readonly MemberFact[] {
  return upstream.servers.flatMap(({ addresses, text, route, weight, position }) =>
    addresses.map((address) => ({
      address,
      aliases: [...new Set([text, route])].filter((alias) => alias !== "" && alias !== address),
      group: upstream.name,
      weight,
      // The route is a cookie or variable of its own, never a suffix of the session id.
      route: "",
      position,
    })),
  );
}

/** Prefix locations with what they pass to. */
function locationTargets(location: LocationConfig, host: string, config: NginxConfig): readonly TargetFact[] {
  const { match, proxyPass: pass } = location;
  const inner = location.locations.flatMap((each) => locationTargets(each, host, config));
  const path = match.kind === "prefix" || match.kind === "final-prefix" ? match.uri : null;
  if (path === null || pass === null || location.internal) return inner;
  const group = groupOf(location, config);
  return group === null ? inner : [{ path, group, host, position: location.position }, ...inner];
}

/** The upstream that requests go to; of a URL with variables the first upstream that it can name. */
function groupOf({ proxyPass: pass }: LocationConfig, config: NginxConfig): string | null {
  if (pass === null) return null;
  if (pass.kind === "upstream") return pass.upstream;
  const plain = pass.url.parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join("");
  const named = config.upstreams.find(({ name }) => new RegExp(`(?:^|/)${escaped(name)}(?:$|[/:])`, "i").test(plain));
  if (named !== undefined) return named.name;
  const values = pass.url.parts.flatMap((part) => (part.kind === "variable" ? valuesOf(part.name, config) : []));
  return config.upstreams.find(({ name }) => values.includes(name.toLowerCase()))?.name ?? null;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** What a map can give, in lower case. */
function valuesOf(variable: string, config: NginxConfig): readonly string[] {
  const definition = config.variables[variable];
  if (definition === undefined) return [];
  if (definition.kind === "split_clients") return definition.parts.map(({ value }) => value.toLowerCase());
  if (definition.kind === "geo") return [definition.otherwise, ...definition.networks.map(({ value }) => value)];
  const templates = [
    definition.otherwise,
    ...Object.values(definition.exact),
    ...definition.regexes.map(({ value }) => value),
  ];
  return templates.map(({ source }) => source.toLowerCase());
}

/** The cookie that a hash looks at, or that a learning sticky looks up: what sessions hang on. */
function sessionCookie(config: NginxConfig): ProxyFacts["stickyCookie"] {
  for (const { method, sticky } of config.upstreams) {
    const key = method.kind === "hash" ? method.key : sticky?.kind === "learn" ? sticky.lookup[0] : undefined;
    for (const part of key?.parts ?? []) {
      // Variables are kept in lower case; cookies are found without regard to case.
      const written = new RegExp(
        `\\$\\{?cookie_(${part.kind === "variable" ? escaped(part.name.slice(7)) : "^"})`,
        "i",
      );
      const cookie =
        part.kind === "variable" && part.name.startsWith("cookie_") ? written.exec(key?.source ?? "")?.[1] : null;
      if (cookie) return { cookie, path: "" };
    }
  }
  return null;
}

function isFirstOfGroup(target: TargetFact, i: number, all: readonly TargetFact[]): boolean {
  const shortest = all
    .filter(({ group }) => group === target.group)
    .reduce((best, each) => (each.path.length < best.path.length ? each : best));
  return all.indexOf(shortest) === i;
}
