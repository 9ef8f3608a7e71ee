import type { Position } from "../../../contract/problem.ts";
import type {
  CookieRewrite,
  HandlerRule,
  HeaderRule,
  HealthCheckConfig,
  LimitsConfig,
  ReverseRule,
} from "./apache-config.ts";
import { type AccessDraft, newPolicyDraft, type PolicyDraft } from "./policy.ts";
import type { Guard, RedirectRule, TrustedProxy } from "./request-config.ts";
import type { RewriteConditionConfig, RewriteMapConfig, RewritePlace, RewriteRuleConfig } from "./rewrite-config.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A member or a direct worker while its lines are being read; fields as in MemberConfig. */
export interface WorkerDraft {
  readonly url: string;
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly path: string;
  factor: number;
  lbset: number;
  route: string;
  redirect: string;
  readonly flags: Set<string>;
  retryUs: number;
  timeoutUs: number | null;
  connectionTimeoutUs: number | null;
  pingUs: number | null;
  acquireUs: number | null;
  min: number;
  smax: number | null;
  max: number | null;
  ttlUs: number | null;
  keepalive: boolean;
  disableReuse: boolean;
  flushPackets: "off" | "on" | "auto";
  upgrade: string | null;
  healthCheck: Mutable<HealthCheckConfig>;
  readonly position: Position;
}

/** What lines said about a balancer; absent = not said (matters when a virtual host inherits). */
export interface BalancerSettings {
  lbmethod?: "byrequests" | "bytraffic" | "bybusyness" | "heartbeat";
  stickySession?: { readonly cookie: string; readonly path: string } | null;
  stickySessionSeparator?: string | null;
  scolonPathDelim?: boolean;
  nofailover?: boolean;
  timeoutUs?: number;
  maxAttempts?: number;
  failOnStatus?: number[];
  failOnTimeout?: boolean;
  forceRecovery?: boolean;
  growth?: number;
}

export interface BalancerDraft {
  /** Lower case, without "balancer://". */
  readonly name: string;
  readonly settings: BalancerSettings;
  readonly members: WorkerDraft[];
  path: string;
  defined: boolean;
  readonly position: Position;
}

export type TargetDraft =
  | { readonly kind: "balancer"; readonly name: string; readonly path: string }
  | { readonly kind: "worker"; readonly worker: WorkerDraft; readonly path: string }
  | { readonly kind: "none" };

export interface PassDraft {
  readonly match:
    | { readonly kind: "prefix"; readonly path: string }
    | { readonly kind: "regex"; readonly source: string };
  readonly target: TargetDraft;
  readonly url: string;
  readonly nocanon: boolean;
  readonly noquery: boolean;
  readonly position: Position;
}

/** A <Location> while its lines are being read. */
export interface SectionDraft {
  readonly match: PassDraft["match"];
  readonly headers: HeaderRule[];
  errorOverride: readonly number[] | null | undefined;
  preserveHost: boolean | undefined;
  /** RewriteEngine, undefined = not said. */
  rewrites: boolean | undefined;
  readonly policy: PolicyDraft;
  /** Conditions of <If> around it; [] = none. */
  readonly guards: readonly Guard[];
}

/** What mod_rewrite's directives say at server level; undefined = not said. */
export interface RewriteDraft {
  /** One of them stands in this server. */
  isMentioned: boolean;
  isOn?: boolean;
  /** RewriteEngine in `<Location "/">`. */
  rootIsOn?: boolean;
  /** In lower case. */
  options?: Set<string>;
  readonly conditions: RewriteConditionConfig[];
  readonly rules: RewriteRuleConfig[];
  readonly maps: Map<string, RewriteMapConfig>;
  /** Maps that lbsim does not look into. */
  readonly lostMaps: Set<string>;
  readonly places: RewritePlaceDraft[];
}

/** A section with directives of mod_rewrite. */
export interface RewritePlaceDraft extends Pick<RewritePlace, "kind" | "match" | "directory"> {
  isOn: boolean | undefined;
  /** RewriteOptions asks for rules of other sections, which lbsim does not put together. */
  inherits: boolean;
  readonly conditions: RewriteConditionConfig[];
  readonly rules: RewriteRuleConfig[];
}

/** Main server or virtual host before inheritance; null and undefined = not said. */
export interface ServerDraft {
  readonly addresses: readonly string[];
  readonly names: string[];
  readonly passes: PassDraft[];
  readonly locations: PassDraft[];
  readonly handlers: HandlerRule[];
  readonly reverse: ReverseRule[];
  readonly cookieRewrites: CookieRewrite[];
  readonly headers: HeaderRule[];
  /** Header directives of `<Location "/">`: they act after those of the server, wherever they stand. */
  readonly rootHeaders: HeaderRule[];
  readonly sections: SectionDraft[];
  readonly balancers: BalancerDraft[];
  readonly workers: WorkerDraft[];
  readonly rewrite: RewriteDraft;
  readonly policy: PolicyDraft;
  /** What `<Location "/">` says. */
  readonly rootPolicy: PolicyDraft;
  /** <If> sections: they act after all others. */
  readonly ifSections: SectionDraft[];
  /** Access in <Proxy> sections; `balancer` null = `<Proxy *>`. */
  readonly proxyAccess: { readonly balancer: string | null; readonly access: AccessDraft }[];
  readonly redirects: RedirectRule[];
  /** Where SetEnv proxy-nokeepalive stands. */
  closesConnections?: Position;
  /** mod_remoteip; undefined = not said. */
  remoteHeader?: string;
  readonly trustedProxies: TrustedProxy[];
  /** Alias lines so far, of which the first that fits counts. */
  readonly aliases: { readonly path: string; readonly pattern: boolean; readonly isScript: boolean }[];
  documentRoot?: string;
  /** Port behind ServerName. */
  port?: number;
  /** UseCanonicalName On. */
  canonicalName?: boolean;
  proxyTimeoutUs?: number;
  timeoutUs?: number;
  preserveHost?: boolean;
  errorOverride?: readonly number[] | null;
  keepAlive?: boolean;
  keepAliveTimeoutUs?: number;
  maxKeepAliveRequests?: number;
  addForwardedHeaders?: boolean;
  maxForwards?: number;
  sslProxyEngine?: boolean;
  passInherit?: boolean;
  /** Where the last ProxyPassInherit Off stands. */
  passInheritPosition?: Position;
  balancerInherit?: boolean;
  readonly position: Position | null;
}

export function newServerDraft(addresses: readonly string[], position: Position | null): ServerDraft {
  return {
    addresses,
    names: [],
    passes: [],
    locations: [],
    handlers: [],
    reverse: [],
    cookieRewrites: [],
    headers: [],
    rootHeaders: [],
    sections: [],
    balancers: [],
    workers: [],
    rewrite: { isMentioned: false, conditions: [], rules: [], maps: new Map(), lostMaps: new Set(), places: [] },
    aliases: [],
    policy: newPolicyDraft(),
    rootPolicy: newPolicyDraft(),
    ifSections: [],
    proxyAccess: [],
    redirects: [],
    trustedProxies: [],
    position,
  };
}

/** Everything that the walk over the directives fills in. */
export interface ConfigDraft {
  /** servers[0] is the main server. */
  readonly servers: ServerDraft[];
  readonly listens: string[];
  readonly limits: Partial<Mutable<LimitsConfig>>;
  readonly healthExpressions: Record<string, string>;
  readonly healthTemplates: Map<string, Partial<Mutable<HealthCheckConfig>>>;
  healthThreads: number;
  heartbeatStorage: string | null;
  heartbeatListen: string | null;
  heartbeatAddress: string | null;
  headTimeoutUs: number | null | undefined;
}

export function newConfigDraft(): ConfigDraft {
  return {
    servers: [newServerDraft([], null)],
    listens: [],
    limits: {},
    healthExpressions: {},
    healthTemplates: new Map(),
    healthThreads: 16,
    heartbeatStorage: null,
    heartbeatListen: null,
    heartbeatAddress: null,
    headTimeoutUs: undefined,
  };
}
