import type {
  ApacheConfig,
  LimitsConfig,
  LocationRule,
  PassRule,
  PassTarget,
  SectionConfig,
  ServerConfig,
} from "./apache-config.ts";
import { assembleBalancers, type BalancerBook } from "./assemble-balancers.ts";
import {
  dropProxiedDocuments,
  readsVariables,
  requestSettings,
  sectionPolicy,
  turnsAway,
} from "./assemble-requests.ts";
import { assembleRewriting } from "./assemble-rewriting.ts";
import type { PassDraft, ServerDraft, WorkerDraft } from "./drafts.ts";
import { assembleMember } from "./member-config.ts";
import type { Reader } from "./reader.ts";

const SECOND_US = 1_000_000;

/** Fills defaults in, lets virtual hosts inherit and gives every balancer and worker its place in the configuration. */
export function assemble(file: string, reader: Reader, limits: LimitsConfig): ApacheConfig {
  const { draft } = reader;
  closeConnections(reader);
  dropProxiedDocuments(reader);
  const book = assembleBalancers(reader);
  const main = draft.servers[0] as ServerDraft;
  const rewriting = assembleRewriting(reader);
  const workers = [...draft.servers.flatMap((server) => server.workers), ...rewriting.defaults];
  return {
    file,
    servers: draft.servers.map((server) => ({
      ...assembleServer(server, main, book, workers),
      rewrite: rewriting.configOf(server, workers),
    })),
    balancers: book.balancers,
    workers: workers.map(assembleMember),
    limits,
    listens: draft.listens,
    healthExpressions: draft.healthExpressions,
    healthThreads: draft.healthThreads,
    heartbeatStorage: draft.heartbeatStorage,
    heartbeatListen: draft.heartbeatListen,
    localFiles: {},
    modules: reader.modules.list(),
  };
}

/**
 * SetEnv proxy-nokeepalive: as if every member of the server, or of all servers, had disablereuse=On. What a virtual host
 * says about members that it shares with others is passed over.
 */
function closeConnections(reader: Reader): void {
  const { servers } = reader.draft;
  const [main] = servers;
  for (const server of servers) {
    const said = server.closesConnections;
    if (said === undefined && main?.closesConnections === undefined) continue;
    if (said !== undefined && server !== main && main?.closesConnections === undefined && sharesMembers(server)) {
      reader.passOver("unmodelled", "SetEnv", said);
    }
    const members = [...server.workers, ...server.balancers.flatMap((balancer) => balancer.members)];
    for (const member of members) member.disableReuse = true;
  }
}

/** Whether a virtual host leads to a balancer that it does not define itself. */
function sharesMembers({ passes, locations, rewrite, balancers }: ServerDraft): boolean {
  const own = (name: string): boolean => balancers.some((each) => each.name === name && each.members.length > 0);
  const lines = [...passes, ...locations];
  const rewrites = rewrite.rules.some(({ proxy, output }) => proxy && /^balancer:/i.test(output ?? ""));
  return rewrites || lines.some(({ target }) => target.kind === "balancer" && !own(target.name));
}

function assembleServer(
  server: ServerDraft,
  main: ServerDraft,
  book: BalancerBook,
  workers: readonly WorkerDraft[],
): Omit<ServerConfig, "rewrite"> {
  const above = server === main ? null : main;
  const rule = (pass: PassDraft): PassRule => assemblePass(pass, server, book, workers);
  const location = (pass: PassDraft): LocationRule => ({ match: pass.match, rule: rule(pass) });
  const proxyTimeoutUs = server.proxyTimeoutUs ?? above?.proxyTimeoutUs ?? null;
  const errorOverride = server.errorOverride === undefined ? above?.errorOverride : server.errorOverride;
  return {
    names: server.names,
    addresses: server.addresses,
    // Lines of the main server come first, ProxyPassInherit or not (merge_proxy_config, merge_proxy_dir_config).
    passRules: [...(above?.passes ?? []), ...server.passes].map(rule),
    balancers: book.keysOf(server),
    locations: [...(above?.locations ?? []), ...server.locations].map(location),
    handlers: [...(above?.handlers ?? []), ...server.handlers],
    reverse: [...(above?.reverse ?? []), ...server.reverse],
    cookieRewrites: [...(above?.cookieRewrites ?? []), ...server.cookieRewrites],
    headers: [...(above?.headers ?? []), ...server.headers, ...(above?.rootHeaders ?? []), ...server.rootHeaders],
    sections: sectionsOf(server, above, main),
    ...requestSettings(server, main),
    proxyTimeoutUs,
    timeoutUs: server.timeoutUs ?? above?.timeoutUs ?? 60 * SECOND_US,
    preserveHost: server.preserveHost ?? above?.preserveHost ?? false,
    errorOverride: errorOverride ?? null,
    keepAlive: server.keepAlive ?? above?.keepAlive ?? true,
    keepAliveTimeoutUs: server.keepAliveTimeoutUs ?? above?.keepAliveTimeoutUs ?? 5 * SECOND_US,
    maxKeepAliveRequests: server.maxKeepAliveRequests ?? above?.maxKeepAliveRequests ?? 100,
    addForwardedHeaders: server.addForwardedHeaders ?? above?.addForwardedHeaders ?? true,
    maxForwards: forwards(server.maxForwards ?? above?.maxForwards),
    sslProxyEngine: server.sslProxyEngine ?? above?.sslProxyEngine ?? false,
    position: server.position,
  };
}

/** <Location> sections that say something, the main server's first; <If> sections act after all of them. */
function sectionsOf(server: ServerDraft, above: ServerDraft | null, main: ServerDraft): readonly SectionConfig[] {
  const [reads, away] = [readsVariables(server, main), turnsAway(server, main)];
  const drafts = [...(above?.sections ?? []), ...server.sections, ...(above?.ifSections ?? []), ...server.ifSections];
  return drafts
    .map(({ match, headers, errorOverride, preserveHost, rewrites, ...draft }) => {
      const policy = sectionPolicy({ match, headers, errorOverride, preserveHost, rewrites, ...draft }, reads, away);
      const section = { match, headers, errorOverride, preserveHost, rewrites };
      return policy == null ? section : { ...section, policy };
    })
    .filter(saysSomething);
}

function saysSomething({ headers, errorOverride, preserveHost, rewrites, policy }: SectionConfig): boolean {
  return headers.length > 0 || [errorOverride, preserveHost, rewrites, policy].some((said) => said !== undefined);
}

/** ProxyMaxForwards below 0 means that no such header is made. */
function forwards(value: number | undefined): number | null {
  return value === undefined || value < 0 ? null : value;
}

function assemblePass(
  pass: PassDraft,
  server: ServerDraft,
  book: BalancerBook,
  workers: readonly WorkerDraft[],
): PassRule {
  const { match, url, nocanon, noquery, position } = pass;
  return { match, target: target(pass, server, book, workers), url, nocanon, noquery, position };
}

function target(pass: PassDraft, server: ServerDraft, book: BalancerBook, workers: readonly WorkerDraft[]): PassTarget {
  const { target } = pass;
  switch (target.kind) {
    case "none":
      return { kind: "none" };
    case "worker":
      return { kind: "worker", worker: workers.indexOf(target.worker), path: target.path };
    case "balancer":
      return { kind: "balancer", balancer: book.keyFor(server, target.name), path: target.path };
  }
}
