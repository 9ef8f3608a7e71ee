import type { Header } from "../../contract/http-message.ts";
import type { Matcher } from "./config/caddy-config.ts";
import { inRange } from "./ip-range.ts";

/** What matchers look at; path and query may have been rewritten. */
export interface Matched {
  readonly method: string;
  readonly path: string;
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
      return matcher.patterns.some((pattern) => pathMatches(pattern, request.path.toLowerCase()));
    case "path_regexp":
      return matcher.pattern.test(request.path);
    case "host":
      return matcher.hosts.some((host) => hostMatches(host, request.host.toLowerCase()));
    case "method":
      return matcher.methods.includes(request.method);
    case "header":
      return headerMatches(headerValues(request, matcher.name), matcher.values);
    case "header_regexp":
      return headerValues(request, matcher.name).some((value) => matcher.pattern.test(value));
    case "query":
      return queryValues(request.query, matcher.name).some((value) =>
        matcher.values.some((want) => want === "*" || want === value),
      );
    case "remote_ip":
      return matcher.ranges.some((range) => inRange(request.remote, range));
    case "protocol":
      return matcher.protocol === "http";
    case "not":
      return !matcher.sets.some((set) => set.every((each) => matches(each, request)));
    default:
      return true;
  }
}

/** `*` at one end or both; one in the middle stands for a part without slashes. */
function pathMatches(pattern: string, path: string): boolean {
  if (pattern === "*") return true;
  const inner = pattern.replace(/^\*/, "").replace(/\*$/, "");
  if (!inner.includes("*")) {
    const starts = pattern.startsWith("*");
    const ends = pattern.endsWith("*");
    if (starts && ends) return path.includes(inner);
    if (starts) return path.endsWith(inner);
    if (ends) return path.startsWith(inner);
    return path === pattern;
  }
  const escaped = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
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

function queryValues(query: string, name: string): readonly string[] {
  return query.split("&").flatMap((part) => {
    const at = part.indexOf("=");
    return (at < 0 ? part : part.slice(0, at)) === name ? [at < 0 ? "" : part.slice(at + 1)] : [];
  });
}
