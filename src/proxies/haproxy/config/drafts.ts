import type { Position } from "../../../contract/problem.ts";
import type { AclTable } from "./condition-parser.ts";
import type {
  BalanceConfig,
  BindConfig,
  CheckExpect,
  ConnectionMode,
  CookieConfig,
  ErrorPage,
  ForwardForConfig,
  HashTypeConfig,
  ProxyMode,
  RetryOnConfig,
  StickTableConfig,
} from "./haproxy-config.ts";
import type { HttpRule } from "./http-rule.ts";
import type { Condition, SampleExpression } from "./sample-expression.ts";
import type { ServerConfig } from "./server-config.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A server as far as its line tells; what other lines decide is added when names are resolved. */
export type ServerDraft = Mutable<Omit<ServerConfig, "index" | "id" | "track" | "address" | "cookie" | "minconn">> & {
  id: number | null;
  track: string | null;
  cookie: string | null;
  minconn: number | null;
  checkSettings: Mutable<Omit<ServerConfig["check"], "address">> & { addr: string | null; port: number | null };
  agentSettings: { enabled: boolean; addr: string | null; port: number | null; interUs: number; send: string | null };
  /** Name of its section, for messages. */
  owner: string;
  verify: "none" | "required" | null;
  hasCaFile: boolean;
  /** For messages about two servers of one name. */
  line: number;
};

/** Everything that `defaults` hands on to the sections that follow. Times are µs, null = not set. */
export interface Settings {
  mode: ProxyMode;
  disabled: boolean;
  maxconn: number | null;
  backlog: number | null;
  fullconn: number | null;
  rateLimitSessions: number;
  balance: BalanceConfig;
  /** Text of `balance hash`, read when the section is complete. */
  balanceHash: string | null;
  balancePosition: Position | null;
  hashType: HashTypeConfig;
  hashTypePosition: Position | null;
  hashBalanceFactor: number;
  cookie: Mutable<CookieConfig> | null;
  dynamicCookieKey: string | null;
  redispatch: number | null;
  retries: number;
  retryOn: RetryOnConfig;
  allBackups: boolean;
  persist: boolean;
  abortOnClose: boolean;
  preferLastServer: boolean;
  connectionMode: ConnectionMode;
  httpReuse: "never" | "safe" | "aggressive" | "always";
  forwardFor: ForwardForConfig | null;
  timeouts: Map<string, number>;
  errorPages: Map<number, ErrorPage>;
  monitorUri: string | null;
  defaultBackend: { name: string; position: Position } | null;
  checkKind: "tcp" | "http" | "other";
  checkMethod: string;
  checkUri: string;
  checkVersion: string;
  checkHeaders: { name: string; value: string }[];
  checkBody: string | null;
  expects: CheckExpect[];
  /** An http-check rule was written. */
  hasCheckRules: boolean;
  disableOn404: boolean;
  defaultServer: ServerDraft;
  /** A log format is chosen (`option httplog` …) and an address to log to is named. */
  logFormat: string | null;
  hasLog: boolean;
}

export interface NamedRule {
  readonly name: string;
  readonly condition: Condition | null;
  readonly position: Position;
  readonly here: string;
}

export interface StickDraft {
  readonly kind: "match" | "store-request" | "store-response";
  readonly sample: SampleExpression;
  /** Null = the section's own. */
  readonly table: string | null;
  readonly condition: Condition | null;
  readonly position: Position;
}

export type SectionKind = "defaults" | "frontend" | "backend" | "listen";

/** A section while it is read. */
export interface ProxyDraft {
  readonly kind: SectionKind;
  readonly name: string;
  readonly position: Position;
  readonly settings: Settings;
  /** Timeouts as the defaults gave them, to tell when one is written twice. */
  readonly inherited: ReadonlyMap<string, number>;
  readonly acls: AclTable;
  readonly binds: BindConfig[];
  readonly servers: ServerDraft[];
  readonly useBackend: NamedRule[];
  readonly useServer: NamedRule[];
  readonly persistRules: { kind: "force" | "ignore"; condition: Condition; position: Position }[];
  readonly stickRules: StickDraft[];
  stickTable: StickTableConfig | null;
  readonly requestRules: HttpRule[];
  readonly responseRules: HttpRule[];
  readonly afterResponseRules: HttpRule[];
  readonly redirects: HttpRule[];
  readonly monitorFail: Condition[];
  /** Kinds of rules that stand already, for warnings about their order. */
  readonly order: Set<string>;
  /** The last rule of a kind ends the evaluation for every request. */
  readonly finalRule: Set<string>;
  /** Places of single keywords, for diagnostics: "option abortonclose" → position. */
  readonly places: Map<string, Position>;
  isExplicit: boolean;
  isImplicit: boolean;
}

const NOWHERE: Position = { file: "", line: 0, column: 0, length: 0 };
const CHECK_US = 2_000_000;

function newDefaultServer(): ServerDraft {
  return {
    name: "",
    id: null,
    host: "",
    port: null,
    portOffset: 0,
    weight: 1,
    maxconn: 0,
    minconn: null,
    maxqueue: 0,
    cookie: null,
    check: { enabled: false, interUs: CHECK_US, fastinterUs: null, downinterUs: null, rise: 2, fall: 3, address: null },
    checkSettings: {
      enabled: false,
      interUs: CHECK_US,
      fastinterUs: null,
      downinterUs: null,
      rise: 2,
      fall: 3,
      addr: null,
      port: null,
    },
    agent: null,
    agentSettings: { enabled: false, addr: null, port: null, interUs: CHECK_US, send: null },
    observe: "none",
    errorLimit: 10,
    onError: "fail-check",
    shutdownSessionsOnDown: false,
    shutdownBackupSessionsOnUp: false,
    backup: false,
    disabled: false,
    slowstartUs: 0,
    nonStick: false,
    track: null,
    redir: null,
    resolvers: null,
    initAddr: ["last", "libc"],
    poolMaxConn: -1,
    poolPurgeDelayUs: 5_000_000,
    maxReuse: -1,
    ssl: false,
    sendProxy: false,
    fromTemplate: false,
    owner: "",
    verify: null,
    hasCaFile: false,
    position: NOWHERE,
    line: 0,
  };
}

/** A server that has all of `from`'s settings. */
export function copyServer(from: ServerDraft): ServerDraft {
  return { ...from, checkSettings: { ...from.checkSettings }, agentSettings: { ...from.agentSettings } };
}

/** HAProxy's own defaults. Source: HAProxy 2.6.12 src/proxy.c, proxy_preset_defaults; src/server.c. */
export function presetSettings(): Settings {
  return {
    mode: "tcp",
    disabled: false,
    maxconn: null,
    backlog: null,
    fullconn: null,
    rateLimitSessions: 0,
    balance: { method: "roundrobin" },
    balanceHash: null,
    balancePosition: null,
    hashType: { method: "map-based", function: "sdbm", avalanche: false },
    hashTypePosition: null,
    hashBalanceFactor: 0,
    cookie: null,
    dynamicCookieKey: null,
    redispatch: null,
    retries: 3,
    retryOn: { connFailure: true, emptyResponse: false, junkResponse: false, responseTimeout: false, statuses: [] },
    allBackups: false,
    persist: false,
    abortOnClose: false,
    preferLastServer: false,
    connectionMode: "keep-alive",
    httpReuse: "safe",
    forwardFor: null,
    timeouts: new Map(),
    errorPages: new Map(),
    monitorUri: null,
    defaultBackend: null,
    checkKind: "tcp",
    checkMethod: "OPTIONS",
    checkUri: "/",
    checkVersion: "HTTP/1.0",
    checkHeaders: [],
    checkBody: null,
    expects: [],
    hasCheckRules: false,
    disableOn404: false,
    defaultServer: newDefaultServer(),
    logFormat: null,
    hasLog: false,
  };
}

/** What a section begins with: a copy of its defaults that it may change. */
export function inheritSettings(from: Settings): Settings {
  return {
    ...from,
    cookie: from.cookie === null ? null : { ...from.cookie },
    timeouts: new Map(from.timeouts),
    errorPages: new Map(from.errorPages),
    checkHeaders: [...from.checkHeaders],
    expects: [...from.expects],
    defaultServer: copyServer(from.defaultServer),
  };
}

export function newProxyDraft(kind: SectionKind, name: string, position: Position, settings: Settings): ProxyDraft {
  return {
    kind,
    name,
    position,
    settings,
    inherited: new Map(settings.timeouts),
    acls: new Map(),
    binds: [],
    servers: [],
    useBackend: [],
    useServer: [],
    persistRules: [],
    stickRules: [],
    stickTable: null,
    requestRules: [],
    responseRules: [],
    afterResponseRules: [],
    redirects: [],
    monitorFail: [],
    order: new Set(),
    finalRule: new Set(),
    places: new Map(),
    isExplicit: false,
    isImplicit: false,
  };
}

export function hasFrontend({ kind }: ProxyDraft): boolean {
  return kind === "frontend" || kind === "listen" || kind === "defaults";
}

export function hasBackend({ kind }: ProxyDraft): boolean {
  return kind === "backend" || kind === "listen" || kind === "defaults";
}

/** "backend 'be'", as messages call a section: what can do both is a proxy. */
export function typeWord({ kind }: ProxyDraft): string {
  return kind === "frontend" || kind === "backend" ? kind : kind === "listen" ? "proxy" : "defaults";
}
