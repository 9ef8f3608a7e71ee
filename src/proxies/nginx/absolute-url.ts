import type { Exchange } from "./exchange.ts";
import type { Variables } from "./variables.ts";

/** A redirect to a path as `absolute_redirect` completes it, with a port that is not the usual one (ngx_http_header_filter). */
export function absoluteUrl(variables: Variables, exchange: Exchange, target: string): string {
  if (!target.startsWith("/") || !exchange.location.settings.absoluteRedirect) return target;
  const port = variables.value("server_port", exchange);
  const scheme = variables.value("scheme", exchange);
  const isUsual = port === (scheme === "https" ? "443" : "80");
  return `${scheme}://${variables.value("host", exchange)}${isUsual ? "" : `:${port}`}${target}`;
}
