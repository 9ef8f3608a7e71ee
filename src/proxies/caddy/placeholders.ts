import { splitHostPort } from "./config/upstream-address.ts";
import type { Exchange } from "./exchange.ts";

/** Placeholders of a request that headers and rewrites use, in long and short form; others stay as written. */
export function expandPlaceholders(text: string, exchange: Exchange, dial: string): string {
  if (!text.includes("{")) return text;
  return text.replace(/\{([^{}]+)\}/g, (whole, name: string) => placeholderValue(name, exchange, dial) ?? whole);
}

function placeholderValue(name: string, exchange: Exchange, dial: string): string | null {
  const target = exchange.target?.text ?? "";
  const at = target.indexOf("?");
  const host = exchange.what?.host.text ?? "";
  switch (name.replace(/^http\.(request\.|reverse_proxy\.)/, "").replace(/^upstream_/, "upstream.")) {
    case "host":
      return host.replace(/:\d+$/, "");
    case "hostport":
      return host;
    case "remote":
    case "remote_host":
    case "remote.host":
      return exchange.remote;
    case "scheme":
      return "http";
    case "method":
      return exchange.method;
    case "uri":
      return target;
    case "path":
    case "uri.path":
      return at < 0 ? target : target.slice(0, at);
    case "query":
    case "uri.query":
      return at < 0 ? "" : target.slice(at + 1);
    case "upstream.hostport":
    case "upstream.address":
      return dial;
    case "upstream.host":
      return splitHostPort(dial).host;
    case "upstream.port":
      return splitHostPort(dial).port;
    default:
      return headerPlaceholder(name, exchange);
  }
}

function headerPlaceholder(name: string, exchange: Exchange): string | null {
  const field = /^(?:http\.request\.)?header\.(.+)$/.exec(name)?.[1]?.toLowerCase();
  if (field === undefined) return null;
  return exchange.headers.find((header) => header.name.toLowerCase() === field)?.value ?? "";
}
