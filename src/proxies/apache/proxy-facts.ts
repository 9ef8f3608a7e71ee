import type { MemberFact, ProxyFacts, TargetFact } from "../../contract/proxy-facts.ts";
import type { ApacheConfig, BalancerConfig, HeaderRule, PassRule, ServerConfig } from "./config/apache-config.ts";
import type { RewriteConfig } from "./config/rewrite-config.ts";
import { keyOf } from "./config/rewrite-places.ts";
import { findWorker, parseWorkerUrl } from "./config/worker-url.ts";
import { patternOf } from "./pattern.ts";
import { matchPrefix } from "./url-path.ts";

/** What a read httpd configuration tells the scenario. */
export function proxyFactsOf(config: ApacheConfig): ProxyFacts {
  const servers = serversByPreference(config);
  const sticky = config.balancers.find(({ stickySession }) => stickySession !== null)?.stickySession ?? null;
  return {
    members: membersOf(config),
    listens: config.listens,
    names: servers.flatMap(({ names }) => names),
    targets: servers.flatMap((server) => targetsOf(server, config)).filter(isFirstOfGroup),
    threads: config.limits.maxRequestWorkers,
    stickyCookie: sticky,
    listensForHeartbeats: config.heartbeatListen !== null,
    setsCookies: servers.flatMap((server) =>
      headersOf(server).flatMap(({ name, value }) =>
        name.toLowerCase() === "set-cookie" ? [value.split("=")[0] ?? ""] : [],
      ),
    ),
  };
}

/** Header directives of a server, those of its sections included. */
function headersOf({ headers, sections }: ServerConfig): readonly HeaderRule[] {
  return [...headers, ...sections.flatMap((section) => section.headers)];
}

/** Virtual hosts first: they are what the author wrote for users; the main server answers only what matches none. */
function serversByPreference(config: ApacheConfig): readonly ServerConfig[] {
  const [main, ...hosts] = config.servers;
  return main === undefined ? hosts : [...hosts, main];
}

function membersOf(config: ApacheConfig): readonly MemberFact[] {
  const ofBalancers = config.balancers.flatMap((balancer) =>
    balancer.members.map((member) => ({
      address: member.address,
      aliases: member.route === "" ? [] : [member.route],
      group: balancer.name,
      weight: member.factor / 100,
      route: balancer.stickySession === null ? "" : member.route,
      isStandby: member.status.includes("H"),
      position: member.position,
    })),
  );
  const workers = config.workers.map((worker) => ({
    address: worker.address,
    aliases: [],
    group: worker.url,
    weight: 1,
    route: "",
    position: worker.position,
  }));
  return [...ofBalancers, ...workers];
}

function targetsOf(server: ServerConfig, config: ApacheConfig): readonly TargetFact[] {
  const host = server.names[0] ?? "";
  const rules = [...server.locations.map(({ match, rule }) => ({ ...rule, match })), ...server.passRules];
  const rewritten = rewrittenTargets(server, config).map((target) => ({ ...target, host }));
  const passed = rules.flatMap((rule, i) => {
    const { match } = rule;
    const group = groupOf(rule, config);
    if (match.kind !== "prefix" || group === null) return [];
    const shadowed = rules
      .slice(0, i)
      .some((earlier) => earlier.match.kind === "prefix" && matchPrefix(match.path, earlier.match.path) > 0);
    return shadowed ? [] : [{ path: match.path, group, host, position: rule.position }];
  });
  return [...rewritten, ...passed];
}

/** Paths that unconditional RewriteRules with P lead to a group, as far as their patterns begin with plain text. */
function rewrittenTargets(server: ServerConfig, config: ApacheConfig): readonly Omit<TargetFact, "host">[] {
  const { rewrite } = server;
  if (rewrite === null || !rewrite.isOn) return [];
  return rewrite.rules.flatMap(({ proxy, negated, conditions, pattern, ignoreCase, output, position }) => {
    const unconditional = conditions.every(({ test }) => test.kind === "file");
    if (!proxy || negated || !unconditional || output === null) return [];
    const path = /^\^?(\/[\w/.-]*?)(?:\/\?|\?)?(?:\(|\.\*|\$|$)/.exec(pattern)?.[1] ?? "/";
    const example = [path, `${path}/`].find((each) => patternOf(pattern, ignoreCase ? "i" : "")?.test(each));
    const balancer = /^balancer:\/\/([^/?$%]*)/i.exec(output)?.[1]?.toLowerCase();
    const group =
      balancer === undefined ? workerGroup(output, rewrite, config) : balancerGroup(balancer, server, config);
    return example === undefined || group === null ? [] : [{ path: example, group, position }];
  });
}

function balancerGroup(name: string, { balancers }: ServerConfig, config: ApacheConfig): string | null {
  const key = balancers[name];
  return config.balancers.find((each) => each.name === key && each.members.length > 0)?.name ?? null;
}

function workerGroup(output: string, rewrite: RewriteConfig, config: ApacheConfig): string | null {
  const parsed = parseWorkerUrl(output.replace(/[$%].*$/s, ""));
  if (typeof parsed === "string") return null;
  const known = rewrite.workers.map((index) => ({ url: config.workers[index]?.url ?? "", index }));
  const index = findWorker(known, parsed)?.index ?? rewrite.defaults[keyOf(parsed)];
  return index === undefined ? null : (config.workers[index]?.url ?? null);
}

function groupOf({ target }: PassRule, config: ApacheConfig): string | null {
  if (target.kind === "none") return null;
  if (target.kind === "worker") return config.workers[target.worker]?.url ?? null;
  const named = (balancer: BalancerConfig): boolean => balancer.name === target.balancer.toLowerCase();
  return config.balancers.find((balancer) => named(balancer) && balancer.members.length > 0)?.name ?? null;
}

function isFirstOfGroup(target: TargetFact, i: number, all: readonly TargetFact[]): boolean {
  const shortest = all
    .filter(({ group }) => group === target.group)
    .reduce((best, each) => (each.path.length < best.path.length ? each : best));
  return all.indexOf(shortest) === i;
}
