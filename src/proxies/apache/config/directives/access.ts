import { expressionError } from "../../expression.ts";
import { networkError, networkOf } from "../../ip-network.ts";
import { nodePosition } from "../directive-node.ts";
import type { AccessDraft, AccessGroup } from "../policy.ts";
import type { AccessRule, OldHost } from "../request-config.ts";
import { readWord, readWords } from "../words.ts";
import { type Call, type HandlerTable, passOver, refuse, sectionArgument } from "./call.ts";
import { isAboutFiles } from "./policy-of.ts";

/** Where lines about access are kept; null = they are checked and passed over. */
function accessOf(call: Call): AccessDraft | null {
  const { section, kind, reach, server, path } = call.context;
  for (let n = call.node.parent; n !== null; n = n.parent) {
    if (/^<limit/i.test(n.name)) return null;
  }
  if (section !== null) return section.policy.access;
  if (kind === "location" && reach === "server") return server.rootPolicy.access;
  if (kind !== "proxy" || path === null || call.context.isRegex) return null;
  const balancer = /^balancer:\/\/([^/]+)\/?$/i.exec(path)?.[1]?.toLowerCase();
  if (balancer === undefined && path !== "*") return null;
  const name = balancer ?? null;
  let found = server.proxyAccess.find((each) => each.balancer === name);
  if (found === undefined) {
    found = { balancer: name, access: { group: null, merging: "off", old: null, isLost: false } };
    server.proxyAccess.push(found);
  }
  return found.access;
}

function passOverAccess(call: Call): void {
  passOver(call, isAboutFiles(call) ? "ignored" : "unmodelled");
}

// ------------------------------------------------------------ mod_access_compat

function oldOf(call: Call): NonNullable<AccessDraft["old"]> | null {
  const access = accessOf(call);
  if (access === null) {
    call.reader.oldAccess ??= nodePosition(call.node);
    passOverAccess(call);
    return null;
  }
  call.reader.oldAccess ??= nodePosition(call.node);
  access.old ??= { order: "deny,allow", allow: [], deny: [] };
  return access.old;
}

function order(call: Call): void {
  const value = (call.words[0]?.text ?? "").toLowerCase();
  if (value !== "allow,deny" && value !== "deny,allow" && value !== "mutual-failure") refuse(call, "unknown order");
  const old = oldOf(call);
  if (old !== null) old.order = value;
}

function allowDeny(call: Call): void {
  const [from, ...hosts] = call.words;
  const read: OldHost[] = [];
  for (const host of hosts) {
    if (from?.text.toLowerCase() !== "from") refuse(call, "allow and deny must be followed by 'from'", from);
    if (host.text.startsWith("#")) refuse(call, "No comments are allowed here", host);
    const one = oldHost(call, host.text);
    if (one !== null) read.push(one);
  }
  const old = oldOf(call);
  const lost = read.length < hosts.length;
  if (lost && old !== null) {
    const access = accessOf(call);
    if (access !== null) access.isLost = true;
    passOver(call, "unmodelled");
  }
  (call.known.name.toLowerCase() === "allow" ? old?.allow : old?.deny)?.push(...read);
}

/** Null: the name of a host, which lbsim does not look up. */
function oldHost(call: Call, text: string): OldHost | null {
  const lower = text.toLowerCase();
  if (lower === "all") return { kind: "all" };
  if (lower.startsWith("env=")) {
    const negated = text[4] === "!";
    return { kind: "env", name: text.slice(negated ? 5 : 4), negated };
  }
  const [address = "", mask] = text.split(/\/(.*)/s, 2);
  if (!/^[\d.]+$/.test(address) && !address.includes(":")) return null;
  const error = networkError(address, mask);
  if (error !== null) refuse(call, error);
  return { kind: "ip", network: networkOf(text) };
}

function satisfy(call: Call): void {
  const value = (call.words[0]?.text ?? "").toLowerCase();
  if (value !== "all" && value !== "any") refuse(call, "Satisfy either 'any' or 'all'.");
  passOver(call, value === "all" || isAboutFiles(call) ? "ignored" : "unmodelled");
}

// ------------------------------------------------------------ mod_authz_core

const PROVIDERS = new Map([
  ["all", "authz_core"],
  ["env", "authz_core"],
  ["method", "authz_core"],
  ["expr", "authz_core"],
  ["ip", "authz_host"],
  ["host", "authz_host"],
  ["forward-dns", "authz_host"],
  ["local", "authz_host"],
  ["user", "authz_user"],
  ["valid-user", "authz_user"],
  ["group", "authz_groupfile"],
  ["file-group", "authz_owner"],
  ["file-owner", "authz_owner"],
]);

const METHODS = (
  "GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL " +
  "CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE"
).split(" ");

/** Require, with what httpd refuses of it (add_authz_provider of mod_authz_core.c and its providers, 2.4.x). */
function require(call: Call): void {
  const { args } = call.node;
  let { word, next } = readWord(args, 0);
  const negated = word.text.toLowerCase() === "not";
  if (negated) ({ word, next } = readWord(args, next));
  const provider = word.text;
  const module = PROVIDERS.get(provider);
  const foreign = call.reader.modules.foreign().length > 0 || /^(?:ldap|db[dm])-|^oauth|^claim/.test(provider);
  if ((module === undefined && !foreign) || (module !== undefined && !call.reader.modules.has(module))) {
    refuse(call, `Unknown Authz provider: ${provider}`);
  }
  const rule = ruleOf(call, provider, args.slice(next));
  const access = accessOf(call);
  const group = groupOf(call, access);
  if (negated && group.logic === "any") {
    refuse(call, `negative ${call.known.name} directive has no effect in ${words(group)} directive`);
  }
  if (access === null) passOverAccess(call);
  else if (rule === null) passOver(call, "unmodelled");
  if (rule !== null) group.rules.push({ ...rule, negated });
  else {
    group.rules.push({ kind: "all", granted: true, negated: false });
    if (access !== null) access.isLost = true;
  }
}

/** The innermost group around a line. */
function groupOf(call: Call, access: AccessDraft | null): AccessGroup {
  if (call.context.group !== null) return call.context.group;
  const own: AccessGroup = { logic: "any", negated: false, rules: [] };
  if (access === null) return own;
  access.group ??= own;
  return access.group;
}

function words({ logic, negated }: AccessGroup): string {
  return negated ? "<RequireNone>" : logic === "any" ? "<RequireAny>" : "<RequireAll>";
}

type Plain<T> = T extends unknown ? Omit<T, "negated"> : never;

/** Null: lbsim can't tell whom it lets in. */
function ruleOf(call: Call, provider: string, rest: string): Plain<AccessRule> | null {
  const values = readWords(rest).map(({ text }) => text);
  switch (provider) {
    case "all": {
      const value = rest.trim().toLowerCase();
      if (value !== "granted" && value !== "denied") {
        refuse(call, "Argument for 'Require all' must be 'granted' or 'denied'");
      }
      return { kind: "all", granted: value === "granted" };
    }
    case "ip":
      return { kind: "ip", networks: networks(call, values) };
    case "env":
      return { kind: "env", names: values };
    case "method": {
      const wrong = values.find((method) => !METHODS.includes(method));
      if (wrong !== undefined) refuse(call, `Invalid Method '${wrong}'`);
      return { kind: "method", methods: values };
    }
    case "expr":
      return expression(call, rest);
    case "local":
      return { kind: "local" };
    default:
      return null;
  }
}

function networks(call: Call, values: readonly string[]): readonly string[] {
  if (values.length === 0) refuse(call, "'require ip' requires an argument");
  return values.map((text) => {
    const [address = "", mask] = text.split(/\/(.*)/s, 2);
    const invalid = `ip address '${text}' appears to be invalid`;
    if (!/^[\d.]+$/.test(address) && !address.includes(":")) refuse(call, invalid);
    const error = networkError(address, mask);
    if (error !== null) refuse(call, `${invalid}: ${error}`);
    return networkOf(text);
  });
}

function expression(call: Call, rest: string): Plain<AccessRule> | null {
  const text = rest.trim();
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  const source = quoted === null ? text : (quoted[2] as string).replace(/\\(["'\\])/g, "$1");
  const error = expressionError(source);
  if (error !== null && error.httpd !== null) {
    refuse(call, `Cannot parse expression in require line: ${error.httpd}`);
  }
  return error === null ? { kind: "expr", source } : null;
}

/** <RequireAll>, <RequireAny> and <RequireNone> (add_authz_section). */
function requireSection(call: Call): void {
  const name = call.known.name;
  if (sectionArgument(call) !== "") refuse(call, `${name}> directive doesn't take additional arguments`);
  const lower = name.toLowerCase();
  const group: AccessGroup = {
    logic: lower === "<requireall" ? "all" : "any",
    negated: lower === "<requirenone",
    rules: [],
  };
  call.inside({ ...call.context, group });
  if (group.rules.length === 0) refuse(call, `${name}> directive contains no authorization directives`);
  if (group.logic === "all" && group.rules.every(({ negated }) => negated)) {
    call.reader.onlyNegative ??= nodePosition(call.node);
  }
  const outer = groupOf(call, accessOf(call));
  if (group.negated && outer.logic === "any") {
    refuse(call, `${name}> directive has no effect in ${words(outer)} directive`);
  }
  outer.rules.push({ kind: "group", ...group });
}

function merging(call: Call): void {
  const value = (call.words[0]?.text ?? "").toLowerCase();
  if (value !== "off" && value !== "and" && value !== "or") refuse(call, "AuthMerging must be one of: Off | And | Or");
  const access = accessOf(call);
  if (access === null) passOverAccess(call);
  else access.merging = value;
}

export const ACCESS: HandlerTable = [
  ["order", order],
  ["allow", allowDeny],
  ["deny", allowDeny],
  ["satisfy", satisfy],
  ["require", require],
  ["authmerging", merging],
  ["<requireall", requireSection],
  ["<requireany", requireSection],
  ["<requirenone", requireSection],
];
