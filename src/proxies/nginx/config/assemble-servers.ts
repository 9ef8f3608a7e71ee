import { assembleLocation } from "./assemble-locations.ts";
import { compileRegex } from "./compile-regex.ts";
import { refuse } from "./conf-error.ts";
import type { ServerDraft } from "./drafts.ts";
import type { ListenConfig, NginxConfig, ServerConfig, ServerName } from "./nginx-config.ts";
import type { Reader } from "./reader.ts";
import type { DirectiveUse } from "./scope.ts";
import { isOn, timeUs } from "./scope-values.ts";
import { parseNumber } from "./unit-values.ts";

/** Backlog of Linux where `listen` says nothing (NGX_LISTEN_BACKLOG). */
const BACKLOG = 511;

/** All servers; says what nginx says about sockets and names that clash. */
export function assembleServers(reader: Reader): readonly ServerConfig[] {
  const { servers } = reader.draft;
  for (const server of servers) if (server.listens.length === 0) listenByDefault(server);
  checkListens(servers);
  const assembled = servers.map((server) => assembleServer(server, servers));
  warnOfNames(reader, assembled);
  return assembled;
}

function listenByDefault(server: ServerDraft): void {
  const { position } = server;
  server.listens.push({ text: "*:80", address: "*", port: 80, ssl: false, proxyProtocol: false, position });
}

function assembleServer(draft: ServerDraft, all: readonly ServerDraft[]): ServerConfig {
  const names = draft.scope.ownUses("server_name").flatMap(({ args }) => args);
  return {
    listens: draft.listens.map((listen) => ({
      ...listen,
      backlog: backlogOf(listen, all),
      isDefault: defaultServer(listen, all) === draft,
    })),
    names: names.flatMap(serverNames),
    // ".example.com" is called "example.com" (ngx_http_core_merge_srv_conf).
    serverName: (names[0] ?? "").replace(/^\./, ""),
    root: assembleLocation(draft.root, null),
    clientHeaderTimeoutUs: timeUs(draft.scope, "client_header_timeout", 60_000_000),
    mergeSlashes: isOn(draft.scope, "merge_slashes", true),
    position: draft.position,
  };
}

function socketOf({ address, port }: Pick<ListenConfig, "address" | "port">): string {
  return `${address}:${port}`;
}

/** The `listen` lines of a socket, over all servers. */
function usesOf(socket: string, all: readonly ServerDraft[]): readonly [ServerDraft, DirectiveUse][] {
  return all.flatMap((server) =>
    server.listens.flatMap((listen, i): [ServerDraft, DirectiveUse][] => {
      const use = server.scope.ownUses("listen")[i];
      return use !== undefined && socketOf(listen) === socket ? [[server, use]] : [];
    }),
  );
}

function defaultServer(
  listen: Pick<ListenConfig, "address" | "port">,
  all: readonly ServerDraft[],
): ServerDraft | undefined {
  const socket = socketOf(listen);
  const marked = usesOf(socket, all).find(([, { args }]) => isDefault(args));
  return marked?.[0] ?? all.find(({ listens }) => listens.some((each) => socketOf(each) === socket));
}

function isDefault(args: readonly string[]): boolean {
  return args.includes("default_server") || args.includes("default");
}

function backlogOf(listen: Pick<ListenConfig, "address" | "port">, all: readonly ServerDraft[]): number {
  for (const [, { args }] of usesOf(socketOf(listen), all)) {
    const written = args.find((arg) => arg.startsWith("backlog="));
    if (written !== undefined) return parseNumber(written.slice("backlog=".length)) ?? BACKLOG;
  }
  return BACKLOG;
}

/** Source: ngx_http_add_addresses and ngx_http_add_server, nginx 1.22.1. */
function checkListens(servers: readonly ServerDraft[]): void {
  const marked = new Map<string, ServerDraft>();
  for (const server of servers) {
    const own = new Set<string>();
    for (const [i, listen] of server.listens.entries()) {
      const use = server.scope.ownUses("listen")[i];
      if (use === undefined) continue;
      const socket = socketOf(listen);
      const shown = shownSocket(listen);
      if (own.has(socket)) throw refuse(use.node, `a duplicate listen ${shown}`, 1);
      own.add(socket);
      if (!isDefault(use.args)) continue;
      if (marked.has(socket)) throw refuse(use.node, `a duplicate default server for ${shown}`, 1);
      marked.set(socket, server);
    }
  }
}

/** "0.0.0.0:80" as nginx's messages show the socket. */
function shownSocket({ address, port }: Pick<ListenConfig, "address" | "port">): string {
  if (address.startsWith("unix:")) return address;
  return `${address === "*" ? "0.0.0.0" : address}:${port}`;
}

/** Exact names, wildcards and expressions; ".example.com" is two. Source: ngx_http_server_names, nginx 1.22.1. */
function serverNames(written: string): readonly ServerName[] {
  const name = written.toLowerCase();
  if (written.startsWith("~")) {
    const regex = compileRegex(written.slice(1), /[A-Z]/.test(written));
    return regex === null ? [] : [{ kind: "regex", regex }];
  }
  if (name.startsWith("*.")) return [{ kind: "head", suffix: name.slice(1) }];
  if (name.startsWith(".")) {
    return [
      { kind: "exact", name: name.slice(1) },
      { kind: "head", suffix: name },
    ];
  }
  return name.endsWith(".*") ? [{ kind: "tail", prefix: name.slice(0, -1) }] : [{ kind: "exact", name }];
}

/** Two servers with one name on one socket: the first keeps it. */
function warnOfNames(reader: Reader, servers: readonly ServerConfig[]): void {
  const seen = new Set<string>();
  for (const server of servers) {
    // A server without server_name has the empty name.
    const names = server.names.length === 0 ? [""] : server.names.map(textOf);
    for (const listen of server.listens) {
      // nginx looks at names only where several servers share a socket.
      if (servers.every((other) => other === server || !hasSocket(other, listen))) continue;
      for (const name of names) {
        if (name === null) continue;
        const key = `${socketOf(listen)} ${name}`;
        const position = server.position;
        const text = `[warn] conflicting server name "${name}" on ${shownSocket(listen)}, ignored`;
        if (seen.has(key)) reader.warnings.push({ text, position });
        seen.add(key);
      }
    }
  }
}

function hasSocket({ listens }: ServerConfig, listen: ListenConfig): boolean {
  return listens.some((each) => socketOf(each) === socketOf(listen));
}

function textOf(name: ServerName): string | null {
  if (name.kind === "exact") return name.name;
  return name.kind === "head" ? `*${name.suffix}` : name.kind === "tail" ? `${name.prefix}*` : null;
}

/**
 * Sockets that the program opens: one for each address, but a wildcard address takes the others of its port with it unless
 * they must be bound by themselves. Source: ngx_http_init_listening, nginx 1.22.1.
 */
export function listeningSockets(reader: Reader, servers: readonly ServerConfig[]): NginxConfig["listeningSockets"] {
  const drafts = reader.draft.servers;
  const sockets = new Map<string, { address: string; port: number; backlog: number }>();
  for (const { listens } of servers) {
    for (const { address, port, backlog } of listens) {
      const covered =
        listens.length > 0 && address !== "*" && hasWildcard(servers, port) && !address.startsWith("unix:");
      if (covered && !address.startsWith("[") && !isBound(drafts, address, port)) continue;
      sockets.set(`${address}:${port}`, { address, port, backlog });
    }
  }
  return [...sockets.values()];
}

function hasWildcard(servers: readonly ServerConfig[], port: number): boolean {
  return servers.some(({ listens }) => listens.some((each) => each.address === "*" && each.port === port));
}

/** Options of the socket itself ask for a socket of its own. */
function isBound(drafts: readonly ServerDraft[], address: string, port: number): boolean {
  const bind = /^(?:bind|deferred|reuseport|(?:backlog|rcvbuf|sndbuf|fastopen|so_keepalive|ipv6only|setfib)=.*)$/;
  return usesOf(`${address}:${port}`, drafts).some(([, { args }]) => args.slice(1).some((arg) => bind.test(arg)));
}
