import { Text } from "../../contract/text.ts";
import type { ReverseProxyConfig } from "./config/caddy-config.ts";
import type { FailMemory } from "./fail-memory.ts";
import { cookieLines } from "./lbmethods/cookie.ts";
import { policyNamed } from "./lbmethods/index.ts";
import type { SelectionPolicy } from "./lbmethods/selection-policy.ts";
import type { TransportPool } from "./transport-pool.ts";
import type { UpstreamPool } from "./upstream-pool.ts";

/** A reverse_proxy handler with its state. */
export class ReadyProxy {
  readonly index: number;
  readonly config: ReverseProxyConfig;
  readonly pool: UpstreamPool;
  readonly policy: SelectionPolicy;
  readonly fails: FailMemory;
  readonly transport: TransportPool;
  /** Index of the first upstream among the machine's members. */
  readonly firstMember: number;
  /** Set-Cookie by upstream; empty when the policy sets none. */
  readonly cookies: readonly Text[];

  constructor(
    index: number,
    config: ReverseProxyConfig,
    pool: UpstreamPool,
    fails: FailMemory,
    transport: TransportPool,
    firstMember: number,
  ) {
    this.index = index;
    this.config = config;
    this.pool = pool;
    this.policy = policyNamed(config.policy.name).make(config.policy, pool);
    this.fails = fails;
    this.transport = transport;
    this.firstMember = firstMember;
    this.cookies = (cookieLines(this.policy, config.policy.key) ?? []).map((line) => new Text(line));
  }
}
