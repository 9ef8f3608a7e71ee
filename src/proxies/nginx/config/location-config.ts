import type { Position } from "../../../contract/problem.ts";
import type { Network, RegexSource, Template } from "./template.ts";

/** How a location is found (ngx_http_core_find_location, spec/nginx.md; https://nginx.org/r/location). */
export type LocationMatch =
  /** The server itself, or what holds an `if` block. */
  | { readonly kind: "root" }
  | { readonly kind: "exact"; readonly uri: string }
  /** `^~`: when it is the longest prefix, no expression is tried. */
  | { readonly kind: "final-prefix"; readonly uri: string }
  | { readonly kind: "prefix"; readonly uri: string }
  | { readonly kind: "regex"; readonly regex: RegexSource }
  /** "@name": reached only by error_page, try_files and the like. */
  | { readonly kind: "named"; readonly name: string };

/** What decides whether a failed attempt goes on to the next server (spec/nginx.md section 3). */
export type NextUpstreamFlag =
  | "error"
  | "timeout"
  | "invalid_header"
  | "non_idempotent"
  | "http_500"
  | "http_502"
  | "http_503"
  | "http_504"
  | "http_403"
  | "http_404"
  | "http_429";

/** Where proxy_pass leads. */
export type ProxyPass =
  | {
      readonly kind: "upstream";
      readonly scheme: "http" | "https";
      /** Name of an entry of NginxConfig.upstreams (implicit ones included). */
      readonly upstream: string;
      /** $proxy_host: host and port as written in proxy_pass (default port left away). */
      readonly host: string;
      /** URI part, which replaces the part of the request's URI that the location matched; null = pass it unchanged. */
      readonly uri: string | null;
      readonly position: Position;
    }
  /**
   * With variables: the whole URL is made for each request. Its host names an upstream, or an address; the URI, if it has
   * one, is used as it is.
   */
  | { readonly kind: "variable"; readonly url: Template; readonly position: Position };

/** One line of a rewrite program (ngx_http_rewrite_module), in the order of the file. */
export type RewriteStep =
  | {
      readonly kind: "rewrite";
      readonly regex: RegexSource;
      readonly replacement: Template;
      /** A redirect status; 0 = internal. Replacements that begin with http://, https:// or $scheme redirect with 302. */
      readonly status: 0 | 301 | 302;
      /** `last`: look for a location again; `break`: end the program and stay; null: go on with the next line. */
      readonly flag: "last" | "break" | null;
      /** The replacement ends with "?": the request's arguments are not added. */
      readonly dropsArguments: boolean;
      readonly position: Position;
    }
  | {
      readonly kind: "return";
      /** 444 closes the connection without an answer. */
      readonly status: number;
      /** Body, or Location for 301, 302, 303, 307, 308; null = nginx's own page. */
      readonly text: Template | null;
      readonly position: Position;
    }
  | { readonly kind: "set"; readonly name: string; readonly value: Template; readonly position: Position }
  | { readonly kind: "break"; readonly position: Position }
  /** When it holds, `location` becomes the request's configuration and its `steps` run next. */
  | {
      readonly kind: "if";
      readonly condition: Condition;
      readonly location: LocationConfig;
      readonly position: Position;
    };

export type Condition =
  /** True unless empty or "0". */
  | { readonly kind: "variable"; readonly value: Template }
  | { readonly kind: "equal"; readonly value: Template; readonly to: Template; readonly negated: boolean }
  | { readonly kind: "regex"; readonly value: Template; readonly regex: RegexSource; readonly negated: boolean }
  /** -f, -d, -e, -x: there are no files in the simulation, so it holds exactly when negated. */
  | { readonly kind: "file"; readonly negated: boolean };

export interface LimitConn {
  readonly zone: string;
  readonly connections: number;
  readonly position: Position;
}

export interface LimitReq {
  readonly zone: string;
  readonly burst: number;
  /** Requests that go on without waiting (`delay=`); Infinity = nodelay; 0 = every excess waits. */
  readonly delay: number;
  readonly position: Position;
}

/** Replaces the beginning of Location and Refresh headers of the answer. */
export type ProxyRedirect =
  /** proxy_pass URL -> location prefix; only where both are plain. */
  | { readonly kind: "default" }
  | { readonly kind: "prefix"; readonly from: Template; readonly to: Template }
  | { readonly kind: "regex"; readonly regex: RegexSource; readonly to: Template };

/** proxy_cookie_domain and proxy_cookie_path: the first rule that fits is used. */
export type CookieRewrite =
  | { readonly kind: "text"; readonly from: Template; readonly to: Template }
  | { readonly kind: "regex"; readonly regex: RegexSource; readonly to: Template };

/** proxy_cookie_flags. */
export interface CookieFlags {
  /** Name (without regard to case) or expression. */
  readonly cookie: { readonly name: Template } | { readonly regex: RegexSource };
  readonly flags: readonly string[];
}

export interface ErrorPage {
  readonly statuses: readonly number[];
  /** `=200` gives 200, `=` gives "from-page", without it the status stays. */
  readonly answer: number | "from-page" | "same";
  /** A URI, an absolute URL (302 redirect), or "@name". */
  readonly target: Template;
  readonly position: Position;
}

/** set_real_ip_from … of ngx_http_realip_module; null in LocationSettings = the client's own address counts. */
export interface RealIpConfig {
  readonly from: readonly Network[];
  /** Header name in lower case ("x-real-ip", "x-forwarded-for"), or "proxy_protocol". X-Forwarded-For may hold a list. */
  readonly header: string;
  readonly recursive: boolean;
}

/** proxy_set_header … as it will be sent; an empty value removes the header. */
export interface HeaderTemplate {
  readonly name: string;
  readonly value: Template;
}

/** add_header: on answers 200, 201, 204, 206, 301, 302, 303, 304, 307, 308 unless `always`. */
export interface AddedHeader extends HeaderTemplate {
  readonly always: boolean;
}

/** Settings after inheritance: every location has them all; defaults of nginx 1.22.1 filled in. */
export interface LocationSettings {
  readonly connectTimeoutUs: number;
  /** Between two writes to the server. */
  readonly sendTimeoutUs: number;
  /** Between two reads from the server. */
  readonly readTimeoutUs: number;
  /** [] = off. */
  readonly nextUpstream: readonly NextUpstreamFlag[];
  /** Attempts in all; 0 = no limit. */
  readonly nextUpstreamTries: number;
  /** 0 = no limit. */
  readonly nextUpstreamTimeoutUs: number;
  readonly httpVersion: "1.0" | "1.1";
  /**
   * Request headers to send, nginx's own defaults (Host: $proxy_host, Connection: close) included where the file has none
   * of that name. All other request headers are passed on unless `passRequestHeaders` is false.
   */
  readonly setHeaders: readonly HeaderTemplate[];
  readonly passRequestHeaders: boolean;
  readonly passRequestBody: boolean;
  readonly method: Template | null;
  readonly ignoreClientAbort: boolean;
  readonly interceptErrors: boolean;
  readonly requestBuffering: boolean;
  readonly buffering: boolean;
  /** A head that is longer makes the answer invalid (502, counts as a failure). */
  readonly bufferSizeBytes: number;
  /** Answer headers that are not passed on, lower case: nginx's own (date, server, x-pad, x-accel-*) included. */
  readonly hiddenHeaders: readonly string[];
  /** [] = off. */
  readonly redirects: readonly ProxyRedirect[];
  readonly cookieDomains: readonly CookieRewrite[];
  readonly cookiePaths: readonly CookieRewrite[];
  readonly cookieFlags: readonly CookieFlags[];
  readonly addHeaders: readonly AddedHeader[];
  readonly errorPages: readonly ErrorPage[];
  readonly limitConns: readonly LimitConn[];
  readonly limitConnStatus: number;
  readonly limitReqs: readonly LimitReq[];
  readonly limitReqStatus: number;
  readonly realIp: RealIpConfig | null;
  /** 0 = the connection is closed after each answer. */
  readonly keepaliveTimeoutUs: number;
  readonly keepaliveRequests: number;
  /** Longest life of a client connection; default 1 h. */
  readonly keepaliveTimeUs: number;
  /** Keep-Alive: timeout=N header of answers, whole seconds; 0 = none. */
  readonly keepaliveHeaderS: number;
  readonly clientBodyTimeoutUs: number;
  /** What of a request's body nginx keeps in memory; default 16k on 64-bit machines. */
  readonly bodyBufferBytes: number;
  /** 0 = no limit; more is answered 413. */
  readonly clientMaxBodyBytes: number;
  /** Between two writes to the client. */
  readonly clientSendTimeoutUs: number;
  /** allow and deny in order; the first that fits decides. */
  readonly access: readonly { readonly allow: boolean; readonly network: Network | "all" }[];
  readonly root: Template;
  readonly absoluteRedirect: boolean;
}

/** A location, an `if` block, or (as root) the server itself. */
export interface LocationConfig {
  readonly match: LocationMatch;
  readonly settings: LocationSettings;
  /** null: answered by nginx itself (a file: 404 in the simulation, unless `steps`, `tryFiles` or `stubStatus` say otherwise). */
  readonly proxyPass: ProxyPass | null;
  /** Rewrite program of this block alone. */
  readonly steps: readonly RewriteStep[];
  /** try_files: no file exists, so the last one decides: a URI, "@name" or "=code"; null = none. */
  readonly tryFiles: {
    readonly fallback: Template;
    readonly status: number | null;
    readonly position: Position;
  } | null;
  readonly stubStatus: boolean;
  /** Requests with other methods have this location's settings, and no rewrite program (ngx_http_update_location_config). */
  readonly limitExcept: { readonly methods: readonly string[]; readonly location: LocationConfig } | null;
  /** Only for internal redirects; others get 404. */
  readonly internal: boolean;
  /** Prefix locations with a trailing slash and a proxy_pass answer 301 to the URI without the slash. */
  readonly autoRedirect: boolean;
  /**
   * Nested locations in the order of the file. nginx looks: exact; longest prefix (then within it); expressions in
   * order, those of nested blocks first, unless the longest prefix is final.
   */
  readonly locations: readonly LocationConfig[];
  readonly position: Position;
}
