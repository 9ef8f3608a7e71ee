import type { Position } from "../../../contract/problem.ts";
import type {
  ActiveConfig,
  HeaderOperation,
  Matcher,
  PassiveConfig,
  PolicyConfig,
  ResponseHandler,
  ReverseProxyConfig,
  TransportConfig,
  UpstreamConfig,
} from "./caddy-config.ts";
import { DEFAULT_POLICY } from "./policy.ts";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** reverseproxy/httptransport.go, Caddy 2.6.2: dial 3 s, idle connections 2 min, 32 per host. */
export const DEFAULT_TRANSPORT: TransportConfig = {
  tls: false,
  dialTimeoutUs: 3_000_000,
  responseHeaderTimeoutUs: 0,
  readTimeoutUs: 0,
  writeTimeoutUs: 0,
  keepAlive: true,
  idleTimeoutUs: 120_000_000,
  idlePerHost: 32,
  maxConnectionsPerHost: 0,
};

/** A reverse_proxy handler while it is read: what is written, before defaults depend on each other. */
export class ProxyDraft {
  readonly upstreams: UpstreamConfig[] = [];
  scheme = "";
  policy: PolicyConfig | null = null;
  retries = 0;
  tryDurationUs = 0;
  tryIntervalUs = 0;
  retryMatch: (readonly Matcher[])[] | null = null;
  passive: Draft<PassiveConfig> | null = null;
  active: Draft<ActiveConfig> | null = null;
  transport: Draft<TransportConfig> | null = null;
  readonly headersUp: HeaderOperation[] = [];
  readonly headersDown: HeaderOperation[] = [];
  readonly trustedProxies: string[] = [];
  rewriteMethod = "";
  rewriteUri = "";
  readonly responses: ResponseHandler[] = [];
  readonly matchers = new Map<string, Omit<ResponseHandler, "status" | "routes">>();
  readonly written = new Map<string, Position>();

  passiveBlock(): Draft<PassiveConfig> {
    this.passive ??= {
      failDurationUs: 0,
      maxFails: 0,
      unhealthyStatus: [],
      unhealthyLatencyUs: 0,
      unhealthyRequestCount: 0,
    };
    return this.passive;
  }

  activeBlock(): Draft<ActiveConfig> {
    this.active ??= { uri: "", port: 0, intervalUs: 0, timeoutUs: 0, expectStatus: 0, expectBody: null, host: null };
    return this.active;
  }

  /** With the defaults of spec/caddy.md 1, 2, 4 and 5 (Handler.Provision, Caddy 2.6.2). */
  finish(name: string, position: Position): ReverseProxyConfig {
    const { passive, active, transport } = this;
    const limit = passive?.unhealthyRequestCount ?? 0;
    return {
      name,
      position,
      written: this.written,
      upstreams: this.upstreams.map((upstream) =>
        upstream.maxRequests === 0 && limit > 0 ? { ...upstream, maxRequests: limit } : upstream,
      ),
      policy: this.policy ?? DEFAULT_POLICY,
      retries: this.retries,
      tryDurationUs: this.tryDurationUs,
      tryIntervalUs: this.tryDurationUs > 0 && this.tryIntervalUs === 0 ? 250_000 : this.tryIntervalUs,
      retryMatch: this.retryMatch,
      passive:
        passive === null
          ? null
          : { ...passive, maxFails: passive.failDurationUs > 0 && passive.maxFails === 0 ? 1 : passive.maxFails },
      active: active === null || (active.uri === "" && active.port === 0) ? null : withActiveDefaults(active),
      transport: { ...(transport ?? DEFAULT_TRANSPORT), tls: transport?.tls === true || this.scheme === "https" },
      headersUp: this.headersUp,
      headersDown: this.headersDown,
      trustedProxies: this.trustedProxies,
      rewriteMethod: this.rewriteMethod,
      rewriteUri: this.rewriteUri,
      responses: [...this.responses.filter(isSelective), ...this.responses.filter((each) => !isSelective(each))],
    };
  }
}

function withActiveDefaults(active: ActiveConfig): ActiveConfig {
  return {
    ...active,
    uri: active.uri === "" ? "/" : active.uri,
    intervalUs: active.intervalUs === 0 ? 30_000_000 : active.intervalUs,
    timeoutUs: active.timeoutUs === 0 ? 5_000_000 : active.timeoutUs,
  };
}

/** Answers with conditions are looked at before the others. */
function isSelective({ statuses, headers }: ResponseHandler): boolean {
  return statuses.length > 0 || headers.length > 0;
}
