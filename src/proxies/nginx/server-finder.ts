import type { Text } from "../../contract/text.ts";
import type { NginxConfig, ServerConfig } from "./config/nginx-config.ts";
import type { RegexSource } from "./config/template.ts";
import { hostOf, regexOf } from "./variables.ts";

/** A server and the expression by which it was found, whose groups are variables then. */
export interface FoundServer {
  readonly server: ServerConfig;
  readonly regex: RegexSource | null;
}

/**
 * Which server block answers (ngx_http_find_virtual_server): on the listening socket that the client came to by exact name, by
 * the longest "*.x", by the longest "x.*", by expressions in their order, else the default server of the socket.
 */
export class ServerFinder {
  /** Servers of each listening socket, the default one first. */
  private readonly servers: readonly (readonly ServerConfig[])[];

  constructor(config: NginxConfig) {
    this.servers = config.listeningSockets.map(({ address, port }) => {
      const here = config.servers.filter(({ listens }) =>
        listens.some((listen) => listen.address === address && listen.port === port),
      );
      const first = here.find(({ listens }) =>
        listens.some((listen) => listen.address === address && listen.port === port && listen.isDefault),
      );
      return first === undefined ? here : [first, ...here.filter((server) => server !== first)];
    });
  }

  /** The default server of a listening socket. */
  defaultOf(listener: number): ServerConfig {
    const [first] = this.servers[listener] ?? this.servers[0] ?? [];
    if (first === undefined) throw new RangeError("a configuration without a server");
    return first;
  }

  find(listener: number, host: Text): FoundServer {
    const servers = this.servers[listener] ?? this.servers[0] ?? [];
    const first = this.defaultOf(listener);
    if (servers.length <= 1 && first.names.every(({ kind }) => kind !== "regex")) return { server: first, regex: null };
    const known = host.proxyMemo as Map<number, FoundServer> | undefined;
    const before = known?.get(listener);
    if (before !== undefined) return before;
    const found = byName(servers, hostOf(host.text)) ?? { server: first, regex: null };
    const memo = known ?? new Map<number, FoundServer>();
    memo.set(listener, found);
    host.proxyMemo = memo;
    return found;
  }
}

function byName(servers: readonly ServerConfig[], host: string): FoundServer | null {
  const all = servers.flatMap((server) => server.names.map((name) => ({ server, name })));
  const exact = all.find(({ name }) => name.kind === "exact" && name.name === host);
  if (exact !== undefined) return { server: exact.server, regex: null };
  const longest = (kind: "head" | "tail"): ServerConfig | null => {
    const found = all
      .filter(({ name }) =>
        name.kind === "head" && kind === "head"
          ? host.endsWith(name.suffix)
          : name.kind === "tail" && kind === "tail" && host.startsWith(name.prefix),
      )
      .sort((a, b) => lengthOf(b.name) - lengthOf(a.name));
    return found[0]?.server ?? null;
  };
  const wildcard = longest("head") ?? longest("tail");
  if (wildcard !== null) return { server: wildcard, regex: null };
  for (const { server, name } of all)
    if (name.kind === "regex" && regexOf(name.regex).test(host)) return { server, regex: name.regex };
  return null;
}

function lengthOf(name: ServerConfig["names"][number]): number {
  return name.kind === "head" ? name.suffix.length : name.kind === "tail" ? name.prefix.length : 0;
}
