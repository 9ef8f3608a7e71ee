import type { Position } from "../../../contract/problem.ts";

/** What `observe` looks at. */
export type ObserveMode = "none" | "layer4" | "layer7";

/** What happens when a server has reached `error-limit`. */
export type OnError = "fastinter" | "fail-check" | "sudden-death" | "mark-down";

/** Health checks of one server (manual 5.2); intervals in µs. */
export interface ServerCheckConfig {
  /** `check` is written: without it the server is always UP. */
  readonly enabled: boolean;
  /** Default 2 s. */
  readonly interUs: number;
  /** Default: as inter. */
  readonly fastinterUs: number | null;
  /** Default: as inter. */
  readonly downinterUs: number | null;
  /** Default 2. */
  readonly rise: number;
  /** Default 3. */
  readonly fall: number;
  /** Address that is checked, `host:port`, when `addr` or `port` name another than the server's own; else null. */
  readonly address: string | null;
}

/** `agent-check`: a program beside the server that reports weight and state. */
export interface AgentConfig {
  readonly enabled: boolean;
  /** host:port. */
  readonly address: string;
  readonly interUs: number;
  readonly send: string | null;
}

/** A `server` line, or one server of a `server-template`, with `default-server` merged in. */
export interface ServerConfig {
  readonly name: string;
  /** Position in its backend, from 0 (file order; the search for cookies walks it). */
  readonly index: number;
  /** `id`, or the lowest unused number from 1 in file order; rings and `first` go by it. */
  readonly id: number;
  readonly host: string;
  /** Null: none is written, the client's destination port is used, plus `portOffset`. */
  readonly port: number | null;
  /** `+N` or `-N` behind the colon: added to the client's destination port. */
  readonly portOffset: number;
  /** host:port as `ProxyMachine.addresses` lists it; without a port of its own the port of the first bind that leads here. */
  readonly address: string;
  /** 0..256, default 1. */
  readonly weight: number;
  /** Requests at once, 0 = no limit. */
  readonly maxconn: number;
  /** Default: as maxconn (written larger than maxconn it is taken for it, 2.6 check_config_validity). */
  readonly minconn: number;
  /** Longest own queue, 0 = no limit. */
  readonly maxqueue: number;
  /** Value of the persistence cookie, null = none; `dynamic` values are computed by the machine. */
  readonly cookie: string | null;
  readonly check: ServerCheckConfig;
  readonly agent: AgentConfig | null;
  readonly observe: ObserveMode;
  /** Default 10. */
  readonly errorLimit: number;
  readonly onError: OnError;
  /** `on-marked-down shutdown-sessions`. */
  readonly shutdownSessionsOnDown: boolean;
  /** `on-marked-up shutdown-backup-sessions`. */
  readonly shutdownBackupSessionsOnUp: boolean;
  readonly backup: boolean;
  /** Starts in maintenance. */
  readonly disabled: boolean;
  /** 0 = none. */
  readonly slowstartUs: number;
  /** `non-stick`. */
  readonly nonStick: boolean;
  /** `track`: index of the backend and of the server in it whose state is followed. */
  readonly track: { readonly backend: number; readonly server: number } | null;
  /** `redir PREFIX`: GET and HEAD are answered with a 302 to PREFIX + URI. */
  readonly redir: string | null;
  /** `resolvers` section, null = only libc at start. */
  readonly resolvers: string | null;
  /** Steps of `init-addr`, default last, libc. */
  readonly initAddr: readonly string[];
  /** `pool-max-conn` (-1 = no limit, 0 = idle connections are not kept). */
  readonly poolMaxConn: number;
  /** `pool-purge-delay`, default 5 s. */
  readonly poolPurgeDelayUs: number;
  /** `max-reuse`, -1 = no limit. */
  readonly maxReuse: number;
  readonly ssl: boolean;
  readonly sendProxy: boolean;
  /** True when it comes from `server-template`. */
  readonly fromTemplate: boolean;
  readonly position: Position;
}
