import type { MemberFact, ProxyFacts, TargetFact } from "../../contract/proxy-facts.ts";
import { DEFAULT_MAXCONN } from "./config/default-maxconn.ts";
import type { FrontendConfig, HaproxyConfig } from "./config/haproxy-config.ts";
import type { Condition, ConditionTerm } from "./config/sample-expression.ts";

/** What a read haproxy.cfg tells the scenario. */
export function proxyFactsOf(config: HaproxyConfig): ProxyFacts {
  const cookies = config.backends.flatMap(({ cookie }) => cookie ?? []);
  const sticky = cookies.find(({ mode }) => mode !== "passive") ?? cookies[0] ?? null;
  return {
    members: membersOf(config),
    listens: config.frontends.flatMap(({ binds }) => binds.map(({ text }) => text)),
    names: namesOf(config),
    targets: config.frontends.flatMap((frontend) => targetsOf(frontend, config)).filter(isFirstOfGroup),
    threads: connectionsOf(config),
    stickyCookie: sticky === null ? null : { cookie: sticky.name, path: "/" },
    setsCookies: cookies.flatMap(({ mode, name }) => (mode === "insert" ? [name] : [])),
  };
}

/** What all frontends together accept, at most what the process does. */
function connectionsOf({ global, frontends }: HaproxyConfig): number {
  const all = global.maxconn ?? DEFAULT_MAXCONN;
  return Math.min(
    all,
    frontends.reduce((sum, { maxconn }) => sum + (maxconn ?? all), 0),
  );
}

function membersOf(config: HaproxyConfig): readonly MemberFact[] {
  return config.backends.flatMap(({ name, servers, cookie }) =>
    servers.map((server) => ({
      address: server.address,
      aliases: server.cookie === null || server.cookie === server.name ? [server.name] : [server.name, server.cookie],
      group: name,
      weight: server.weight,
      // HAProxy never looks behind the session id; with prefix and rewrite the server's value stands in the cookie itself.
      route: cookie?.mode === "rewrite" ? (server.cookie ?? "") : "",
      position: server.position,
    })),
  );
}

/** Host names that conditions ask for. */
function namesOf({ frontends }: HaproxyConfig): readonly string[] {
  const conditions = frontends.flatMap(({ useBackend }) => useBackend.flatMap(({ condition }) => condition ?? []));
  const names = conditions.flatMap(({ alternatives }) => alternatives.flatMap((terms) => hostOf(terms) ?? []));
  return [...new Set(names)];
}

function hostOf(terms: readonly ConditionTerm[]): string | null {
  const tests = terms.filter(({ negated }) => !negated).flatMap(({ tests }) => tests);
  const test = tests.find(({ sample, match }) => isHost(sample) && ["str", "beg", "end", "dom"].includes(match));
  const text = test?.patterns[0]?.text ?? null;
  if (test === undefined || text === null) return null;
  return test.match === "end" ? `www${text.startsWith(".") ? "" : "."}${text}` : text;
}

function isHost({ fetch, args }: { readonly fetch: string; readonly args: readonly string[] }): boolean {
  return (fetch === "req.hdr" || fetch === "req.fhdr") && args[0]?.toLowerCase() === "host";
}

/** Backends that a request can reach, in the order in which the frontend looks at its rules. */
function targetsOf(frontend: FrontendConfig, config: HaproxyConfig): readonly TargetFact[] {
  const targets: TargetFact[] = [];
  const add = (index: number, path: string, host: string, position: TargetFact["position"]): void => {
    const backend = config.backends[index];
    if (backend !== undefined && backend.servers.length > 0)
      targets.push({ path, group: backend.name, host, position });
  };
  for (const { target, condition, position } of frontend.useBackend) {
    if (typeof target !== "number") continue;
    for (const { path, host } of waysIn(condition)) add(target, path, host, position);
  }
  if (frontend.defaultBackend !== null) add(frontend.defaultBackend, "/", "", frontend.position);
  return targets;
}

/** Path and host of a request that meets one alternative of a condition; alternatives that ask for more are left out. */
function waysIn(condition: Condition | null): readonly { readonly path: string; readonly host: string }[] {
  if (condition === null) return [{ path: "/", host: "" }];
  if (condition.unless) return [];
  return condition.alternatives.flatMap((terms) => {
    const wanted = terms.filter(({ negated }) => !negated);
    const paths = wanted.flatMap(({ tests }) => tests.filter(({ sample }) => sample.fetch === "path"));
    const known = wanted.every(({ tests }) =>
      tests.every(({ sample }) => sample.fetch === "path" || isHost(sample) || sample.fetch === "always_true"),
    );
    if (!known) return [];
    const pattern = paths.find(({ match }) => match === "beg" || match === "str")?.patterns[0]?.text;
    if (paths.length > 0 && pattern === undefined) return [];
    return [{ path: pattern ?? "/", host: hostOf(wanted) ?? "" }];
  });
}

function isFirstOfGroup(target: TargetFact, i: number, all: readonly TargetFact[]): boolean {
  const shortest = all
    .filter(({ group }) => group === target.group)
    .reduce((best, each) => (each.path.length < best.path.length ? each : best));
  return all.indexOf(shortest) === i;
}
