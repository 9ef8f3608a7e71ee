import type { PassiveConfig, ReverseProxyConfig } from "./config/caddy-config.ts";
import type { Hosts } from "./hosts.ts";

/** The upstreams of one handler, and which of them are available (reverseproxy/hosts.go and healthchecks.go, Caddy 2.6.2). */
export class UpstreamPool {
  readonly count: number;
  /** "host:port" as normalised. */
  readonly dials: readonly string[];
  /** Index of each upstream in the hosts that all handlers share. */
  readonly host: Int32Array;
  /** 1 = the last active check failed. */
  readonly unhealthy: Uint8Array;
  readonly maxRequests: Int32Array;
  readonly passive: PassiveConfig | null;
  readonly hosts: Hosts;

  constructor({ upstreams, passive }: ReverseProxyConfig, hosts: Hosts) {
    this.count = upstreams.length;
    this.dials = upstreams.map(({ dial }) => dial);
    this.host = Int32Array.from(upstreams, ({ dial }) => hosts.addresses.indexOf(dial));
    this.unhealthy = new Uint8Array(upstreams.length);
    this.maxRequests = Int32Array.from(upstreams, ({ maxRequests }) => maxRequests);
    this.passive = passive;
    this.hosts = hosts;
  }

  requests(upstream: number): number {
    return this.hosts.requests[this.host[upstream] as number] as number;
  }

  fails(upstream: number): number {
    return this.hosts.fails[this.host[upstream] as number] as number;
  }

  isHealthy(upstream: number): boolean {
    if (this.unhealthy[upstream] !== 0) return false;
    return this.passive === null || this.fails(upstream) < this.passive.maxFails;
  }

  isFull(upstream: number): boolean {
    const limit = this.maxRequests[upstream] as number;
    return limit > 0 && this.requests(upstream) >= limit;
  }

  isAvailable(upstream: number): boolean {
    return this.isHealthy(upstream) && !this.isFull(upstream);
  }

  /** The state in one word, and why an upstream is not available in several. */
  stateWord(upstream: number): string {
    return this.isHealthy(upstream) ? (this.isFull(upstream) ? "full" : "healthy") : "unhealthy";
  }

  whyNot(upstream: number): string | null {
    if (this.unhealthy[upstream] !== 0) return "unhealthy: its last health check failed";
    const { passive } = this;
    const fails = this.fails(upstream);
    if (passive !== null && fails >= passive.maxFails)
      return `unhealthy: ${fails} fails, max_fails ${passive.maxFails}`;
    if (!this.isFull(upstream)) return null;
    return `full: ${this.requests(upstream)} requests of ${this.maxRequests[upstream]}`;
  }
}
