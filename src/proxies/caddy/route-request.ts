import type { Header } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import type { Handler, HeaderOperation, Route } from "./config/caddy-config.ts";
import type { Exchange } from "./exchange.ts";
import { anySetMatches, type Matched } from "./match-request.ts";

/** Where a request leads. */
export type Destination =
  | { readonly kind: "proxy"; readonly proxy: number }
  | { readonly kind: "respond"; readonly status: number; readonly body: string; readonly location: string | null }
  | { readonly kind: "abort" };

/** The request while routes change it. */
class Routed implements Matched {
  method: string;
  path: string;
  query: string;
  host: string;
  cookie: string | null;
  headers: readonly Header[];
  remote: string;
  changed = false;

  constructor(exchange: Exchange) {
    const what = exchange.what as NonNullable<Exchange["what"]>;
    const at = what.target.text.indexOf("?");
    this.method = what.method;
    this.path = at < 0 ? what.target.text : what.target.text.slice(0, at);
    this.query = at < 0 ? "" : what.target.text.slice(at + 1);
    this.host = what.host.text;
    this.cookie = what.cookie?.text ?? null;
    this.headers = what.headers;
    this.remote = exchange.remote;
  }

  moveTo(uri: string): void {
    const text = uri.replace("{path}", this.path).replace("{query}", this.query).replace("{uri}", this.target());
    const at = text.indexOf("?");
    this.path = at < 0 ? text : text.slice(0, at);
    if (at >= 0) this.query = text.slice(at + 1);
    this.changed = true;
  }

  target(): string {
    return this.query === "" ? this.path : `${this.path}?${this.query}`;
  }
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
  if (routed.changed) exchange.target = new Text(routed.target());
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
      if (routed.path.startsWith(handler.prefix)) {
        const rest = routed.path.slice(handler.prefix.length);
        routed.path = rest.startsWith("/") ? rest : `/${rest}`;
        routed.changed = true;
      }
      return null;
    case "strip-suffix":
      if (routed.path.endsWith(handler.suffix)) {
        routed.path = routed.path.slice(0, -handler.suffix.length);
        routed.changed = true;
      }
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
