import type { AccessConfig, AccessRule, Guard, OldAccess, OldHost } from "./config/request-config.ts";
import type { Exchange } from "./exchange.ts";
import { type Condition, parseExpression } from "./expression.ts";
import { isInNetwork } from "./ip-network.ts";
import { expressionsOf } from "./server-variables.ts";

/** Whether all conditions around a directive are as said. */
export class Guards {
  private readonly conditions: readonly { readonly holds: Condition; readonly negated: boolean }[];

  constructor(guards: readonly Guard[]) {
    this.conditions = guards.map(({ source, negated }) => ({ holds: parseExpression(source), negated }));
  }

  hold(exchange: Exchange): boolean {
    return this.conditions.every(({ holds, negated }) => holds(expressionsOf(exchange)) !== negated);
  }
}

/** What an authorisation comes to; NEUTRAL = it has no say. */
const Say = { DENIED: 0, NEUTRAL: 1, GRANTED: 2 } as const;

/** apply_authz_sections of mod_authz_core.c, 2.4.x. */
function sayOf(rule: AccessRule, exchange: Exchange): number {
  const say = rule.kind === "group" ? sayOfGroup(rule.rules, rule.logic, exchange) : leaf(rule, exchange);
  if (!rule.negated) return say;
  return say === Say.GRANTED ? Say.DENIED : Say.NEUTRAL;
}

function sayOfGroup(rules: readonly AccessRule[], logic: "any" | "all", exchange: Exchange): number {
  let say: number = Say.NEUTRAL;
  for (const rule of rules) {
    const more = sayOf(rule, exchange);
    if (more === Say.NEUTRAL) continue;
    say = more;
    if (say === (logic === "any" ? Say.GRANTED : Say.DENIED)) break;
  }
  return say;
}

function leaf(rule: Exclude<AccessRule, { kind: "group" }>, exchange: Exchange): number {
  return grants(rule, exchange) ? Say.GRANTED : Say.DENIED;
}

function grants(rule: Exclude<AccessRule, { kind: "group" }>, exchange: Exchange): boolean {
  switch (rule.kind) {
    case "all":
      return rule.granted;
    case "ip":
      return rule.networks.some((network) => isInNetwork(exchange.remote, network));
    case "local":
      return isInNetwork(exchange.remote, "127.0.0.0/8") || exchange.remote === "::1";
    case "env":
      return rule.names.some((name) => exchange.env(name) !== null);
    case "method":
      // A GET that is allowed lets HEAD in too.
      return rule.methods.some((method) => method === exchange.what?.method || isHeadOf(method, exchange));
    case "expr":
      return parseExpression(rule.source)(expressionsOf(exchange));
  }
}

function isHeadOf(method: string, { what }: Exchange): boolean {
  return method === "GET" && what?.method === "HEAD";
}

/** check_dir_access of mod_access_compat.c, 2.4.x. */
function lets(old: OldAccess, exchange: Exchange): boolean {
  const among = (hosts: readonly OldHost[]): boolean => hosts.some((host) => fits(host, exchange));
  if (old.order === "allow,deny") return among(old.allow) && !among(old.deny);
  if (old.order === "deny,allow") return !among(old.deny) || among(old.allow);
  return among(old.allow) && !among(old.deny);
}

function fits(host: OldHost, exchange: Exchange): boolean {
  if (host.kind === "all") return true;
  if (host.kind === "ip") return isInNetwork(exchange.remote, host.network);
  return (exchange.env(host.name) !== null) !== host.negated;
}

/**
 * What the sections that match a request say together: the last one that speaks counts, joined with those before as
 * AuthMerging says (merge_authz_core_dir_config); Order, Allow and Deny go their own way.
 */
export class AccessRules {
  private readonly layers: readonly { readonly access: AccessConfig; readonly guards: Guards }[];

  constructor(layers: readonly AccessConfig[]) {
    this.layers = layers.map((access) => ({ access, guards: new Guards(access.guards) }));
  }

  admits(exchange: Exchange): boolean {
    let require: AccessRule | null = null;
    let old: OldAccess | null = null;
    for (const { access, guards } of this.layers) {
      if (!guards.hold(exchange)) continue;
      old = access.old ?? old;
      if (access.require !== null) require = merged(require, access.require, access.merging);
    }
    if (old !== null && !lets(old, exchange)) return false;
    return require === null || sayOf(require, exchange) === Say.GRANTED;
  }
}

function merged(outer: AccessRule | null, inner: AccessRule, merging: AccessConfig["merging"]): AccessRule {
  if (outer === null || merging === "off") return inner;
  return { kind: "group", logic: merging === "and" ? "all" : "any", rules: [outer, inner], negated: false };
}
