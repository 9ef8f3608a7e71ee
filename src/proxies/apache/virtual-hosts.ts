import type { Text } from "../../contract/text.ts";
import type { ApacheConfig, ServerConfig } from "./config/apache-config.ts";

/** What a Host text means on each listener; kept with the text. */
class HostMemo {
  readonly byListener: (number | undefined)[] = [];
}

function portOf(address: string): string {
  return /(?:^|:)(\d+)$/.exec(address)?.[1] ?? "80";
}

function hostOf(address: string): string {
  return address.replace(/:?(\d+|\*)$/, "");
}

/** A configuration that names no listener: every address of a virtual host may be meant. */
const ANY_LISTENER = "";

/** How well a <VirtualHost> address fits a listener: 2 = names its address, 1 = wildcard, 0 = not at all. */
function fit(pattern: string, listen: string): number {
  if (listen === ANY_LISTENER) return 1;
  const port = /:(\d+|\*)$/.exec(pattern)?.[1] ?? "*";
  if (port !== "*" && port !== portOf(listen)) return 0;
  const host = pattern.replace(/:(\d+|\*)$/, "");
  if (host === "*" || host === "_default_") return 1;
  const listenHost = hostOf(listen);
  if (listenHost === "" || listenHost === "*" || listenHost === "0.0.0.0" || listenHost === "[::]") return 1;
  return host.toLowerCase() === listenHost.toLowerCase() ? 2 : 0;
}

function matchesName(name: string, host: string): boolean {
  const pattern = name
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/:\d+$/, "");
  if (!/[*?]/.test(pattern)) return pattern === host;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`).test(host);
}

/**
 * Which server answers: the address decides first (a named address before a wildcard), then the name in Host among the
 * virtual hosts of that address, and the first of them when no name matches; without a virtual host for the address the
 * main server (httpd: ap_update_vhost_from_headers of vhost.c).
 */
export class VirtualHosts {
  private readonly config: ApacheConfig;
  /** Indexes of the servers that share each listener's address. */
  private readonly candidates: readonly (readonly number[])[];

  constructor(config: ApacheConfig) {
    this.config = config;
    const listens = config.listens.length === 0 ? [ANY_LISTENER] : config.listens;
    this.candidates = listens.map((listen) => {
      const fits = config.servers.map((server) =>
        server.addresses.reduce((most, a) => Math.max(most, fit(a, listen)), 0),
      );
      const best = Math.max(0, ...fits.slice(1));
      return best === 0 ? [] : fits.flatMap((value, index) => (index > 0 && value === best ? [index] : []));
    });
  }

  /** Index of the server for a request with this Host on this listener. */
  serverFor(host: Text, listener: number): number {
    const candidates = this.candidates[listener] ?? this.candidates[0] ?? [];
    if (candidates.length <= 1) return candidates[0] ?? 0;
    let memo = host.proxyMemo;
    if (!(memo instanceof HostMemo)) {
      memo = new HostMemo();
      host.proxyMemo = memo;
    }
    const known = (memo as HostMemo).byListener[listener];
    if (known !== undefined) return known;
    const name = host.text.toLowerCase().replace(/:\d+$/, "").replace(/\.$/, "");
    const named = candidates.find((index) => this.server(index).names.some((pattern) => matchesName(pattern, name)));
    const chosen = named ?? (candidates[0] as number);
    (memo as HostMemo).byListener[listener] = chosen;
    return chosen;
  }

  server(index: number): ServerConfig {
    return this.config.servers[index] as ServerConfig;
  }
}
