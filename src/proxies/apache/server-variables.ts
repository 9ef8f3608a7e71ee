import type { Exchange } from "./exchange.ts";
import type { ExpressionContext } from "./expression.ts";

/** A request header as the client sent it, null when it sent none. */
export function clientHeader({ what, clientHeaders }: Exchange, name: string): string | null {
  if (what === null) return null;
  const lower = name.toLowerCase();
  if (lower === "host") return what.host.text;
  if (lower === "cookie") return what.cookie?.text ?? null;
  if (lower === "upgrade" && what.upgrade !== null) return what.upgrade;
  if (lower === "connection") return what.upgrade !== null ? "Upgrade" : what.keepAlive ? "keep-alive" : "close";
  const headers = clientHeaders ?? what.headers;
  return headers.find((header) => header.name.toLowerCase() === lower)?.value ?? null;
}

function hostOf({ what }: Exchange): string {
  return what?.host.text ?? "";
}

/** Whether clients reach the server by TLS. */
export function schemeOf({ site }: Exchange): "http" | "https" {
  return site.config.addresses.some((address) => address.endsWith(":443")) ? "https" : "http";
}

/** Name of the server in URLs of its own (ap_get_server_name_for_url of server/core.c). */
export function ownName(exchange: Exchange): string {
  const { site } = exchange;
  if (site.config.canonicalName) return site.name;
  return hostOf(exchange).toLowerCase().replace(/:\d+$/, "").replace(/\.$/, "") || site.name;
}

/** Its port: the client's before that of ServerName; the address of a virtual host does not count (ap_get_server_port). */
export function ownPort(exchange: Exchange): number {
  const { config } = exchange.site;
  const given = config.canonicalName ? undefined : /:(\d+)$/.exec(hostOf(exchange))?.[1];
  if (given !== undefined) return Number(given);
  return config.ownPort === 0 ? defaultPort(schemeOf(exchange)) : config.ownPort;
}

/** `scheme://host` of the server itself, with the port where it is not the scheme's own (ap_construct_url). */
export function ownOrigin(exchange: Exchange): string {
  const scheme = schemeOf(exchange);
  const port = ownPort(exchange);
  return `${scheme}://${ownName(exchange)}${port === defaultPort(scheme) ? "" : `:${port}`}`;
}

export function defaultPort(scheme: string): number {
  return scheme === "https" ? 443 : 80;
}

/** Path that was asked for, decoded, and query. */
function targetOf({ what, rewritten }: Exchange): readonly [path: string, query: string] {
  if (rewritten !== null) return [rewritten.path, rewritten.query ?? ""];
  const text = what?.target.text ?? "";
  const mark = text.indexOf("?");
  const path = mark < 0 ? text : text.slice(0, mark);
  return [decoded(path), mark < 0 ? "" : text.slice(mark + 1)];
}

function decoded(path: string): string {
  if (!path.includes("%")) return path;
  return path.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const VARIABLES: Readonly<Record<string, (exchange: Exchange) => string | null>> = {
  HTTPS: (exchange) => (schemeOf(exchange) === "https" ? "on" : "off"),
  REQUEST_SCHEME: schemeOf,
  REQUEST_METHOD: ({ what }) => what?.method ?? null,
  REQUEST_URI: (exchange) => targetOf(exchange)[0],
  QUERY_STRING: (exchange) => targetOf(exchange)[1],
  REQUEST_STATUS: ({ status }) => String(status),
  THE_REQUEST: ({ what }) => `${what?.method} ${what?.target.text} HTTP/1.1`,
  DOCUMENT_ROOT: ({ site }) => site.config.documentRoot,
  CONTEXT_DOCUMENT_ROOT: ({ site }) => site.config.documentRoot,
  REMOTE_ADDR: ({ remote }) => remote,
  CONN_REMOTE_ADDR: ({ connection }) => connection?.remote ?? null,
  SERVER_NAME: ownName,
  SERVER_PORT: (exchange) => String(ownPort(exchange)),
  SERVER_PROTOCOL: () => "HTTP/1.1",
  SERVER_SOFTWARE: () => "Apache",
  SERVER_ADMIN: () => "[no address given]",
  IPV6: ({ remote }) => (remote.includes(":") ? "on" : "off"),
  IS_SUBREQ: () => "false",
  HTTP_HOST: (exchange) => clientHeader(exchange, "Host"),
  HTTP_COOKIE: (exchange) => clientHeader(exchange, "Cookie"),
  HTTP_USER_AGENT: (exchange) => clientHeader(exchange, "User-Agent"),
  HTTP_REFERER: (exchange) => clientHeader(exchange, "Referer"),
  HTTP_ACCEPT: (exchange) => clientHeader(exchange, "Accept"),
  HTTP_FORWARDED: (exchange) => clientHeader(exchange, "Forwarded"),
  HTTP_PROXY_CONNECTION: (exchange) => clientHeader(exchange, "Proxy-Connection"),
};

/** A variable of mod_rewrite and of expressions; null = unknown or unset (lookup_variable, util_expr_eval.c). */
export function serverVariable(exchange: Exchange, name: string): string | null {
  return VARIABLES[name.toUpperCase()]?.(exchange) ?? null;
}

/** What expressions outside of header directives may ask about a request. */
export function expressionsOf(exchange: Exchange): ExpressionContext {
  return {
    variable: (name) => serverVariable(exchange, name) ?? "",
    call: (name, argument) => {
      if (name === "http" || name === "req") return clientHeader(exchange, argument) ?? "";
      if (name === "env" || name === "reqenv") return exchange.env(argument) ?? "";
      if (name === "tolower") return argument.toLowerCase();
      return name === "toupper" ? argument.toUpperCase() : null;
    },
  };
}
