import type { Position } from "../../../contract/problem.ts";
import type { LocationConfig } from "./location-config.ts";
import type { RegexSource, Template, VariableDefinition } from "./template.ts";
import type { HealthCheck, HealthMatch, UpstreamConfig } from "./upstream-config.ts";

/** One `listen` of one server. */
export interface ListenConfig {
  /** As written, or "*:80" when the server has none. */
  readonly text: string;
  /** "*" for all addresses, an IPv4 address, "[::1]", or "unix:/path". */
  readonly address: string;
  /** 0 for unix sockets. */
  readonly port: number;
  /** Of the listening socket: the same in all servers that share it. */
  readonly backlog: number;
  readonly ssl: boolean;
  readonly proxyProtocol: boolean;
  /** This server answers requests on the socket that no name matches: marked default_server, or the first that has the socket. */
  readonly isDefault: boolean;
  readonly position: Position;
}

/** A name of server_name, in lower case. Found in the order: exact, "*.x" (longest), "x.*" (longest), expressions in order. */
export type ServerName =
  | { readonly kind: "exact"; readonly name: string }
  /** "*.example.com" as ".example.com"; ".example.com" gives an exact and a head one. */
  | { readonly kind: "head"; readonly suffix: string }
  /** "www.example.*" as "www.example.". */
  | { readonly kind: "tail"; readonly prefix: string }
  | { readonly kind: "regex"; readonly regex: RegexSource };

/** A server block. */
export interface ServerConfig {
  readonly listens: readonly ListenConfig[];
  readonly names: readonly ServerName[];
  /** First name as written, "" when none: $server_name. */
  readonly serverName: string;
  /** Settings and rewrite program of the server level, and its locations. */
  readonly root: LocationConfig;
  readonly clientHeaderTimeoutUs: number;
  readonly mergeSlashes: boolean;
  readonly position: Position;
}

/** A zone of limit_conn_zone; an empty key is not counted. */
export interface LimitConnZone {
  readonly name: string;
  readonly key: Template;
  readonly position: Position;
}

/** A zone of limit_req_zone. */
export interface LimitReqZone {
  readonly name: string;
  readonly key: Template;
  /** Requests per 1000 s, as nginx keeps it: 2r/s = 2000, 30r/m = 500. */
  readonly ratePer1000s: number;
  readonly position: Position;
}

/** A whole nginx configuration, as far as it bears on balancing (spec/nginx.md, spec/nginx-plus.md). */
export interface NginxConfig {
  readonly file: string;
  /** `worker_processes auto` counts as ASSUMED_PROCESSORS (worker-processes.ts). Default 1. */
  readonly workerProcesses: number;
  /** Per worker; default 512. */
  readonly workerConnections: number;
  readonly multiAccept: boolean;
  /** `master_process off` leaves one place more (no channel). */
  readonly masterProcess: boolean;
  /** Distinct listening sockets of all servers; each takes a place of worker_connections. */
  readonly listeningSockets: readonly { readonly address: string; readonly port: number; readonly backlog: number }[];
  /** Blocks in order, then those that proxy_pass implies. */
  readonly upstreams: readonly UpstreamConfig[];
  readonly servers: readonly ServerConfig[];
  /** map, geo and split_clients, by variable name (lower case). */
  readonly variables: Readonly<Record<string, VariableDefinition>>;
  readonly limitConnZones: readonly LimitConnZone[];
  readonly limitReqZones: readonly LimitReqZone[];
  readonly healthChecks: readonly HealthCheck[];
  readonly healthMatches: readonly HealthMatch[];
  /** A `resolver` is configured: names in proxy_pass with variables can be resolved. */
  readonly hasResolver: boolean;
}
