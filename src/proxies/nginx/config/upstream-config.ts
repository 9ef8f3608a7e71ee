import type { Position } from "../../../contract/problem.ts";
import type { Template } from "./template.ts";

/** How an upstream chooses (spec/nginx.md section 2, spec/nginx-plus.md (a)); the last method directive of the block wins. */
export type UpstreamMethod =
  | { readonly kind: "round_robin" }
  | { readonly kind: "least_conn" }
  | { readonly kind: "ip_hash" }
  | { readonly kind: "hash"; readonly key: Template; readonly consistent: boolean }
  /** `by` = what compares the two draws of `random two`; null = one draw decides. */
  | { readonly kind: "random"; readonly by: "least_conn" | "header" | "last_byte" | null }
  | { readonly kind: "least_time"; readonly of: "header" | "last_byte"; readonly inflight: boolean };

/** A `server` line. Each address is a peer of its own with the whole weight (spec/nginx.md section 1). */
export interface ServerLine {
  /** The argument as written: the consistent ring hashes this text. */
  readonly text: string;
  /**
   * host:port with the default port 80 added; names are kept as names: they are resolved by the simulated world, and
   * one name is one peer. Several entries only for a name whose addresses are known (`localhost`: 127.0.0.1 only).
   */
  readonly addresses: readonly string[];
  readonly weight: number;
  /** 0 = never banned. */
  readonly maxFails: number;
  /** Whole seconds. */
  readonly failTimeoutS: number;
  /** 0 = no limit. */
  readonly maxConns: number;
  readonly backup: boolean;
  readonly down: boolean;
  /** Plus, open source since 1.29.6: only requests that are bound to it. */
  readonly drain: boolean;
  /** Plus; 0 = none. */
  readonly slowStartUs: number;
  /** `route=` of the sticky methods, "" when none (then the MD5 of the address). */
  readonly route: string;
  /** `resolve`: the name is watched; nothing changes in the simulation. */
  readonly resolve: boolean;
  readonly position: Position;
}

/** A server line without parameters (ngx_http_upstream_server, nginx 1.22.1). */
export const SERVER_DEFAULTS = {
  weight: 1,
  maxFails: 1,
  failTimeoutS: 10,
  maxConns: 0,
  backup: false,
  down: false,
  drain: false,
  slowStartUs: 0,
  route: "",
  resolve: false,
} as const satisfies Omit<ServerLine, "text" | "addresses" | "position">;

/** Idle connections that each worker keeps (`keepalive N`). */
export interface KeepaliveConfig {
  readonly connections: number;
  /** Requests over one connection; default 1000. */
  readonly requests: number;
  /** Default 60 s. */
  readonly timeoutUs: number;
  /** Longest life of a connection; default 1 h. */
  readonly timeUs: number;
  readonly position: Position;
}

/** `sticky …` (spec/nginx-plus.md (b)). */
export type StickyConfig =
  | {
      readonly kind: "cookie";
      readonly name: string;
      /** null = session cookie; "max" = 31 Dec 2037. */
      readonly expiresS: number | "max" | null;
      readonly domain: Template | null;
      readonly path: Template | null;
      readonly httponly: boolean;
      readonly secure: boolean;
      readonly samesite: Template | null;
      readonly position: Position;
    }
  | { readonly kind: "route"; readonly variables: readonly Template[]; readonly position: Position }
  | {
      readonly kind: "learn";
      readonly create: readonly Template[];
      readonly lookup: readonly Template[];
      readonly zone: string;
      readonly zoneBytes: number;
      readonly timeoutUs: number;
      /** Learn at the response header instead of at the end. */
      readonly header: boolean;
      readonly position: Position;
    };

/** An upstream block, or the implicit one of a proxy_pass to an address. */
export interface UpstreamConfig {
  /** As written; names are compared without regard to case. For an implicit one host:port as in proxy_pass. */
  readonly name: string;
  readonly implicit: boolean;
  readonly method: UpstreamMethod;
  /** Line of the method directive, or of the block. */
  readonly methodPosition: Position;
  /** In the order of the file, primary and backup mixed. */
  readonly servers: readonly ServerLine[];
  /** Shared by all workers when set. */
  readonly zone: { readonly name: string; readonly sizeBytes: number; readonly position: Position } | null;
  /** null when none is written, or when a method after it displaced it. */
  readonly keepalive: KeepaliveConfig | null;
  readonly sticky: StickyConfig | null;
  /** Plus: requests that wait when no server can be chosen. */
  readonly queue: { readonly size: number; readonly timeoutUs: number; readonly position: Position } | null;
  readonly position: Position;
}

/** Plus: `health_check` of a location for the upstream that it passes to (spec/nginx-plus.md (c)). */
export interface HealthCheck {
  /** Upstream by name. */
  readonly upstream: string;
  readonly intervalUs: number;
  readonly jitterUs: number;
  readonly fails: number;
  readonly passes: number;
  readonly uri: string;
  /** null = the port of the server. */
  readonly port: number | null;
  /** Name of a `match` block, null = 2xx or 3xx. */
  readonly match: string | null;
  readonly mandatory: boolean;
  readonly persistent: boolean;
  /** proxy_connect_timeout and proxy_read_timeout of the location. */
  readonly connectTimeoutUs: number;
  readonly readTimeoutUs: number;
  /** Host that the checks send: the upstream's name unless proxy_set_header Host says otherwise in plain text. */
  readonly host: string;
  readonly position: Position;
}

/** Plus: `match NAME { … }`; all tests must hold. */
export interface HealthMatch {
  readonly name: string;
  /** [] = any status; negated with "!". Ranges inclusive. */
  readonly statuses: readonly { readonly from: number; readonly to: number }[];
  readonly statusNegated: boolean;
  /** `value` null = only presence counts. */
  readonly headers: readonly {
    readonly name: string;
    readonly operator: "=" | "!=" | "~" | "!~" | "present" | "absent";
    readonly value: string;
  }[];
  readonly bodies: readonly { readonly operator: "~" | "!~"; readonly source: string }[];
  readonly position: Position;
}
