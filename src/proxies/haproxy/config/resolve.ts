import { DEFAULT_MAXCONN } from "./default-maxconn.ts";
import { hasBackend, hasFrontend, type ProxyDraft } from "./drafts.ts";
import type {
  BackendConfig,
  FrontendConfig,
  HaproxyConfig,
  StickRule,
  StickTableConfig,
  UseBackendRule,
  UseServerRule,
} from "./haproxy-config.ts";
import type { Reader } from "./reader.ts";
import type { FormatString } from "./sample-expression.ts";
import { parseFormat, plainText } from "./sample-parser.ts";
import { resolveServers } from "./server-resolver.ts";

/** Puts the drafts together: names become indexes, what is not written gets its default. */
export function resolveConfig(reader: Reader, file: string): HaproxyConfig {
  const { defaultLog: _log, verifyServers: _verify, ...global } = reader.global;
  const active = reader.proxies.filter((each) => !each.settings.disabled);
  const backDrafts = active.filter(hasBackend);
  const tables = active.flatMap(({ stickTable }) => stickTable ?? []);
  const frontends = active.filter(hasFrontend).map((draft) => resolveFrontend(draft, backDrafts));
  const backends = backDrafts.map((draft, index) =>
    resolveBackend(draft, backDrafts, tables, frontendsUsing(index, frontends), global.maxconn),
  );
  return { file, global, frontends, backends, tables };
}

function us(draft: ProxyDraft, name: string): number | null {
  const value = draft.settings.timeouts.get(name) ?? 0;
  return value === 0 ? null : value;
}

function targetOf<T>(
  text: string,
  find: (name: string) => number,
  make: (target: number | FormatString) => T,
): readonly T[] {
  const format = parseFormat(text);
  const name = plainText(format);
  if (name === null) return [make(format)];
  const index = find(name);
  return index < 0 ? [] : [make(index)];
}

function resolveFrontend(draft: ProxyDraft, backends: readonly ProxyDraft[]): FrontendConfig {
  const { settings } = draft;
  const named = settings.defaultBackend?.name ?? (draft.kind === "listen" ? draft.name : null);
  const find = (name: string | null): number => backends.findIndex((each) => each.name === name);
  const useBackend = draft.useBackend.flatMap(({ name, condition, position }) =>
    targetOf(name, find, (target): UseBackendRule => ({ target, condition, position })),
  );
  const chosen = find(named);
  return {
    name: draft.name,
    mode: settings.mode,
    disabled: settings.disabled,
    binds: draft.binds,
    maxconn: settings.maxconn,
    backlog: settings.backlog,
    rateLimitSessions: settings.rateLimitSessions,
    useBackend,
    defaultBackend: chosen < 0 ? null : chosen,
    requestRules: draft.requestRules,
    responseRules: draft.responseRules,
    afterResponseRules: draft.afterResponseRules,
    redirects: draft.redirects,
    timeouts: {
      clientUs: us(draft, "client"),
      httpRequestUs: us(draft, "http-request"),
      httpKeepAliveUs: us(draft, "http-keep-alive"),
      tarpitUs: us(draft, "tarpit") ?? us(draft, "connect"),
      clientFinUs: us(draft, "client-fin"),
    },
    connectionMode: settings.connectionMode,
    forwardFor: settings.forwardFor,
    abortOnClose: settings.abortOnClose,
    errorPages: [...settings.errorPages.values()],
    monitorUri: settings.monitorUri,
    monitorFail: draft.monitorFail,
    position: draft.position,
  };
}

/** Frontends that can lead to a backend, those with names made per request included. */
function frontendsUsing(backend: number, frontends: readonly FrontendConfig[]): readonly FrontendConfig[] {
  return frontends.filter(
    ({ useBackend, defaultBackend }) =>
      defaultBackend === backend || useBackend.some(({ target }) => target === backend),
  );
}

/** 10 % of the connections of all frontends that use it, rounded up, at least 1 (src/proxy.c, proxy_adjust_all_maxconn). */
function fullconnOf(draft: ProxyDraft, users: readonly FrontendConfig[], globalMaxconn: number | null): number {
  if (draft.settings.fullconn !== null) return draft.settings.fullconn;
  const sum = users.reduce((total, { maxconn }) => total + (maxconn ?? globalMaxconn ?? DEFAULT_MAXCONN), 0);
  return Math.max(1, Math.ceil(sum / 10));
}

function resolveBackend(
  draft: ProxyDraft,
  backends: readonly ProxyDraft[],
  tables: readonly StickTableConfig[],
  users: readonly FrontendConfig[],
  globalMaxconn: number | null,
): BackendConfig {
  const { settings } = draft;
  const listenPort = users.flatMap(({ binds }) => binds)[0]?.port ?? 80;
  const findServer = (name: string): number => draft.servers.findIndex((each) => each.name === name);
  const useServer = draft.useServer.flatMap(({ name, condition, position }) =>
    targetOf(name, findServer, (server): UseServerRule => ({ server, condition, position })),
  );
  const connectUs = us(draft, "connect");
  return {
    name: draft.name,
    mode: settings.mode,
    disabled: settings.disabled,
    balance: settings.balance,
    hashType: settings.hashType,
    hashBalanceFactor: settings.hashBalanceFactor,
    servers: resolveServers(draft, backends, listenPort),
    cookie: settings.cookie,
    dynamicCookieKey: settings.dynamicCookieKey,
    useServer,
    persistRules: draft.persistRules,
    stickRules: stickRulesOf(draft, tables),
    persist: settings.persist,
    redispatch: settings.redispatch,
    retries: settings.retries,
    retryOn: settings.retryOn,
    fullconn: fullconnOf(draft, users, globalMaxconn),
    allBackups: settings.allBackups,
    abortOnClose: settings.abortOnClose,
    preferLastServer: settings.preferLastServer,
    connectionMode: settings.connectionMode,
    httpReuse: settings.httpReuse,
    forwardFor: settings.forwardFor,
    requestRules: draft.requestRules,
    responseRules: draft.responseRules,
    afterResponseRules: draft.afterResponseRules,
    redirects: draft.redirects,
    healthCheck: {
      kind: settings.checkKind,
      method: settings.checkMethod,
      uri: settings.checkUri,
      version: settings.checkVersion,
      headers: settings.checkHeaders,
      body: settings.checkBody,
      expects: settings.checkKind === "http" ? settings.expects : [],
      disableOn404: settings.disableOn404 && settings.checkKind === "http",
    },
    timeouts: {
      connectUs,
      serverUs: us(draft, "server"),
      queueUs: us(draft, "queue") ?? connectUs,
      checkUs: us(draft, "check"),
      tunnelUs: us(draft, "tunnel"),
      serverFinUs: us(draft, "server-fin"),
      tarpitUs: us(draft, "tarpit") ?? connectUs,
      httpRequestUs: us(draft, "http-request"),
    },
    errorPages: [...settings.errorPages.values()],
    position: draft.position,
    balancePosition: settings.balancePosition,
    hashTypePosition: settings.hashTypePosition,
  };
}

function stickRulesOf(draft: ProxyDraft, tables: readonly StickTableConfig[]): readonly StickRule[] {
  return draft.stickRules.flatMap(({ table: name, ...rule }) => {
    const table = tables.findIndex((each) => each.name === (name ?? draft.name));
    return table < 0 ? [] : [{ ...rule, table }];
  });
}
