import { parseNumber } from "./unit-values.ts";

/** host, port and rest of an address as nginx splits it. */
export interface ParsedAddress {
  /** Without brackets for IPv6; the path for unix sockets. */
  readonly host: string;
  readonly port: number;
  readonly noPort: boolean;
  /** Only with `takesUri`: from the first "/" or "?" on, "" when none. */
  readonly uri: string;
  readonly family: "name" | "ipv4" | "ipv6" | "unix";
}

export interface AddressRules {
  readonly defaultPort: number;
  /** proxy_pass: a URI may follow. */
  readonly takesUri?: boolean;
  /** listen: a bare number is a port, "*" an address. */
  readonly isListen?: boolean;
}

/** Splits an address; a text is what nginx says about it ("invalid port"). Source: ngx_parse_url, nginx 1.22.1. */
export function parseAddress(text: string, rules: AddressRules): ParsedAddress | string {
  if (/^unix:/i.test(text)) return parseUnix(text.slice(5), rules);
  if (text.startsWith("[")) return parseIpv6(text, rules);
  const uriAt = text.search(/[/?]/);
  if (uriAt >= 0 && (rules.isListen || !rules.takesUri)) return "invalid host";
  const uri = uriAt < 0 ? "" : text.slice(uriAt);
  const authority = uriAt < 0 ? text : text.slice(0, uriAt);
  const colon = authority.indexOf(":");
  if (colon >= 0) {
    const port = portOf(authority.slice(colon + 1), rules.isListen === true);
    if (typeof port === "string") return port;
    return hostOnly(authority.slice(0, colon), port, false, uri);
  }
  if (rules.isListen && /^\d+(?:-\d+)?$/.test(authority)) {
    const port = portOf(authority, true);
    return typeof port === "string" ? port : { host: "*", port, noPort: false, uri: "", family: "ipv4" };
  }
  return hostOnly(authority, rules.defaultPort, true, uri);
}

/** Whether the real program could find an address for a name: not for reserved names and impossible IPv4 addresses. */
export function canResolve({ family, host }: ParsedAddress): boolean {
  if (family !== "name") return true;
  return !/(?:^|\.)invalid\.?$/i.test(host) && !/^[\d.]+$/.test(host) && !/[^\w.-]/.test(host);
}

/** Octets of an IPv4 address, or null. */
export function ipv4Octets(text: string): readonly number[] | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return null;
  const octets = text.split(".").map(Number);
  return octets.every((octet) => octet <= 255) ? octets : null;
}

function hostOnly(host: string, port: number, noPort: boolean, uri: string): ParsedAddress | string {
  if (host === "") return "no host";
  return { host, port, noPort, uri, family: host === "*" || ipv4Octets(host) !== null ? "ipv4" : "name" };
}

function portOf(text: string, allowsRange: boolean): number | string {
  const [first = "", last] = allowsRange ? text.split("-", 2) : [text];
  const port = parseNumber(first);
  const end = last === undefined ? port : parseNumber(last);
  if (port === null || port < 1 || port > 65535 || end === null || end < 1 || end > 65535) return "invalid port";
  return port > end ? "invalid port range" : port;
}

function parseUnix(rest: string, rules: AddressRules): ParsedAddress | string {
  const colon = rules.takesUri ? rest.indexOf(":") : -1;
  const path = colon < 0 ? rest : rest.slice(0, colon);
  if (path === "") return "no path in the unix domain socket";
  if (path.length + 1 > 108) return "too long path in the unix domain socket";
  return { host: path, port: 0, noPort: true, uri: colon < 0 ? "" : rest.slice(colon + 1), family: "unix" };
}

function parseIpv6(text: string, rules: AddressRules): ParsedAddress | string {
  const end = text.indexOf("]");
  if (end < 0) return "invalid host";
  const host = text.slice(1, end);
  const uriAt = text.slice(end).search(/[/?]/);
  if (uriAt >= 0 && (rules.isListen || !rules.takesUri)) return "invalid host";
  const uri = uriAt < 0 ? "" : text.slice(end + uriAt);
  const rest = uriAt < 0 ? text.slice(end + 1) : text.slice(end + 1, end + uriAt);
  if (host === "") return "no host";
  if (ipv6Octets(host) === null) return "invalid IPv6 address";
  if (rest === "") return { host, port: rules.defaultPort, noPort: true, uri, family: "ipv6" };
  if (!rest.startsWith(":")) return "invalid host";
  const port = portOf(rest.slice(1), rules.isListen === true);
  return typeof port === "string" ? port : { host, port, noPort: false, uri, family: "ipv6" };
}

/** The 16 octets of an IPv6 address, or null. */
export function ipv6Octets(text: string): readonly number[] | null {
  const halves = text.split("::");
  if (halves.length > 2 || !/^[0-9a-fA-F:.]+$/.test(text)) return null;
  const [head, tail] = halves.map((half) => groupsOf(half));
  if (head === null || tail === null || head === undefined) return null;
  if (tail === undefined) return head.length === 16 ? head : null;
  const gap = 16 - head.length - tail.length;
  return gap < 2 ? null : [...head, ...new Array<number>(gap).fill(0), ...tail];
}

function groupsOf(half: string): readonly number[] | null {
  if (half === "") return [];
  const octets: number[] = [];
  const groups = half.split(":");
  for (const [i, group] of groups.entries()) {
    const mapped = i === groups.length - 1 ? ipv4Octets(group) : null;
    if (mapped !== null) octets.push(...mapped);
    else if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      octets.push(value >> 8, value & 255);
    } else return null;
  }
  return octets;
}
