import type { Position } from "../../../contract/problem.ts";
import type { HttpRule } from "./http-rule.ts";
import type { Condition, FormatString, SampleExpression } from "./sample-expression.ts";
import type { ServerConfig } from "./server-config.ts";

/**
 * A resolved haproxy.cfg: `defaults` and `default-server` merged, names resolved to indexes, units converted. Times are
 * µs, null = not set (infinite). Sources of the defaults: HAProxy 2.6 manual and spec of the family.
 */
export interface HaproxyConfig {
  readonly file: string;
  readonly global: GlobalConfig;
  /** `frontend` and the front halves of `listen`, in file order. */
  readonly frontends: readonly FrontendConfig[];
  /** `backend` and the back halves of `listen`, in file order. */
  readonly backends: readonly BackendConfig[];
  /** Stick-tables of all sections; stick rules refer to them by index. */
  readonly tables: readonly StickTableConfig[];
}

export interface GlobalConfig {
  /** Client connections of all frontends together; null = not written: from the limit of file descriptors. */
  readonly maxconn: number | null;
  /** Null = not written: one per core. */
  readonly nbthread: number | null;
  /** `spread-checks` as share 0..0.5. */
  readonly spreadChecks: number;
  /** `max-spread-checks`, null = no limit. */
  readonly maxSpreadChecksUs: number | null;
  /** `tune.bufsize`, default 16384. */
  readonly bufferBytes: number;
  /** `tune.maxrewrite`, default 1024. */
  readonly maxRewriteBytes: number;
  readonly position: Position | null;
}

export type ProxyMode = "http" | "tcp";

/** How connections end after an answer; the last of the options in effect. */
export type ConnectionMode = "keep-alive" | "server-close" | "close";

/** `option forwardfor [except NET] [header NAME] [if-none]`. */
export interface ForwardForConfig {
  readonly header: string;
  /** Networks whose clients get none, as IPv4 number and mask. */
  readonly except: { readonly address: number; readonly mask: number } | null;
  readonly ifNone: boolean;
}

/** An error page of the user's: `errorfile`, `http-errors`; null text = the file is not at hand, only its status is known. */
export interface ErrorPage {
  readonly status: number;
  /** Raw HTTP answer: start line, headers, body. */
  readonly text: string | null;
  /** `errorloc`: the answer is a redirect there with this code instead. */
  readonly location: { readonly url: string; readonly code: number } | null;
  readonly position: Position;
}

export interface BindConfig {
  /** As written: "*:80", ":8080", "10.0.0.1:443", "/run/haproxy.sock". */
  readonly text: string;
  /** "" = any address. */
  readonly host: string;
  /** 0 for a socket file. */
  readonly port: number;
  /** Null = the frontend's. */
  readonly maxconn: number | null;
  /** Null = the frontend's backlog, else the listener's maxconn, else the frontend's maxconn. */
  readonly backlog: number | null;
  readonly ssl: boolean;
  /** `accept-proxy`: the client's address comes from a PROXY header. */
  readonly acceptProxy: boolean;
  readonly name: string | null;
  readonly position: Position;
}

/** `use_backend NAME [if …]`: a known backend, or a name made per request. */
export interface UseBackendRule {
  /** Index into backends, or the format of the name. */
  readonly target: number | FormatString;
  readonly condition: Condition | null;
  readonly position: Position;
}

/** Timeouts of the client side; null = infinite. */
export interface FrontendTimeouts {
  readonly clientUs: number | null;
  /** Null = client (it counts from accept to the complete head). */
  readonly httpRequestUs: number | null;
  /** Null = http-request, else client. */
  readonly httpKeepAliveUs: number | null;
  /** Else the connect timeout of the same section, else none. */
  readonly tarpitUs: number | null;
  readonly clientFinUs: number | null;
}

export interface FrontendConfig {
  readonly name: string;
  readonly mode: ProxyMode;
  readonly disabled: boolean;
  readonly binds: readonly BindConfig[];
  /** Null = as global. `maxconn 0` and words without a number count as not written. */
  readonly maxconn: number | null;
  readonly backlog: number | null;
  /** `rate-limit sessions`, connections a second; 0 = none. */
  readonly rateLimitSessions: number;
  readonly useBackend: readonly UseBackendRule[];
  /** Index into backends; a `listen` section without `default_backend` leads to its own back half. Null = 503. */
  readonly defaultBackend: number | null;
  readonly requestRules: readonly HttpRule[];
  readonly responseRules: readonly HttpRule[];
  readonly afterResponseRules: readonly HttpRule[];
  /** `redirect …` lines, evaluated after the http-request rules. */
  readonly redirects: readonly HttpRule[];
  readonly timeouts: FrontendTimeouts;
  readonly connectionMode: ConnectionMode;
  readonly forwardFor: ForwardForConfig | null;
  /** `option abortonclose` of the half that reads the request: only this one counts for clients that leave. */
  readonly abortOnClose: boolean;
  /** `option idle-close-on-response`, `option http-ignore-probes`, … are not here: see passed-over directives. */
  readonly errorPages: readonly ErrorPage[];
  /** `monitor-uri`: answered 200 by the proxy itself. */
  readonly monitorUri: string | null;
  /** `monitor fail if …`: 503 instead. */
  readonly monitorFail: readonly Condition[];
  readonly position: Position;
}

/** `balance`: the words of the manual; `hdr` etc. with their arguments. */
export type BalanceConfig =
  | { readonly method: "roundrobin" | "static-rr" | "leastconn" | "first" | "source" }
  | { readonly method: "random"; readonly draws: number }
  | {
      readonly method: "uri";
      /** 0 = all. */
      readonly length: number;
      readonly depth: number;
      readonly whole: boolean;
      readonly pathOnly: boolean;
    }
  | { readonly method: "url_param"; readonly parameter: string }
  | { readonly method: "hdr"; readonly header: string; readonly domainOnly: boolean }
  | { readonly method: "rdp-cookie"; readonly cookie: string }
  | { readonly method: "hash"; readonly sample: SampleExpression };

export interface HashTypeConfig {
  /** Default map-based. */
  readonly method: "map-based" | "consistent";
  /** Default sdbm. */
  readonly function: "sdbm" | "djb2" | "wt6" | "crc32";
  /** Resolved: written, or the default of `consistent` without a named function. */
  readonly avalanche: boolean;
}

/** `cookie NAME …`. */
export interface CookieConfig {
  readonly name: string;
  /** `passive` = no mode written: only read. */
  readonly mode: "insert" | "rewrite" | "prefix" | "passive";
  readonly indirect: boolean;
  readonly nocache: boolean;
  readonly postonly: boolean;
  readonly preserve: boolean;
  readonly httponly: boolean;
  readonly secure: boolean;
  /** `dynamic`: servers without a value get one computed from key, address and port. */
  readonly dynamic: boolean;
  readonly domains: readonly string[];
  readonly maxidleUs: number | null;
  readonly maxlifeUs: number | null;
  readonly attrs: readonly string[];
  readonly position: Position;
}

export interface UseServerRule {
  /** Index into the servers of the backend, or the format of the name. */
  readonly server: number | FormatString;
  readonly condition: Condition | null;
  readonly position: Position;
}

/** `force-persist if …` / `ignore-persist if …`; the first that matches counts. */
export interface PersistRule {
  readonly kind: "force" | "ignore";
  readonly condition: Condition;
  readonly position: Position;
}

export type StickType = "ip" | "ipv6" | "integer" | "string" | "binary";

export interface StickTableConfig {
  /** Name of the section that holds it. */
  readonly name: string;
  readonly type: StickType;
  /** Bytes of a key: string 31 by default, binary 32. */
  readonly length: number;
  readonly size: number;
  /** Null = entries do not expire. */
  readonly expireUs: number | null;
  readonly nopurge: boolean;
  readonly position: Position;
}

/** `stick on` is given as a match and a store-request in this order. */
export interface StickRule {
  readonly kind: "match" | "store-request" | "store-response";
  readonly sample: SampleExpression;
  /** Index into tables. */
  readonly table: number;
  readonly condition: Condition | null;
  readonly position: Position;
}

/** What a health check expects; rules without `!` and with it in the order written. */
export interface CheckExpect {
  readonly negated: boolean;
  readonly kind: "status" | "rstatus" | "string" | "rstring" | "header" | "fheader" | "custom" | "binary";
  /** Text or expression; for status a list such as "200,201,300-310". */
  readonly pattern: string;
  /** For status: both bounds included. */
  readonly statuses: readonly { readonly min: number; readonly max: number }[];
}

/** How servers of a backend are checked. */
export interface HealthCheckConfig {
  /** `tcp` = connect only; `http` = option httpchk; `other` = a protocol check (mysql, redis …), modelled as connect. */
  readonly kind: "tcp" | "http" | "other";
  readonly method: string;
  readonly uri: string;
  /** "HTTP/1.0" by default. */
  readonly version: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: string | null;
  /** Empty = any 2xx and 3xx. */
  readonly expects: readonly CheckExpect[];
  readonly disableOn404: boolean;
}

/** Timeouts of the server side; null = infinite. */
export interface BackendTimeouts {
  readonly connectUs: number | null;
  readonly serverUs: number | null;
  /** Resolved: not written = connect. */
  readonly queueUs: number | null;
  readonly checkUs: number | null;
  /** Null = client and server timeouts go on. */
  readonly tunnelUs: number | null;
  readonly serverFinUs: number | null;
  /** Else connect, for tarpit rules in backends. */
  readonly tarpitUs: number | null;
  /** While a request of a keep-alive client is waited for in a `listen`, see FrontendTimeouts. */
  readonly httpRequestUs: number | null;
}

/** Words of `retry-on`; statuses as numbers. */
export interface RetryOnConfig {
  readonly connFailure: boolean;
  readonly emptyResponse: boolean;
  readonly junkResponse: boolean;
  readonly responseTimeout: boolean;
  readonly statuses: readonly number[];
}

export interface BackendConfig {
  readonly name: string;
  readonly mode: ProxyMode;
  readonly disabled: boolean;
  readonly balance: BalanceConfig;
  readonly hashType: HashTypeConfig;
  /** Percent above 100, 0 = off. */
  readonly hashBalanceFactor: number;
  readonly servers: readonly ServerConfig[];
  readonly cookie: CookieConfig | null;
  readonly dynamicCookieKey: string | null;
  readonly useServer: readonly UseServerRule[];
  readonly persistRules: readonly PersistRule[];
  readonly stickRules: readonly StickRule[];
  /** `option persist`. */
  readonly persist: boolean;
  /** `option redispatch [N]`: null = off, -1 without a number; 0 never matches. */
  readonly redispatch: number | null;
  /** Default 3; negative = none. */
  readonly retries: number;
  readonly retryOn: RetryOnConfig;
  /** Resolved: default 10 % of the maxconn of the frontends that use it, rounded up, at least 1. */
  readonly fullconn: number;
  /** `option allbackups`. */
  readonly allBackups: boolean;
  /** `option abortonclose` of the back half. */
  readonly abortOnClose: boolean;
  /** `option prefer-last-server`. */
  readonly preferLastServer: boolean;
  readonly connectionMode: ConnectionMode;
  /** Default safe. */
  readonly httpReuse: "never" | "safe" | "aggressive" | "always";
  readonly forwardFor: ForwardForConfig | null;
  readonly requestRules: readonly HttpRule[];
  readonly responseRules: readonly HttpRule[];
  readonly afterResponseRules: readonly HttpRule[];
  readonly redirects: readonly HttpRule[];
  readonly healthCheck: HealthCheckConfig;
  readonly timeouts: BackendTimeouts;
  readonly errorPages: readonly ErrorPage[];
  readonly position: Position;
  /** Where `balance` is written, if it is. */
  readonly balancePosition: Position | null;
  readonly hashTypePosition: Position | null;
}
