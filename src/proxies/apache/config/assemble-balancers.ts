import type { BalancerConfig } from "./apache-config.ts";
import type { BalancerDraft, BalancerSettings, ServerDraft } from "./drafts.ts";
import { assembleMember } from "./member-config.ts";
import type { Reader } from "./reader.ts";

/** All balancers of all servers, and the one that a name means inside a server. */
export interface BalancerBook {
  readonly balancers: readonly BalancerConfig[];
  /** Key of the balancer that `name` means in this server; the name itself when there is none. */
  keyFor(server: ServerDraft, name: string): string;
  /** Keys of all balancers that a server knows, by name. */
  keysOf(server: ServerDraft): Readonly<Record<string, string>>;
}

interface Entry {
  readonly server: ServerDraft;
  readonly draft: BalancerDraft;
  key: string;
}

/**
 * A virtual host that says nothing about a balancer uses the main server's. One that names it, be it only on a ProxyPass
 * line, has a balancer of its own: members and settings of the main server's are copied, those settings that it gives
 * itself win, lbmethod is not inherited and members that it lists are lost (tried with httpd 2.4.71).
 */
export function assembleBalancers(reader: Reader): BalancerBook {
  const { servers } = reader.draft;
  const main = servers[0] as ServerDraft;
  const entries: Entry[] = [];
  noteVainInherits(reader, servers);
  for (const server of servers) {
    for (const draft of server.balancers) {
      const inherited = server === main || !shares(server, main) ? undefined : own(main, draft.name);
      if (inherited !== undefined) noteLosses(reader, draft, inherited);
      entries.push({ server, draft: inherited === undefined ? draft : copyOf(inherited, draft), key: "" });
    }
  }
  const resolve = (server: ServerDraft, name: string): Entry | undefined =>
    entries.find((e) => e.server === server && e.draft.name === name) ??
    entries.find((e) => e.server === main && e.draft.name === name && shares(server, main));
  const kept = entries.filter(
    (e) => e.server !== main || isReached(e, servers, main, resolve) || !isCopied(e, entries),
  );
  nameEntries(kept);
  return {
    balancers: kept.map((e) => assembleBalancer(e.key, e.draft)),
    keyFor: (server, name) => resolve(server, name)?.key || name,
    keysOf: (server) =>
      Object.fromEntries(
        kept.flatMap(({ draft: { name } }) => {
          const entry = resolve(server, name);
          return entry === undefined || entry.key === "" ? [] : [[name, entry.key]];
        }),
      ),
  };
}

/**
 * Whether a virtual host knows the main server's balancers: one of BalancerInherit and ProxyPassInherit is enough, and both
 * are inherited themselves. Source: merge_proxy_config of mod_proxy.c, httpd 2.4.x.
 */
function shares(server: ServerDraft, main: ServerDraft): boolean {
  const balancers = server.balancerInherit ?? main.balancerInherit ?? true;
  const passes = server.passInherit ?? main.passInherit ?? true;
  return server === main || balancers || passes;
}

/** ProxyPass lines are inherited whatever ProxyPassInherit says (merge_proxy_config appends the aliases). */
function noteVainInherits(reader: Reader, servers: readonly ServerDraft[]): void {
  const [main] = servers;
  if (main === undefined || main.passes.length === 0 || servers.length < 2) return;
  for (const { passInheritPosition, passInherit } of servers) {
    if (passInheritPosition === undefined || passInherit !== false) continue;
    reader.problems.push({
      code: "proxypassinherit-without-effect",
      severity: "warning",
      message:
        "ProxyPassInherit Off: the ProxyPass lines of the main server hold all the same, and before those of the virtual host",
      hint: "put them into the virtual hosts that need them",
      position: passInheritPosition,
    });
  }
}

function own(server: ServerDraft, name: string): BalancerDraft | undefined {
  return server.balancers.find((balancer) => balancer.name === name);
}

function copyOf(above: BalancerDraft, draft: BalancerDraft): BalancerDraft {
  const { lbmethod: _notInherited, ...settings } = above.settings;
  return {
    ...draft,
    settings: { ...settings, ...draft.settings },
    members: above.members,
    defined: above.defined || draft.defined,
  };
}

function noteLosses(reader: Reader, draft: BalancerDraft, above: BalancerDraft): void {
  const lost: string[] = draft.members.map((member) => `member ${member.url}`);
  const method = above.settings.lbmethod;
  if (method !== undefined && method !== "byrequests" && draft.settings.lbmethod === undefined) {
    lost.push(`lbmethod=${method} of the main server`);
  }
  if (lost.length === 0) return;
  reader.problems.push({
    code: "virtual-host-balancer-copy",
    severity: "warning",
    message: `the virtual host gets a balancer ${draft.name} of its own, copied from the main server's; lost are: ${lost.join(", ")}`,
    hint: "define the balancer in one place only, or give it another name in the virtual host",
    position: draft.position,
  });
}

function isCopied(entry: Entry, entries: readonly Entry[]): boolean {
  return entries.some((e) => e !== entry && e.draft.name === entry.draft.name);
}

function isReached(
  entry: Entry,
  servers: readonly ServerDraft[],
  main: ServerDraft,
  resolve: (server: ServerDraft, name: string) => Entry | undefined,
): boolean {
  return servers.some((server) => {
    const passes = [...server.passes, ...server.locations, ...main.locations, ...main.passes];
    return passes.some((p) => p.target.kind === "balancer" && resolve(server, p.target.name) === entry);
  });
}

/** Keys are the names; a second balancer of the same name carries its virtual host's name too. */
function nameEntries(entries: readonly Entry[]): void {
  const taken = new Set<string>();
  for (const entry of entries) {
    const host = entry.server.names[0] ?? entry.server.addresses[0] ?? "main";
    let key = entry.draft.name;
    for (let n = 1; taken.has(key); n++) key = `${entry.draft.name}@${host}${n === 1 ? "" : `#${n}`}`;
    taken.add(key);
    entry.key = key;
  }
}

function assembleBalancer(name: string, draft: BalancerDraft): BalancerConfig {
  const s: BalancerSettings = draft.settings;
  return {
    name,
    lbmethod: s.lbmethod ?? "byrequests",
    stickySession: s.stickySession ?? null,
    stickySessionSeparator: s.stickySessionSeparator === undefined ? "." : s.stickySessionSeparator,
    scolonPathDelim: s.scolonPathDelim ?? false,
    nofailover: s.nofailover ?? false,
    timeoutUs: s.timeoutUs ?? 0,
    maxAttempts: s.maxAttempts ?? null,
    failOnStatus: s.failOnStatus ?? [],
    failOnTimeout: s.failOnTimeout ?? false,
    forceRecovery: s.forceRecovery ?? true,
    growth: s.growth ?? 0,
    members: draft.members.map(assembleMember),
    path: draft.path,
    defined: draft.defined,
    position: draft.position,
  };
}
