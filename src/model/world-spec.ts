import type { Distribution } from "../engine/random/distributions/distribution.ts";

/**
 * The world around the proxy, resolved: every default filled in, every quantity in µs, bytes or 0..1.
 * Made by the scenario reader; the model runs it as it stands (docs: scenario reference).
 */
export interface WorldSpec {
  readonly clients: ClientsSpec;
  /** One entry per backend process; the driver maps proxy addresses to indexes. */
  readonly backends: readonly BackendSpec[];
  readonly faults: readonly FaultSpec[];
  readonly network: NetworkSpec;
  /** Arrivals stop at this time (warm-up included). */
  readonly endUs: number;
  /** After `endUs` what is in flight may finish for this long; the rest is unresolved. */
  readonly drainUs: number;
  /** Everything before is left out of the statistics. Fault times are already shifted by it. */
  readonly warmUpUs: number;
}

export interface NetworkSpec {
  /** One-way latency between clients and proxy, and between proxy and backends; 0 = same machine. */
  readonly clientHopUs: number;
  readonly backendHopUs: number;
}

// ---------------------------------------------------------------- clients

/** When sessions (or single requests) start. */
export type ArrivalSpec =
  | { readonly kind: "poisson"; readonly ratePerSec: number }
  | { readonly kind: "constant"; readonly ratePerSec: number }
  /** Poisson with a rate that changes: linear between points; after the last point its rate holds. */
  | { readonly kind: "curve"; readonly points: readonly { readonly atUs: number; readonly ratePerSec: number }[] }
  /** Markov-modulated Poisson: states with rates and mean sojourn times, visited in a cycle. */
  | {
      readonly kind: "mmpp";
      readonly states: readonly { readonly ratePerSec: number; readonly sojourn: Distribution }[];
    }
  /** Given instants. */
  | { readonly kind: "trace"; readonly atUs: readonly number[] }
  /** Closed loop: this many users, each starts a new session when the last has ended and the pause is over. */
  | { readonly kind: "closed"; readonly users: number; readonly pause: Distribution };

export interface ClientsSpec {
  readonly arrivals: ArrivalSpec;
  /** Requests per session, rounded, at least 1. */
  readonly requestsPerSession: Distribution;
  /** Time in µs between an answer and the next request of the session. */
  readonly think: Distribution;
  /** How long a client waits for a complete answer; then it closes the connection. */
  readonly patienceUs: number;
  /** Retries by the client after a failed request. */
  readonly retry: {
    readonly attempts: number;
    readonly backoff: Distribution /** Factor per further retry. */;
    readonly factor: number;
  };
  /** Probability that a client leaves (ends its session) after a request that finally failed. */
  readonly leaveAfterFailure: number;
  /** Share of clients that never send cookies. */
  readonly withoutCookies: number;
  /** Clients keep connections open between requests; closed by the client after this idle time (Infinity = never). */
  readonly keepAlive: boolean;
  readonly idleUs: number;
  /** Number of distinct source addresses; sessions take them round robin. */
  readonly addresses: number;
  readonly classes: readonly RequestClassSpec[];
  /** Requests in parallel within a session (connections per client), 1 = one after the other. */
  readonly parallel: number;
}

/** A kind of request; drawn per request by weight. */
export interface RequestClassSpec {
  readonly name: string;
  readonly weight: number;
  readonly method: string;
  /** Request target as the client writes it. */
  readonly target: string;
  readonly host: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly requestBytes: Distribution;
  readonly responseBytes: Distribution;
  /** Service demand in µs at speed 1; null = the backend's own. */
  readonly service: Distribution | null;
  /** `creates`: starts state when the client has none; `needs`: state must be found; `ignores`: stateless. The first request of a session with `needs` creates. */
  readonly session: "creates" | "needs" | "ignores";
  /** Statuses that are good answers: pairs of inclusive bounds. */
  readonly good: readonly { readonly from: number; readonly to: number }[];
  /** WebSocket: how long the tunnel stays open, or null for a plain request. */
  readonly tunnel: Distribution | null;
  readonly patienceUs: number | null;
}

// ---------------------------------------------------------------- backends

export interface BackendSpec {
  readonly id: string;
  /** Names it can be called by in the scenario: addresses, routes. */
  readonly names: readonly string[];
  readonly service: Distribution;
  /** Speed factor: demand ÷ speed = time. */
  readonly speed: number;
  readonly cores: number;
  /** Requests worked on at once; more wait in the queue. */
  readonly concurrency: number;
  /** Waiting places; one more is answered 503 (`queueFull: "reject"`) or its connection refused. Infinity = no limit. */
  readonly queue: number;
  readonly queueFull: "reject" | "refuse";
  /** fcfs: each running request has a core of its own up to `concurrency`; ps: `cores` are shared by all that run. */
  readonly discipline: "fcfs" | "ps";
  readonly keepAlive: boolean;
  /** Idle connections from the proxy are closed after this; Infinity = never. */
  readonly keepAliveIdleUs: number;
  readonly session: SessionStoreSpec;
  /** Probability of an error answer and its status, per try. */
  readonly errors: { readonly rate: number; readonly status: number };
  /** Probability that an answer with status 200 hides an error. */
  readonly hiddenErrors: number;
  /** After a start, demand is multiplied by `factor` falling linearly to 1 over `forUs`. */
  readonly coldStart: { readonly factor: number; readonly forUs: number };
  /** Tells the proxy its load once a second. */
  readonly sendsHeartbeats: boolean;
  /** What happens to work whose requester is gone. */
  readonly whenClientGone: "continue" | "cancel";
  /** DNS: false = the name of this backend does not resolve. */
  readonly resolves: boolean;
}

export interface SessionStoreSpec {
  /** memory: own store, lost on crash; shared: one store for all backends; none: the application has no sessions. */
  readonly store: "memory" | "shared" | "none";
  /** Name of the cookie that the application sets, "" = sessions travel as a path parameter. */
  readonly cookie: string;
  /** Path parameter name when `cookie` is "". */
  readonly pathParameter: string;
  /** Text after the id ("node1" gives "id.node1"); "" = none. */
  readonly jvmRoute: string;
  readonly path: string;
  /** Cookie attributes after the value, e.g. "; Path=/app; HttpOnly". */
  readonly attributes: string;
  /** What the application does with an id it doesn't know. */
  readonly unknownId: "new" | "reuse" | "error";
  /** Idle time after which state expires; Infinity = never. */
  readonly expiryUs: number;
}

// ---------------------------------------------------------------- faults

export type FaultEffect =
  /** Process dies: running work lost, connections reset, then refused; memory gone. Restarted at the end. */
  | { readonly kind: "crash" }
  /** Packets vanish: connects time out, running exchanges never end, no FIN. */
  | { readonly kind: "blackhole" }
  /** Accepts and never answers while it lasts; what it got then continues afterwards. */
  | { readonly kind: "hang" }
  | { readonly kind: "slow"; readonly factor: number }
  | { readonly kind: "errors"; readonly rate: number; readonly status: number }
  /** Takes the request and closes without an answer. */
  | { readonly kind: "close"; readonly rate: number }
  /** Announces more than it sends, then closes. */
  | { readonly kind: "truncate"; readonly rate: number }
  /** 200 that hides an error. */
  | { readonly kind: "hidden-errors"; readonly rate: number }
  /** Connects are refused, running work goes on (graceful stop, SELinux, firewall reject). */
  | { readonly kind: "refuse" }
  /** Adds one-way latency between proxy and backend. */
  | { readonly kind: "latency"; readonly addUs: number }
  /** Health checks fail, requests work. */
  | { readonly kind: "probe-errors"; readonly status: number }
  /** Session memory is wiped, the process goes on. */
  | { readonly kind: "wipe" }
  /** An administrator's command to the proxy about this member, in its own words. */
  | { readonly kind: "operate"; readonly start: string; readonly end: string | null };

export type FaultTiming =
  | { readonly kind: "scheduled"; readonly atUs: number /** Infinity = until the end. */; readonly forUs: number }
  /** Again and again: up for a draw of `mtbf`, down for a draw of `mttr`. */
  | { readonly kind: "drawn"; readonly mtbf: Distribution; readonly mttr: Distribution }
  /** On and off with a fixed period from `atUs` for `forUs`. */
  | {
      readonly kind: "flap";
      readonly atUs: number;
      readonly forUs: number;
      readonly downUs: number;
      readonly upUs: number;
    };

export interface FaultSpec {
  /** Unique; windows in expectations and charts are named by it. */
  readonly id: string;
  /** Indexes into WorldSpec.backends; several = all at once (a rolling restart is written as several faults). */
  readonly backends: readonly number[];
  readonly effect: FaultEffect;
  readonly timing: FaultTiming;
}
