import type { Header } from "../../contract/http-message.ts";
import type { Matcher } from "./config/caddy-config.ts";
import { inRange } from "./ip-range.ts";
import { cleanPath, unescapePath } from "./request-url.ts";

/** What matchers look at; path and query may have been rewritten. */
export interface Matched {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly escapedPath: string;
  readonly query: string;
  readonly host: string;
  readonly cookie: string | null;
  readonly headers: readonly Header[];
  readonly remote: string;
}

/** Any set of which every matcher agrees; no sets at all agree always (caddyhttp/routes.go, MatcherSets.AnyMatch). */
export function anySetMatches(sets: readonly (readonly Matcher[])[], request: Matched): boolean {
  return sets.length === 0 || sets.some((set) => set.every((matcher) => matches(matcher, request)));
}

/** caddyhttp/matchers.go, Caddy 2.6.2. */
export function matches(matcher: Matcher, request: Matched): boolean {
  switch (matcher.kind) {
    case "path":
      return matcher.patterns.some((pattern) => pathMatches(pattern, request));
    case "path_regexp":
      return matcher.pattern.test(cleanPath(request.path, true));
    case "host":
      return matcher.hosts.some((host) => hostMatches(host, request.host.toLowerCase()));
    case "method":
      return matcher.methods.includes(request.method);
    case "header":
      return headerMatches(headerValues(request, matcher.name), matcher.values);
    case "header_regexp":
      return headerValues(request, matcher.name).some((value) => matcher.pattern.test(value));
    case "query":
      return queryMatches(request.query, matcher.parameters);
    case "remote_ip": {
      const address = (matcher.forwarded ? forwardedFor(request) : null) ?? request.remote;
      return matcher.ranges.some((range) => inRange(address, range));
    }
    case "protocol":
      return matcher.protocol === "http";
    case "not":
      return !matcher.sets.some((set) => set.every((each) => matches(each, request)));
    default:
      return true;
  }
}

/**
 * `*` at one end or both; one in the middle stands for a part without slashes. The path is decoded and cleaned, and slashes
 * in a row are one where the pattern has no two (MatchPath.Match, 2.6.2); a pattern with `%` looks at the path as written.
 */
function pathMatches(pattern: string, request: Matched): boolean {
  if (pattern === "*") return true;
  const mergesSlashes = !pattern.includes("//");
  const isEscaped = pattern.includes("%");
  const seen = isEscaped ? request.escapedPath.toLowerCase() : request.path.toLowerCase().replace(/[. ]+$/, "");
  const path = cleanPath(seen, mergesSlashes);
  const inner = pattern.replace(/^\*/, "").replace(/\*$/, "");
  if (!inner.includes("*")) {
    const starts = pattern.startsWith("*");
    const ends = pattern.endsWith("*");
    if (starts && ends) return path.includes(inner);
    if (starts) return path.endsWith(inner);
    if (ends) return path.startsWith(inner);
    return path === pattern;
  }
  const escaped = pattern.split("*").map((part) => part.replace(/[\\^$.*+()[\]{}|]/g, "\\$&").replace("?", "[^/]"));
  return new RegExp(`^${escaped.join("[^/]*")}$`).test(path);
}

function hostMatches(pattern: string, host: string): boolean {
  const name = host.replace(/:\d+$/, "");
  if (!pattern.includes("*")) return pattern === name || pattern === host;
  const parts = pattern.split(".");
  const labels = name.split(".");
  return parts.length === labels.length && parts.every((part, i) => part === "*" || part === labels[i]);
}

function headerValues(request: Matched, name: string): readonly string[] {
  const lower = name.toLowerCase();
  if (lower === "host") return [request.host];
  if (lower === "cookie") return request.cookie === null ? [] : [request.cookie];
  return request.headers.filter((header) => header.name.toLowerCase() === lower).map(({ value }) => value);
}

function headerMatches(values: readonly string[], wanted: readonly string[] | null): boolean {
  if (wanted === null) return values.length === 0;
  return values.some((value) => wanted.some((want) => fuzzyMatches(value, want)));
}

function fuzzyMatches(value: string, want: string): boolean {
  if (want === "*") return true;
  const [starts, ends] = [want.startsWith("*"), want.endsWith("*")];
  if (starts && ends) return value.includes(want.slice(1, -1));
  if (starts) return value.endsWith(want.slice(1));
  return ends ? value.startsWith(want.slice(0, -1)) : value === want;
}

/** Any parameter whose first value is wanted; no parameters at all match an empty query (MatchQuery.Match, 2.6.2). */
function queryMatches(query: string, parameters: Extract<Matcher, { kind: "query" }>["parameters"]): boolean {
  if (query.includes(";")) return false;
  if (parameters.length === 0) return query === "";
  const found = new Map<string, string>();
  for (const part of query.split("&")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    const name = unescapeQuery(at < 0 ? part : part.slice(0, at));
    const value = unescapeQuery(at < 0 ? "" : part.slice(at + 1));
    if (name === null || value === null) return false;
    if (!found.has(name)) found.set(name, value);
  }
  return parameters.some(({ name, values }) => {
    const value = found.get(name);
    return value !== undefined && values.some((want) => want === "*" || want === value);
  });
}

function unescapeQuery(text: string): string | null {
  return unescapePath(text.replaceAll("+", " "));
}

/** The first address of X-Forwarded-For, null when there is none. */
function forwardedFor(request: Matched): string | null {
  return headerValues(request, "X-Forwarded-For")[0]?.split(",")[0]?.trim() || null;
}
