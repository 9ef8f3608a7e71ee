import type { ProxyDraft, ServerDraft } from "./drafts.ts";
import type { ServerConfig } from "./server-config.ts";

/**
 * Numbers for servers without `id`: that of their place in the file, or the next that is free. Source: src/cfgparse.c,
 * check_config_validity, 2.6.12.
 */
export function serverIds(servers: readonly ServerDraft[]): readonly number[] {
  const used = new Set(servers.flatMap(({ id }) => id ?? []));
  let next = 1;
  return servers.map(({ id }) => {
    if (id === null) while (used.has(next)) next++;
    const number = id ?? next;
    used.add(number);
    next++;
    return number;
  });
}

/** Index of the tracked server, or null. `track` is NAME or BACKEND/NAME. */
export function trackedServer(
  server: ServerDraft,
  owner: ProxyDraft,
  backends: readonly ProxyDraft[],
): { readonly backend: number; readonly server: number } | null {
  if (server.track === null) return null;
  const [backendName, name] = trackNames(server.track, owner);
  const backend = backends.findIndex((each) => each.name === backendName);
  const index = backends[backend]?.servers.findIndex((each) => each.name === name) ?? -1;
  return index < 0 ? null : { backend, server: index };
}

/** Backend and server that `track` names. */
export function trackNames(track: string, owner: ProxyDraft): readonly [string, string] {
  const cut = track.indexOf("/");
  return cut < 0 ? [owner.name, track] : [track.slice(0, cut), track.slice(cut + 1)];
}

/** The servers of a backend as the machine sees them; `listenPort` stands in where a line has no port. */
export function resolveServers(
  owner: ProxyDraft,
  backends: readonly ProxyDraft[],
  listenPort: number,
): readonly ServerConfig[] {
  const ids = serverIds(owner.servers);
  return owner.servers.map((draft, index) => {
    const {
      checkSettings,
      agentSettings,
      owner: _owner,
      verify: _verify,
      hasCaFile: _file,
      line: _line,
      ...plain
    } = draft;
    const port = draft.port ?? listenPort + draft.portOffset;
    const { addr, port: checkPort, ...check } = checkSettings;
    const isOther = addr !== null || (checkPort !== null && checkPort !== 0);
    return {
      ...plain,
      index,
      id: ids[index] ?? index + 1,
      address: hostPort(draft.host, port),
      minconn: minimum(draft),
      check: {
        ...check,
        address: isOther
          ? hostPort(addr ?? draft.host, checkPort !== null && checkPort !== 0 ? checkPort : port)
          : null,
      },
      agent: agentSettings.enabled
        ? {
            enabled: true,
            address: hostPort(agentSettings.addr ?? draft.host, agentSettings.port ?? 0),
            interUs: agentSettings.interUs,
            send: agentSettings.send,
          }
        : null,
      track: trackedServer(draft, owner, backends),
    };
  });
}

/** minconn above maxconn is taken for it, minconn without maxconn is the maxconn (src/cfgparse.c). */
function minimum({ minconn, maxconn }: ServerDraft): number {
  if (minconn === null || minconn === 0) return maxconn;
  return maxconn === 0 ? 0 : Math.min(minconn, maxconn);
}

function hostPort(host: string, port: number): string {
  if (host.startsWith("/")) return host;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
