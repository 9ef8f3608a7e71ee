import type { Position } from "../../../contract/problem.ts";

/** A read configuration of Caddy 2.6.2, from a Caddyfile or from JSON; immutable. */
export interface CaddyConfig {
  readonly file: string;
  readonly servers: readonly ServerConfig[];
  readonly proxies: readonly ReverseProxyConfig[];
  /** Host names of all sites, in order. */
  readonly names: readonly string[];
}

/** One listener and the routes behind it. */
export interface ServerConfig {
  /** As the listening socket is written: ":443", "127.0.0.1:80". */
  readonly listens: readonly string[];
  readonly routes: readonly Route[];
  /** How long an idle client connection is kept; caddyhttp/app.go: 5 min. */
  readonly idleTimeoutUs: number;
  /** Longest time for a request head; 0 = no limit. */
  readonly readHeaderTimeoutUs: number;
}

/** A handler and when it is run; the first that answers ends the request. */
export interface Route {
  /** Any set, all matchers of it; none = always. */
  readonly match: readonly (readonly Matcher[])[];
  /** Of the routes of a group only the first that matches is run; "" = no group. */
  readonly group: string;
  readonly terminal: boolean;
  readonly handlers: readonly Handler[];
}

export type Handler =
  | { readonly kind: "proxy"; readonly proxy: number }
  | { readonly kind: "subroute"; readonly routes: readonly Route[] }
  | { readonly kind: "respond"; readonly status: number; readonly body: string; readonly location: string | null }
  | { readonly kind: "abort" }
  | { readonly kind: "strip-prefix"; readonly prefix: string }
  | { readonly kind: "strip-suffix"; readonly suffix: string }
  | { readonly kind: "rewrite"; readonly uri: string }
  | { readonly kind: "replace"; readonly find: string; readonly by: string; readonly limit: number }
  | { readonly kind: "replace-path"; readonly pattern: RegExp; readonly by: string }
  | { readonly kind: "method"; readonly method: string }
  | { readonly kind: "response-headers"; readonly operations: readonly HeaderOperation[] }
  | { readonly kind: "request-headers"; readonly operations: readonly HeaderOperation[] };

export type Matcher =
  | { readonly kind: "path"; readonly patterns: readonly string[] }
  | { readonly kind: "path_regexp"; readonly pattern: RegExp }
  | { readonly kind: "host"; readonly hosts: readonly string[] }
  | { readonly kind: "method"; readonly methods: readonly string[] }
  | { readonly kind: "header"; readonly name: string; readonly values: readonly string[] | null }
  | { readonly kind: "header_regexp"; readonly name: string; readonly pattern: RegExp }
  | {
      readonly kind: "query";
      readonly parameters: readonly { readonly name: string; readonly values: readonly string[] }[];
    }
  /** `forwarded` = of the first address in X-Forwarded-For, where there is one. */
  | { readonly kind: "remote_ip"; readonly ranges: readonly string[]; readonly forwarded: boolean }
  | { readonly kind: "protocol"; readonly protocol: string }
  | { readonly kind: "not"; readonly sets: readonly (readonly Matcher[])[] }
  /** Something that the simulation can't evaluate; counts as matching. */
  | { readonly kind: "unknown"; readonly name: string };

export interface HeaderOperation {
  readonly kind: "set" | "add" | "delete" | "replace";
  readonly name: string;
  readonly value: string;
  readonly search: RegExp | null;
}

/** What `lb_policy` says. */
export interface PolicyConfig {
  readonly name: string;
  /** random_choose: how many candidates. */
  readonly choose: number;
  /** header: field; cookie: name. */
  readonly key: string;
  /** cookie: secret of the HMAC. */
  readonly secret: string;
}

export interface UpstreamConfig {
  /** The dial text as Caddy normalises it, "host:port": identity, hash input and status word. */
  readonly dial: string;
  /** Limit of requests in flight of this upstream alone (JSON); 0 = none. */
  readonly maxRequests: number;
  readonly position: Position;
}

export interface PassiveConfig {
  readonly failDurationUs: number;
  readonly maxFails: number;
  /** Exact statuses and classes (5 = 5xx). */
  readonly unhealthyStatus: readonly number[];
  readonly unhealthyLatencyUs: number;
  readonly unhealthyRequestCount: number;
}

export interface ActiveConfig {
  readonly uri: string;
  readonly port: number;
  readonly intervalUs: number;
  readonly timeoutUs: number;
  /** 0 = any of 200 … 399. */
  readonly expectStatus: number;
  readonly expectBody: RegExp | null;
  readonly host: string | null;
}

export interface TransportConfig {
  readonly tls: boolean;
  readonly dialTimeoutUs: number;
  /** 0 = no limit. */
  readonly responseHeaderTimeoutUs: number;
  readonly readTimeoutUs: number;
  readonly writeTimeoutUs: number;
  readonly keepAlive: boolean;
  readonly idleTimeoutUs: number;
  readonly idlePerHost: number;
  /** 0 = no limit. */
  readonly maxConnectionsPerHost: number;
}

/** What is done with answers of a kind: `replace_status` or the routes of `handle_response`. */
export interface ResponseHandler {
  readonly statuses: readonly number[];
  readonly headers: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** 0 = the status stays. */
  readonly status: number;
  readonly routes: readonly Route[] | null;
}

/** A `reverse_proxy` handler. */
export interface ReverseProxyConfig {
  /** What people call it: its path matcher, else its site; unique. */
  readonly name: string;
  readonly position: Position;
  /** Where subdirectives are written, by name. */
  readonly written: ReadonlyMap<string, Position>;
  readonly upstreams: readonly UpstreamConfig[];
  readonly policy: PolicyConfig;
  readonly retries: number;
  readonly tryDurationUs: number;
  readonly tryIntervalUs: number;
  /** Null = only GET. */
  readonly retryMatch: readonly (readonly Matcher[])[] | null;
  readonly passive: PassiveConfig | null;
  readonly active: ActiveConfig | null;
  readonly transport: TransportConfig;
  readonly headersUp: readonly HeaderOperation[];
  readonly headersDown: readonly HeaderOperation[];
  readonly trustedProxies: readonly string[];
  readonly rewriteMethod: string;
  readonly rewriteUri: string;
  readonly responses: readonly ResponseHandler[];
}
