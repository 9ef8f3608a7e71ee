import type { Position } from "../../../contract/problem.ts";
import type { PolicyConfig } from "./policy.ts";
import type { Guard, ProxyAccess, RedirectRule, TrustedProxy } from "./request-config.ts";
import type { RewriteConfig } from "./rewrite-config.ts";

/** BalancerMember, or the worker behind a ProxyPass to a single URL, with defaults filled in (spec/apache.md 15.1). */
export interface MemberConfig {
  /** As the balancer-manager prints it: scheme://host:port/path. */
  readonly url: string;
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  /** host:port exactly as written (default port added): the key that names the simulated backend. */
  readonly address: string;
  /** Path in the member's URL, "" when none; put in front of the request path. */
  readonly path: string;
  /** loadfactor × 100, cut to an integer. */
  readonly factor: number;
  readonly lbset: number;
  readonly route: string;
  readonly redirect: string;
  /** Initial status flags, letters of spec/apache.md section 9 without O ("D", "HI", …). */
  readonly status: string;
  readonly retryUs: number;
  /** Member `timeout`, or null when ProxyTimeout/Timeout apply. */
  readonly timeoutUs: number | null;
  readonly connectionTimeoutUs: number | null;
  readonly pingUs: number | null;
  readonly acquireUs: number | null;
  readonly min: number;
  readonly smax: number | null;
  /** Connections per process, or null = threads per process. */
  readonly max: number | null;
  readonly ttlUs: number | null;
  readonly keepalive: boolean;
  /** disablereuse=On or enablereuse=Off: a connection for every request. */
  readonly disableReuse: boolean;
  readonly flushPackets: "off" | "on" | "auto";
  /** Protocol that may be switched to: "websocket", "ANY", …; null = none. ws:// members have "websocket". */
  readonly upgrade: string | null;
  readonly healthCheck: HealthCheckConfig;
  readonly position: Position;
}

/** mod_proxy_hcheck settings of a member (spec/apache.md 12). */
export interface HealthCheckConfig {
  /** NONE = no checks. */
  readonly method: "NONE" | "TCP" | "OPTIONS" | "HEAD" | "GET" | "OPTIONS11" | "HEAD11" | "GET11" | "CPING";
  readonly intervalUs: number;
  readonly passes: number;
  readonly fails: number;
  readonly uri: string;
  /** Name of a ProxyHCExpr, "" when none. */
  readonly expression: string;
}

/** <Proxy balancer://NAME> with everything that ProxySet and ProxyPass lines said about it (15.2). */
export interface BalancerConfig {
  /** Lower case, without scheme: "mycluster". */
  readonly name: string;
  readonly lbmethod: "byrequests" | "bytraffic" | "bybusyness" | "heartbeat";
  /** Cookie name and path-parameter name, or null when sessions are not sticky. */
  readonly stickySession: { readonly cookie: string; readonly path: string } | null;
  /** Separator character, or null = Off. */
  readonly stickySessionSeparator: string | null;
  readonly scolonPathDelim: boolean;
  readonly nofailover: boolean;
  /** How long a request waits for a usable member; 0 = not at all. */
  readonly timeoutUs: number;
  /** Additional attempts; null = number of members − 1. */
  readonly maxAttempts: number | null;
  readonly failOnStatus: readonly number[];
  readonly failOnTimeout: boolean;
  readonly forceRecovery: boolean;
  /** The `growth` parameter: free member slots beside the configured ones (MaxMembers of the manager). */
  readonly growth: number;
  readonly members: readonly MemberConfig[];
  /** Path column of the manager: path of the last ProxyPass that names the balancer, "" when none. */
  readonly path: string;
  /** False when only a ProxyPass names it and no <Proxy> defines it. */
  readonly defined: boolean;
  readonly position: Position;
}

/** Where a ProxyPass leads. */
export type PassTarget =
  | {
      readonly kind: "balancer" /** Name as written after balancer:// up to the first slash. */;
      readonly balancer: string /** Rest of the URL from that slash on, "" when none. */;
      readonly path: string;
    }
  | {
      readonly kind: "worker" /** Index into ApacheConfig.workers. */;
      readonly worker: number /** Path in the target URL. */;
      readonly path: string;
    }
  /** `!`: handled by the server itself. */
  | { readonly kind: "none" };

/** One ProxyPass or ProxyPassMatch line, in the order in which httpd looks at them. */
export interface PassRule {
  readonly match:
    | { readonly kind: "prefix"; readonly path: string }
    | { readonly kind: "regex"; readonly source: string };
  readonly target: PassTarget;
  /** Target URL as written (regex targets are substituted into it). */
  readonly url: string;
  readonly nocanon: boolean;
  readonly noquery: boolean;
  readonly position: Position;
}

/** A <Location> or <LocationMatch> with a ProxyPass inside; the last matching section wins over all PassRules. */
export interface LocationRule {
  readonly match:
    | { readonly kind: "prefix"; readonly path: string }
    | { readonly kind: "regex"; readonly source: string };
  readonly rule: PassRule;
}

/** A section answered by the server itself, e.g. SetHandler balancer-manager. */
export interface HandlerRule {
  readonly path: string;
  readonly handler: string;
  readonly position: Position;
}

export interface ReverseRule {
  readonly path: string;
  /** URL prefix that is replaced; for balancer:// every member's URL counts. */
  readonly url: string;
  readonly position: Position;
}

/** ProxyPassReverseCookiePath / …Domain: replace `from` by `to`. */
export interface CookieRewrite {
  readonly attribute: "path" | "domain";
  readonly from: string;
  readonly to: string;
}

/** A Header or RequestHeader directive. */
export interface HeaderRule {
  readonly where: "request" | "response";
  /** `always` table of mod_headers (also error answers) or `onsuccess`. */
  readonly always: boolean;
  readonly action: "set" | "append" | "add" | "merge" | "unset" | "echo" | "edit" | "edit*" | "setifempty" | "note";
  readonly name: string;
  /** Value with %{…}e, %{…}i, %t, %D, … left in place; "" when none. For edit: the pattern. */
  readonly value: string;
  /** For edit: the replacement. */
  readonly replacement: string;
  /** Variable of `env=…` (with a leading "!" when negated), an `expr=` text, or null. */
  readonly condition:
    | { readonly kind: "env"; readonly name: string; readonly negated: boolean }
    | { readonly kind: "expr"; readonly source: string }
    | null;
  /** Conditions of <If> around it. */
  readonly guards?: readonly Guard[];
  readonly position: Position;
}

/** What a <Location> or <LocationMatch> says for the requests that it matches; a later section acts after an earlier one. */
export interface SectionConfig {
  readonly match: LocationRule["match"];
  readonly headers: readonly HeaderRule[];
  /** ProxyErrorOverride as in ServerConfig; undefined = the section does not say. */
  readonly errorOverride: readonly number[] | null | undefined;
  /** undefined = nothing said here. */
  readonly preserveHost?: boolean | undefined;
  /** RewriteEngine; undefined = nothing said here. */
  readonly rewrites?: boolean | undefined;
  /** What it says about requests before a member is chosen; undefined = nothing. */
  readonly policy?: PolicyConfig | null;
}

/** Main server or virtual host after merging. */
export interface ServerConfig {
  readonly names: readonly string[];
  /** host:port patterns of <VirtualHost>, [] for the main server. */
  readonly addresses: readonly string[];
  readonly passRules: readonly PassRule[];
  readonly locations: readonly LocationRule[];
  readonly handlers: readonly HandlerRule[];
  readonly reverse: readonly ReverseRule[];
  readonly cookieRewrites: readonly CookieRewrite[];
  readonly headers: readonly HeaderRule[];
  /** Sections that say something about headers or error pages; `<Location "/">` counts as the server itself. */
  readonly sections: readonly SectionConfig[];
  /** ProxyTimeout, or null = Timeout. */
  readonly proxyTimeoutUs: number | null;
  readonly timeoutUs: number;
  /** Balancers that the server knows: key in ApacheConfig.balancers by name. */
  readonly balancers: Readonly<Record<string, string>>;
  readonly preserveHost: boolean;
  /** ProxyErrorOverride: null = off, [] = all codes ≥ 400, else these codes. */
  readonly errorOverride: readonly number[] | null;
  readonly keepAlive: boolean;
  readonly keepAliveTimeoutUs: number;
  /** 0 = no limit. */
  readonly maxKeepAliveRequests: number;
  /** ProxyAddHeaders (X-Forwarded-…). */
  readonly addForwardedHeaders: boolean;
  readonly maxForwards: number | null;
  /** SSLProxyEngine on: https:// members can be reached. */
  readonly sslProxyEngine: boolean;
  /** RewriteRules; null = there are none. */
  readonly rewrite: RewriteConfig | null;
  /** Variables, access and error documents; null = nothing is said. */
  readonly policy: PolicyConfig | null;
  readonly proxyAccess: readonly ProxyAccess[];
  readonly redirects: readonly RedirectRule[];
  /** mod_remoteip: the header that names the client, and who may send it; null = not used. */
  readonly remoteIp: { readonly header: string; readonly trusted: readonly TrustedProxy[] } | null;
  readonly documentRoot: string;
  /** Port behind ServerName, 0 = none. */
  readonly ownPort: number;
  /** UseCanonicalName On: the server is called by its ServerName, whatever the client calls it. */
  readonly canonicalName: boolean;
  readonly position: Position | null;
}

/** The server's own limits, corrected as httpd corrects them (spec/apache.md 20.7). */
export interface LimitsConfig {
  readonly serverLimit: number;
  readonly startServers: number;
  readonly threadLimit: number;
  readonly threadsPerChild: number;
  readonly maxRequestWorkers: number;
  readonly minSpareThreads: number;
  readonly maxSpareThreads: number;
  /** Cut to an integer ≥ 1. */
  readonly asyncFactor: number;
  readonly listenBacklog: number;
  /** mod_reqtimeout's limit for the request head, or null when the module is not loaded (then Timeout). */
  readonly requestHeadTimeoutUs: number | null;
}

/** A whole httpd configuration, as far as it bears on balancing. */
export interface ApacheConfig {
  readonly file: string;
  /** servers[0] is the main server; the others are virtual hosts in order. */
  readonly servers: readonly ServerConfig[];
  readonly balancers: readonly BalancerConfig[];
  /** Workers of ProxyPass lines that lead to one URL. */
  readonly workers: readonly MemberConfig[];
  readonly limits: LimitsConfig;
  readonly listens: readonly string[];
  /** ProxyHCExpr by name; "" = lbsim can't read it. */
  readonly healthExpressions: Readonly<Record<string, string>>;
  /** Threads of mod_proxy_hcheck (0 = one check after the other). */
  readonly healthThreads: number;
  /** Contents of HeartbeatStorage as it was when read, or null when there is none. */
  readonly heartbeatStorage: string | null;
  /** Address at which mod_heartmonitor hears the members' reports, or null when it does not listen. */
  readonly heartbeatListen: string | null;
  /** Files that the server itself would serve, URL path to contents, as far as the reader was given them. */
  readonly localFiles: Readonly<Record<string, string>>;
  /** Short names of loaded modules: "proxy_balancer", "proxy_http", "headers", … */
  readonly modules: readonly string[];
}
