import { patternOf } from "../pattern.ts";
import { matchPrefix } from "../url-path.ts";
import type { HeaderRule, ServerConfig } from "./apache-config.ts";
import type { PassDraft, SectionDraft, ServerDraft } from "./drafts.ts";
import { accessConfig, joinedPolicies, type PolicyConfig, policyConfig } from "./policy.ts";
import type { Reader } from "./reader.ts";
import type { AccessConfig, AccessRule } from "./request-config.ts";

/** Where Debian's httpd finds files when nobody says it. */
const DOCUMENT_ROOT = "/var/www/html";

type RequestSettings = Pick<
  ServerConfig,
  "policy" | "proxyAccess" | "redirects" | "remoteIp" | "documentRoot" | "ownPort" | "canonicalName"
>;

/** What a server says about requests before a member is chosen. What nobody can notice is left away. */
export function requestSettings(server: ServerDraft, main: ServerDraft): RequestSettings {
  const above = server === main ? null : main;
  const away = turnsAway(server, main);
  const all = joinedPolicies([
    above === null ? null : policyConfig(above.policy),
    policyConfig(server.policy),
    above === null ? null : policyConfig(above.rootPolicy),
    policyConfig(server.rootPolicy),
  ]);
  const proxyAccess = [...(above?.proxyAccess ?? []), ...server.proxyAccess].flatMap(({ balancer, access: draft }) => {
    const access = accessConfig(draft);
    return access === null || !away ? [] : [{ balancer, access }];
  });
  return {
    policy: noticeable(all, readsVariables(server, main), away),
    proxyAccess,
    redirects: [...server.redirects, ...(above?.redirects ?? [])],
    remoteIp: remoteIp(server, above),
    documentRoot: server.documentRoot ?? main.documentRoot ?? DOCUMENT_ROOT,
    ownPort: server.port ?? 0,
    canonicalName: server.canonicalName ?? main.canonicalName ?? false,
  };
}

/** Whether nobody is turned away: `Require all granted`, or Allow from all before any Deny. */
function admitsAll({ require, old }: AccessConfig): boolean {
  const [rule] = require?.rules ?? [];
  const granted =
    require === null || (require.rules.length === 1 && rule?.kind === "all" && rule.granted && !rule.negated);
  const allowed =
    old === null ||
    (old.deny.length === 0 && (old.order === "deny,allow" || old.allow.some(({ kind }) => kind === "all")));
  return granted && allowed;
}

/** Whether some section of a server turns somebody away: only then the others, which let all in, count. */
export function turnsAway(server: ServerDraft, main: ServerDraft): boolean {
  const servers = server === main ? [main] : [main, server];
  return servers.some(({ policy, rootPolicy, sections, ifSections, proxyAccess }) =>
    [
      policy.access,
      rootPolicy.access,
      ...[...sections, ...ifSections].map((section) => section.policy.access),
      ...proxyAccess.map(({ access }) => access),
    ].some((draft) => {
      const access = accessConfig(draft);
      return access !== null && !admitsAll(access);
    }),
  );
}

function remoteIp(server: ServerDraft, above: ServerDraft | null): ServerConfig["remoteIp"] {
  const header = server.remoteHeader ?? above?.remoteHeader;
  if (header === undefined) return null;
  const trusted = server.trustedProxies.length > 0 ? server.trustedProxies : (above?.trustedProxies ?? []);
  return { header, trusted };
}

/** What one section says of it; undefined = nothing. */
export function sectionPolicy(section: SectionDraft, reads: boolean, away: boolean): PolicyConfig | undefined {
  return noticeable(policyConfig(section.policy, section.guards), reads, away) ?? undefined;
}

/** Variables that nobody asks for are left away, and access that turns nobody away. */
function noticeable(policy: PolicyConfig | null, reads: boolean, away: boolean): PolicyConfig | null {
  if (policy === null) return null;
  const environment = reads ? policy.environment : policy.environment.filter(({ sets }) => sets.some(isActing));
  const fixed = reads ? policy.fixed : {};
  const { errorDocuments } = policy;
  const access = away ? policy.access : [];
  if (environment.length + Object.keys(fixed).length + errorDocuments.length + access.length === 0) return null;
  return { environment, fixed, errorDocuments, access };
}

/** The one variable that decides where a request goes. */
function isActing({ name }: { readonly name: string }): boolean {
  return name === "no-proxy";
}

/**
 * An ErrorDocument whose path ProxyPass leads to a member is asked of that member in life, and the answer takes the
 * status along: that is told, and httpd's own page stands in its place.
 */
export function dropProxiedDocuments(reader: Reader): void {
  const { servers } = reader.draft;
  const [main] = servers;
  for (const server of servers) {
    const passes = [...(server === main ? [] : (main?.passes ?? [])), ...server.passes];
    const parts = [...server.sections, ...server.ifSections];
    for (const { errorDocuments } of [server.policy, server.rootPolicy, ...parts.map(({ policy }) => policy)]) {
      for (const [status, { kind, text, position }] of errorDocuments) {
        if (kind !== "path" || !isProxied(text, passes)) continue;
        errorDocuments.delete(status);
        reader.passOver("unmodelled", "ErrorDocument", position);
        reader.problems.push({
          code: "error-document-proxied",
          severity: "warning",
          message: `${text} is proxied itself: the page for ${status} is asked of a member, and clients see the status of that answer`,
          hint: `write ProxyPass ${text} ! before the other ProxyPass lines, and have the file on the server`,
          position,
        });
      }
    }
  }
}

function isProxied(path: string, passes: readonly PassDraft[]): boolean {
  const first = passes.find(({ match }) =>
    match.kind === "prefix" ? matchPrefix(path, match.path) > 0 : patternOf(match.source, "")?.test(path) === true,
  );
  return first !== undefined && first.target.kind !== "none";
}

/** Whether something in a server asks for variables. */
export function readsVariables(server: ServerDraft, main: ServerDraft): boolean {
  const servers = server === main ? [main] : [main, server];
  return servers.some(({ headers, rootHeaders, sections, ifSections, rewrite, policy, rootPolicy, proxyAccess }) => {
    const parts = [...sections, ...ifSections];
    const lines = [...headers, ...rootHeaders, ...parts.flatMap((part) => part.headers)];
    const policies = [policy, rootPolicy, ...parts.map((part) => part.policy)];
    const access = [...policies.map((each) => each.access), ...proxyAccess.map((each) => each.access)];
    return (
      rewrite.rules.length > 0 ||
      ifSections.length > 0 ||
      lines.some(asks) ||
      access.some(({ group, old }) => old !== null || (group?.rules.some(asksFor) ?? false)) ||
      policies.some(({ environment }) => environment.some(({ attribute }) => attribute === null))
    );
  });
}

function asks({ condition, value, replacement }: HeaderRule): boolean {
  return condition !== null || /%\{[^}]*\}e|^expr=/.test(value + replacement);
}

function asksFor(rule: AccessRule): boolean {
  if (rule.kind === "group") return rule.rules.some(asksFor);
  return rule.kind === "env" || rule.kind === "expr";
}
