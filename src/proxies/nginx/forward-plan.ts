import type { Header } from "../../contract/http-message.ts";
import type { Text } from "../../contract/text.ts";
import type { HeaderTemplate, LocationConfig } from "./config/location-config.ts";
import type { Template } from "./config/template.ts";
import type { Exchange } from "./exchange.ts";
import { escapedUri } from "./request-uri.ts";
import type { SharedTexts } from "./shared-texts.ts";
import type { Variables } from "./variables.ts";

/** Request headers that are never passed on as they are (ngx_http_proxy_headers). */
const NOT_PASSED = new Set([
  "keep-alive",
  "expect",
  "upgrade",
  "te",
  "transfer-encoding",
  "content-length",
  "connection",
]);
const LINE_REST = ": \r\n".length;

/** What a location sends to its upstream: prepared once, filled in for each attempt (ngx_http_proxy_create_request). */
export class ForwardPlan {
  private readonly location: LocationConfig;
  private readonly variables: Variables;
  private readonly texts: SharedTexts;
  private readonly host: Template | null;
  private readonly connection: Template | null;
  private readonly upgrade: Template | null;
  private readonly cookie: Template | null | undefined;
  private readonly others: readonly HeaderTemplate[];
  private readonly replaced: ReadonlySet<string>;

  constructor(location: LocationConfig, variables: Variables, texts: SharedTexts) {
    const { settings } = location;
    const named = (name: string): Template | undefined =>
      settings.setHeaders.find((header) => header.name.toLowerCase() === name)?.value;
    this.location = location;
    this.variables = variables;
    this.texts = texts;
    this.host = named("host") ?? null;
    this.connection = named("connection") ?? null;
    this.upgrade = named("upgrade") ?? null;
    this.cookie = named("cookie");
    const special = new Set(["host", "connection", "upgrade", "cookie"]);
    this.others = settings.setHeaders.filter(({ name }) => !special.has(name.toLowerCase()));
    this.replaced = new Set(this.others.map(({ name }) => name.toLowerCase()));
  }

  /** Whether the server is asked to leave the connection open: HTTP/1.1 does so by itself, HTTP/1.0 when told. */
  keepsOpen(exchange: Exchange): boolean {
    const connection = this.connection === null ? "" : this.variables.expand(this.connection, exchange).toLowerCase();
    if (this.location.settings.httpVersion === "1.0") return connection === "keep-alive";
    return connection !== "close";
  }

  /** Fills the exchange's record for an attempt. */
  fill(exchange: Exchange): void {
    const { forward, what } = exchange;
    const { settings } = this.location;
    forward.method = settings.method === null ? exchange.method : this.variables.expand(settings.method, exchange);
    forward.target = this.target(exchange);
    forward.host = this.host === null ? what.host : this.texts.of(this.variables.expand(this.host, exchange));
    forward.cookie = this.cookieOf(exchange);
    forward.headers = this.headers(exchange);
    forward.bodyBytes = settings.passRequestBody ? what.bodyBytes : 0;
    forward.upgrade = this.upgradeOf(exchange);
    forward.connection = this.connectionOf(exchange);
    forward.headBytes = headBytes(exchange);
  }

  private cookieOf(exchange: Exchange): Text | null {
    if (this.cookie === undefined) return this.location.settings.passRequestHeaders ? exchange.what.cookie : null;
    const text = this.cookie === null ? "" : this.variables.expand(this.cookie, exchange);
    return text === "" ? null : this.texts.of(text);
  }

  private connectionOf(exchange: Exchange): string | null {
    const text = this.connection === null ? "" : this.variables.expand(this.connection, exchange);
    return text === "" ? null : text;
  }

  private upgradeOf(exchange: Exchange): string | null {
    if (this.upgrade === null || this.connection === null || this.location.settings.httpVersion === "1.0") return null;
    if (!/\bupgrade\b/i.test(this.variables.expand(this.connection, exchange))) return null;
    const protocol = this.variables.expand(this.upgrade, exchange);
    return protocol === "" ? null : protocol;
  }

  private headers(exchange: Exchange): readonly Header[] {
    const { headers } = exchange.what;
    const passes = this.location.settings.passRequestHeaders;
    const isAsSent =
      this.others.length === 0 && headers.every(({ name }) => !NOT_PASSED.has(name.toLowerCase())) && passes;
    if (isAsSent) return headers;
    const own = passes
      ? headers.filter(({ name }) => !NOT_PASSED.has(name.toLowerCase()) && !this.replaced.has(name.toLowerCase()))
      : [];
    const set = this.others.flatMap(({ name, value }) => {
      const text = this.variables.expand(value, exchange);
      return text === "" ? [] : [{ name, value: text }];
    });
    return [...set, ...own];
  }

  /**
   * With a URI in proxy_pass it takes the place of what the location matched, and is left out after `rewrite … break`; else
   * the target goes on as it came.
   */
  private target(exchange: Exchange): Text {
    const { proxyPass, match } = this.location;
    const query = exchange.args === null ? "" : `?${exchange.args}`;
    if (proxyPass?.kind === "variable") {
      const path = this.variables.target(exchange)?.uri ?? "";
      if (path !== "") return this.texts.of(path);
    } else if (proxyPass !== null && proxyPass.uri !== null && exchange.hasPrefix) {
      const matched =
        match.kind === "prefix" || match.kind === "final-prefix" || match.kind === "exact" ? match.uri : "";
      return this.texts.of(`${proxyPass.uri}${escapedUri(exchange.uri.slice(matched.length))}${query}`);
    }
    return exchange.isRewritten ? this.texts.of(`${escapedUri(exchange.uri)}${query}`) : exchange.what.target;
  }
}

function headBytes({ forward }: Exchange): number {
  let bytes = forward.method.length + forward.target.length + " HTTP/1.0\r\n ".length + 2;
  bytes += "Host".length + LINE_REST + forward.host.length + "Connection: close\r\n".length;
  for (const { name, value } of forward.headers) bytes += name.length + value.length + LINE_REST;
  if (forward.cookie !== null) bytes += "Cookie".length + LINE_REST + forward.cookie.length;
  if (forward.bodyBytes > 0) bytes += "Content-Length".length + LINE_REST + String(forward.bodyBytes).length;
  return bytes;
}
