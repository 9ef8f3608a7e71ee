import { murmurHash2 } from "../shared/murmur-hash-2.ts";
import { octetsOf } from "./client-address.ts";
import type { NginxConfig } from "./config/nginx-config.ts";
import type {
  GeoVariable,
  MapVariable,
  Network,
  RegexSource,
  SplitClientsVariable,
  Template,
} from "./config/template.ts";
import { type VariableTarget, variableTarget } from "./config/variable-addresses.ts";
import type { Exchange } from "./exchange.ts";

const compiled = new WeakMap<RegexSource, RegExp>();

export function regexOf(source: RegexSource): RegExp {
  let regex = compiled.get(source);
  if (regex === undefined) {
    regex = new RegExp(source.source, source.caseless ? "i" : "");
    compiled.set(source, regex);
  }
  return regex;
}

/** Matches a text and gives the exchange its captures and named groups. */
export function matches(exchange: Exchange, source: RegexSource, text: string): boolean {
  const found = regexOf(source).exec(text);
  if (found === null) return false;
  exchange.captures = found;
  for (const [name, value] of Object.entries(found.groups ?? {})) exchange.set.set(name.toLowerCase(), value ?? "");
  return true;
}

/** Values of variables of a request (https://nginx.org/en/docs/varindex.html, as far as requests of the simulation have them). */
export class Variables {
  private readonly config: NginxConfig;
  private readonly ports: readonly number[];

  constructor(config: NginxConfig) {
    this.config = config;
    this.ports = config.listeningSockets.map(({ port }) => port);
  }

  /** A text with its variables filled in. */
  expand({ parts }: Template, exchange: Exchange): string {
    const [only] = parts;
    if (only === undefined) return "";
    if (parts.length === 1 && only.kind === "text") return only.text;
    let text = "";
    for (const part of parts)
      text +=
        part.kind === "text"
          ? part.text
          : part.kind === "capture"
            ? (exchange.captures[part.index] ?? "")
            : this.value(part.name, exchange);
    return text;
  }

  value(name: string, exchange: Exchange): string {
    const set = exchange.set.get(name);
    if (set !== undefined) return set;
    const definition = Object.hasOwn(this.config.variables, name) ? this.config.variables[name] : undefined;
    if (definition !== undefined) {
      // Worked out once a request (NGX_HTTP_VAR caching).
      const value =
        definition.kind === "map"
          ? this.mapped(definition, exchange)
          : definition.kind === "geo"
            ? located(definition, this.value(definition.input, exchange))
            : split(definition, this.expand(definition.input, exchange));
      exchange.set.set(name, value);
      return value;
    }
    return this.builtIn(name, exchange);
  }

  private builtIn(name: string, exchange: Exchange): string {
    const { what } = exchange;
    switch (name) {
      case "uri":
      case "document_uri":
        return exchange.uri;
      case "args":
      case "query_string":
        return exchange.args ?? "";
      case "is_args":
        return exchange.args === null || exchange.args === "" ? "" : "?";
      case "request_uri":
        return what.target.text;
      case "request_method":
        // GET while an error page is made (ngx_http_variable_request_method).
        return exchange.method;
      case "request":
        return `${what.method} ${what.target.text} HTTP/1.1`;
      case "host":
        return hostOf(what.host.text) || exchange.server.serverName;
      case "remote_addr":
      case "binary_remote_addr":
        return exchange.remote;
      case "realip_remote_addr":
        return exchange.connection.remote;
      case "proxy_add_x_forwarded_for": {
        const before = exchange.requestHeader("x-forwarded-for");
        return before === null ? exchange.remote : `${before}, ${exchange.remote}`;
      }
      case "scheme":
        return this.isSecure(exchange) ? "https" : "http";
      case "https":
        return this.isSecure(exchange) ? "on" : "";
      case "server_name":
        return exchange.server.serverName;
      case "server_port":
        return String(this.ports[exchange.connection.listener] ?? 80);
      case "server_protocol":
        return "HTTP/1.1";
      case "proxy_host":
        return this.proxyHost(exchange);
      case "proxy_port":
        return /:(\d+)$/.exec(this.builtIn("proxy_host", exchange))?.[1] ?? "80";
      case "content_length":
        return what.bodyBytes > 0 ? String(what.bodyBytes) : "";
      case "hostname":
        return "localhost";
      case "nginx_version":
        return "1.22.1";
      case "connection":
        return String(exchange.connection.id + 1);
      case "connection_requests":
        return String(exchange.connection.requests);
      case "upstream_addr":
        return exchange.upstreamAddresses.join(", ");
      case "upstream_status":
        return exchange.upstreamStatuses.join(", ");
      default:
        return prefixed(name, exchange);
    }
  }

  /** Where a proxy_pass with variables leads now; null when it has none, or its URL can't be read. */
  target(exchange: Exchange): VariableTarget | null {
    const { proxyPass } = exchange.location;
    return proxyPass?.kind === "variable" ? variableTarget(this.expand(proxyPass.url, exchange)) : null;
  }

  private proxyHost(exchange: Exchange): string {
    const { proxyPass } = exchange.location;
    return proxyPass?.kind === "upstream" ? proxyPass.host : (this.target(exchange)?.host ?? "");
  }

  private isSecure({ server, connection }: Exchange): boolean {
    const socket = this.config.listeningSockets[connection.listener];
    return server.listens.some(({ ssl, port }) => ssl && port === socket?.port);
  }

  private mapped(map: MapVariable, exchange: Exchange): string {
    const input = this.expand(map.input, exchange);
    const key = input.toLowerCase();
    if (Object.hasOwn(map.exact, key)) return this.expand(map.exact[key] as Template, exchange);
    const wildcard = map.wildcards
      .filter(({ head, text }) => (head ? key.endsWith(text) : key.startsWith(text)))
      .sort((a, b) => Number(b.head) - Number(a.head) || b.text.length - a.text.length)[0];
    if (wildcard !== undefined) return this.expand(wildcard.value, exchange);
    for (const { regex, value } of map.regexes)
      if (matches(exchange, regex, input)) return this.expand(value, exchange);
    return this.expand(map.otherwise, exchange);
  }
}

function prefixed(name: string, exchange: Exchange): string {
  const { what } = exchange;
  if (name.startsWith("http_")) return exchange.requestHeader(name.slice(5).replaceAll("_", "-")) ?? "";
  if (name.startsWith("cookie_")) return cookieValue(what.cookie?.text ?? "", name.slice(7));
  if (name.startsWith("arg_")) return argument(exchange.args ?? "", name.slice(4));
  if (name.startsWith("upstream_http_")) {
    const wanted = name.slice(14).replaceAll("_", "-");
    if (wanted === "location") return exchange.head?.location?.text ?? "";
    return exchange.head?.headers.find((header) => header.name.toLowerCase() === wanted)?.value ?? "";
  }
  if (name.startsWith("upstream_cookie_")) {
    const wanted = name.slice(16);
    for (const { text } of exchange.head?.setCookies ?? []) {
      const [pair = ""] = text.split(";");
      const equals = pair.indexOf("=");
      if (pair.slice(0, equals).trim().toLowerCase() === wanted) return pair.slice(equals + 1).trim();
    }
  }
  return "";
}

/**
 * ngx_http_parse_multi_header_lines: the first cookie of that name, names without regard to case. A value goes on to the next
 * semicolon, commas and all; only where a name could begin, a comma separates as well.
 */
function cookieValue(header: string, name: string): string {
  for (let at = 0; at < header.length; ) {
    if (header.slice(at, at + name.length).toLowerCase() === name) {
      const value = /^ *= *([^;]*)/.exec(header.slice(at + name.length))?.[1];
      if (value !== undefined) return value;
    }
    const separator = /[;,] */g;
    separator.lastIndex = at;
    if (separator.exec(header) === null) return "";
    at = separator.lastIndex;
  }
  return "";
}

/** ngx_http_arg: the first argument of that name, without regard to case, not decoded. */
function argument(args: string, name: string): string {
  for (const part of args.split("&")) {
    const equals = part.indexOf("=");
    if (equals > 0 && part.slice(0, equals).toLowerCase() === name) return part.slice(equals + 1);
  }
  return "";
}

/** Host header in lower case without port and closing dot. */
export function hostOf(header: string): string {
  return header.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
}

export function isInNetwork(octets: readonly number[], network: Network): boolean {
  return (
    network.kind === "ip" &&
    network.octets.length === octets.length &&
    octets.every((octet, i) => (octet & (network.mask[i] as number)) === network.octets[i])
  );
}

function located(geo: GeoVariable, address: string): string {
  const octets = octetsOf(address);
  const bits = (network: Network): number =>
    network.kind === "ip"
      ? network.mask.reduce((sum, octet) => sum + octet.toString(2).replaceAll("0", "").length, 0)
      : 0;
  const [best] = geo.networks
    .filter(({ network }) => isInNetwork(octets, network))
    .sort((a, b) => bits(b.network) - bits(a.network));
  if (best !== undefined) return best.value;
  const number = octets.length === 4 ? octets.reduce((sum, octet) => sum * 256 + octet, 0) : -1;
  return geo.ranges.find(({ from, to }) => number >= from && number <= to)?.value ?? geo.otherwise;
}

function split({ parts }: SplitClientsVariable, text: string): string {
  const hash = murmurHash2(text);
  return parts.find(({ limit }) => hash < limit)?.value ?? "";
}
