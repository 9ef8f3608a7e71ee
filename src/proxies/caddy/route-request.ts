import type { Header } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import type { Handler, HeaderOperation, Route } from "./config/caddy-config.ts";
import type { Exchange } from "./exchange.ts";
import { anySetMatches, type Matched } from "./match-request.ts";
import { cleanPath, RequestUrl, unescapePath } from "./request-url.ts";

/** Where a request leads. */
export type Destination =
  | { readonly kind: "proxy"; readonly proxy: number }
  | { readonly kind: "respond"; readonly status: number; readonly body: string; readonly location: string | null }
  | { readonly kind: "abort" };

/** The request while routes change it. */
class Routed implements Matched {
  readonly url: RequestUrl;
  method: string;
  host: string;
  cookie: string | null;
  headers: readonly Header[];
  remote: string;
  changed = false;

  constructor(exchange: Exchange) {
    const what = exchange.what as NonNullable<Exchange["what"]>;
    this.url = new RequestUrl(what.target.text);
    this.method = what.method;
    this.host = what.host.text;
    this.cookie = what.cookie?.text ?? null;
    this.headers = what.headers;
    this.remote = exchange.remote;
  }

  get path(): string {
    return this.url.path;
  }

  get escapedPath(): string {
    return this.url.escapedPath;
  }

  get query(): string {
    return this.url.query;
  }

  moveTo(uri: string): void {
    this.url.rewrite(uri);
    this.changed = true;
  }

  changePath(change: (escaped: string) => string): void {
    const before = this.url.requestUri;
    this.url.escapedPath = change(this.url.escapedPath);
    if (this.url.requestUri !== before) this.changed = true;
  }
}

/** Without a prefix that is compared decoded and in any case (rewrite.go, trimPathPrefix, 2.6.2). */
function withoutPrefix(escaped: string, prefix: string): string {
  let at = 0;
  for (const wanted of prefix) {
    const code = escaped[at] === "%" && wanted !== "%" ? escaped.slice(at, at + 3) : (escaped[at] ?? "");
    const char = code.length === 3 ? (unescapePath(code) ?? "") : code;
    if (char.toLowerCase() !== wanted.toLowerCase()) return escaped;
    at += code.length;
  }
  return escaped.slice(at);
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}

/**
 * Runs the routes of a server until one answers (caddyhttp/routes.go, Caddy 2.6.2). What they change about the request
 * stays in the exchange; null = no route answers.
 */
export function routeRequest(
  routes: readonly Route[],
  exchange: Exchange,
  applyRequest: (operations: readonly HeaderOperation[], headers: readonly Header[]) => readonly Header[],
): Destination | null {
  const routed = new Routed(exchange);
  const found = runRoutes(routes, routed, exchange, applyRequest);
  if (routed.changed) exchange.target = new Text(routed.url.requestUri);
  exchange.method = routed.method;
  exchange.headers = routed.headers;
  return found;
}

type Apply = Parameters<typeof routeRequest>[2];

function runRoutes(routes: readonly Route[], routed: Routed, exchange: Exchange, apply: Apply): Destination | null {
  const groups: string[] = [];
  for (const route of routes) {
    if (route.group !== "" && groups.includes(route.group)) continue;
    if (!anySetMatches(route.match, routed)) continue;
    if (route.group !== "") groups.push(route.group);
    for (const handler of route.handlers) {
      const found = runHandler(handler, routed, exchange, apply);
      if (found !== null) return found;
    }
    if (route.terminal) return null;
  }
  return null;
}

function runHandler(handler: Handler, routed: Routed, exchange: Exchange, apply: Apply): Destination | null {
  switch (handler.kind) {
    case "proxy":
    case "respond":
    case "abort":
      return handler;
    case "subroute":
      return runRoutes(handler.routes, routed, exchange, apply);
    case "strip-prefix":
      routed.changePath((path) => withoutPrefix(cleanPath(path, !handler.prefix.includes("//")), handler.prefix));
      return null;
    case "strip-suffix":
      routed.changePath((path) => {
        const clean = cleanPath(path, !handler.suffix.includes("//"));
        return reversed(withoutPrefix(reversed(clean), reversed(handler.suffix)));
      });
      return null;
    case "replace": {
      const { find, by, limit } = handler;
      const exchanged = (text: string): string => replaceFirst(text, find, by, limit === 0 ? -1 : limit);
      routed.changePath((path) => exchanged(cleanPath(path, !find.includes("//"))));
      routed.url.query = exchanged(routed.url.query);
      routed.changed = true;
      return null;
    }
    case "replace-path":
      routed.changePath((path) => path.replace(handler.pattern, handler.by));
      return null;
    case "rewrite":
      routed.moveTo(handler.uri);
      return null;
    case "method":
      routed.method = handler.method.toUpperCase();
      return null;
    case "response-headers":
      exchange.responseHeaders.push(...handler.operations);
      return null;
    default:
      routed.headers = apply(handler.operations, routed.headers);
      return null;
  }
}

/** The first `limit` occurrences, all when it is negative (Go's strings.Replace). */
function replaceFirst(text: string, find: string, by: string, limit: number): string {
  if (find === "") return text;
  const parts = text.split(find);
  const many = limit < 0 ? parts.length - 1 : Math.min(limit, parts.length - 1);
  return [parts.slice(0, many + 1).join(by), ...parts.slice(many + 1)].join(find);
}
