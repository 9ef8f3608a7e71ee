/**
 * What Caddy remembers per address text, shared by all handlers (reverseproxy/hosts.go, `hosts` pool, Caddy 2.6.2;
 * spec/caddy.md 1). Indexes are those of `addresses`.
 */
export class Hosts {
  readonly addresses: readonly string[];
  /** Requests in flight. */
  readonly requests: Int32Array;
  /** Failures that are remembered. */
  readonly fails: Int32Array;
  /** Told when one of the two numbers of an address changed. */
  changed: ((nowUs: number, host: number) => void) | null = null;

  constructor(addresses: readonly string[]) {
    this.addresses = addresses;
    this.requests = new Int32Array(addresses.length);
    this.fails = new Int32Array(addresses.length);
  }

  countRequest(nowUs: number, host: number, by: number): void {
    this.requests[host] = (this.requests[host] as number) + by;
    if (this.changed !== null) this.changed(nowUs, host);
  }

  countFail(nowUs: number, host: number, by: number): void {
    this.fails[host] = (this.fails[host] as number) + by;
    if (this.changed !== null) this.changed(nowUs, host);
  }
}
