import type { Header, ResponseHead } from "../../contract/http-message.ts";
import { timerId } from "../shared/timer-id.ts";
import { absoluteUrl } from "./absolute-url.ts";
import { octetsOf } from "./client-address.ts";
import type { ErrorPage, LocationConfig } from "./config/location-config.ts";
import { type Exchange, Phase } from "./exchange.ts";
import { LimitConnCounts } from "./limit-conn.ts";
import { LimitReqBuckets, REFUSED } from "./limit-req.ts";
import { findLocation, namedLocation } from "./location-finder.ts";
import type { NginxServer } from "./nginx-server.ts";
import { realIp } from "./real-ip.ts";
import { requestUriOf, takeApart } from "./request-uri.ts";
import { RewriteProgram } from "./rewrite-program.ts";
import { TimerKind } from "./timer-kind.ts";
import { isInNetwork } from "./variables.ts";

/** Internal redirects after which nginx answers 500. */
const MOST_REDIRECTS = 10;
/** The connection is closed without an answer. */
const CLOSE = 444;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** nginx's own answers after which the client's connection closes (ngx_http_special_response_handler). */
const CLOSING = new Set([400, 413, 414, 500, 501]);

/** Where requests go on to. */
export interface RequestNext {
  /** A request whose location passes it to an upstream. */
  pass(nowUs: number, exchange: Exchange): void;
  /** The answer has been given. */
  finished(nowUs: number, exchange: Exchange): void;
  keepsOpen(nowUs: number, exchange: Exchange): boolean;
  /** status of stub_status. */
  activeConnections(): number;
}

/**
 * The phases of a request up to its content (ngx_http_core_run_phases): real address, rewrites and location, limits, access, and then
 * an upstream or an answer of nginx itself, with error pages.
 */
export class RequestPhases {
  private readonly server: NginxServer;
  private readonly next: RequestNext;
  private readonly rewrites: RewriteProgram;
  private readonly reqZones: ReadonlyMap<string, LimitReqBuckets>;
  private readonly connZones: ReadonlyMap<string, LimitConnCounts>;

  constructor(server: NginxServer, next: RequestNext) {
    this.server = server;
    this.next = next;
    this.rewrites = new RewriteProgram(server.variables);
    this.reqZones = new Map(server.config.limitReqZones.map((zone) => [zone.name, new LimitReqBuckets(zone)]));
    this.connZones = new Map(server.config.limitConnZones.map((zone) => [zone.name, new LimitConnCounts()]));
  }

  begin(nowUs: number, exchange: Exchange): void {
    const { what, server } = exchange;
    const { uri, args, isValid } = requestUriOf(what.target, server.mergeSlashes);
    exchange.uri = uri;
    exchange.args = args;
    if (!isValid) {
      this.special(nowUs, exchange, 400);
      return;
    }
    this.findAddress(exchange, server.root);
    this.enter(nowUs, exchange);
  }

  /** The rewrite program of the server, then a location. Internal redirects come by here, too (ngx_http_internal_redirect). */
  private enter(nowUs: number, exchange: Exchange): void {
    const { root } = exchange.server;
    exchange.location = root;
    exchange.hasPrefix = true;
    const end = root.steps.length === 0 ? null : this.rewrites.run(exchange, root);
    if (end?.kind === "return") this.answer(nowUs, exchange, end.status, end.text);
    else this.locate(nowUs, exchange);
  }

  private locate(nowUs: number, exchange: Exchange): void {
    for (;;) {
      const found = findLocation(exchange, exchange.server.root, exchange.uri);
      const location = forMethod(found?.location ?? exchange.server.root, exchange.method);
      exchange.location = location;
      if (this.isTooLarge(exchange)) {
        this.special(nowUs, exchange, 413);
        return;
      }
      if (found?.addsSlash === true) {
        const query = exchange.args === null ? "" : `?${exchange.args}`;
        this.answer(nowUs, exchange, 301, `${exchange.uri}/${query}`);
        return;
      }
      if (location.internal && exchange.redirects === 0 && !exchange.isRewritten) {
        this.special(nowUs, exchange, 404);
        return;
      }
      // Where no location fits, the server's program is not run again (ngx_http_rewrite_handler).
      const runs = found !== null && location.steps.length > 0;
      const end = runs ? this.rewrites.run(exchange, location) : null;
      if (end?.kind === "return") {
        this.answer(nowUs, exchange, end.status, end.text);
        return;
      }
      if (end?.kind !== "search") break;
      if (++exchange.redirects > MOST_REDIRECTS) {
        this.special(nowUs, exchange, 500);
        return;
      }
    }
    this.limit(nowUs, exchange);
  }

  /** Looked at when the location is found, before its rewrites (ngx_http_core_find_config_phase). */
  private isTooLarge({ location, what, isErrorPage }: Exchange): boolean {
    const { clientMaxBodyBytes } = location.settings;
    return clientMaxBodyBytes > 0 && what.bodyBytes > clientMaxBodyBytes && !isErrorPage;
  }

  /** realip, unless it has found an address before (ngx_http_realip_handler). */
  private findAddress(exchange: Exchange, { settings }: LocationConfig): void {
    const { realIp: real } = settings;
    const { connection } = exchange;
    if (real === null || exchange.remote !== connection.remote) return;
    exchange.remote = realIp(real, connection.remote, exchange.requestHeader(real.header));
  }

  // ------------------------------------------------------------ limits and access

  private limit(nowUs: number, exchange: Exchange): void {
    const { settings } = exchange.location;
    this.findAddress(exchange, exchange.location);
    const waitUs = exchange.isRateCounted ? 0 : this.rateWaitUs(nowUs, exchange);
    if (waitUs === REFUSED) {
      this.special(nowUs, exchange, settings.limitReqStatus);
      return;
    }
    if (waitUs === 0) this.admit(nowUs, exchange);
    else {
      exchange.phase = Phase.LIMIT_REQ;
      this.server.outbox.setTimer(timerId(TimerKind.LIMIT_REQ, exchange.id), waitUs);
    }
  }

  /** Longest wait of all limits, or REFUSED: then none of them counts the request. A request is counted once. */
  private rateWaitUs(nowUs: number, exchange: Exchange): number {
    const found: {
      readonly buckets: LimitReqBuckets;
      readonly key: string;
      readonly excess: number;
      readonly delay: number;
    }[] = [];
    for (const { zone, burst, delay } of exchange.location.settings.limitReqs) {
      const key = this.keyOf(this.server.config.limitReqZones, zone, exchange);
      const buckets = this.reqZones.get(zone);
      if (key === "" || buckets === undefined) continue;
      exchange.isRateCounted = true;
      const excess = buckets.look(nowUs, key, burst);
      if (excess === REFUSED) return REFUSED;
      found.push({ buckets, key, excess, delay });
    }
    let waitUs = 0;
    for (const { buckets, key, excess, delay } of found)
      waitUs = Math.max(waitUs, buckets.count(nowUs, key, excess, delay));
    return waitUs;
  }

  /** A request's turn in limit_req has come. */
  limitReqTimer(nowUs: number, exchange: Exchange): void {
    if (exchange.phase !== Phase.LIMIT_REQ) return;
    exchange.phase = Phase.NONE;
    this.admit(nowUs, exchange);
  }

  private admit(nowUs: number, exchange: Exchange): void {
    const { settings } = exchange.location;
    if (!this.countConnection(exchange)) {
      this.special(nowUs, exchange, settings.limitConnStatus);
      return;
    }
    const octets = settings.access.length === 0 ? [] : octetsOf(exchange.remote);
    const rule = settings.access.find(({ network }) => network === "all" || isInNetwork(octets, network));
    if (rule?.allow === false) this.special(nowUs, exchange, 403);
    else this.content(nowUs, exchange);
  }

  /** Counts a request once in its limit_conn zones, until it ends; false when one of them is full. */
  private countConnection(exchange: Exchange): boolean {
    if (exchange.isConnectionCounted) return true;
    for (const { zone, connections } of exchange.location.settings.limitConns) {
      const key = this.keyOf(this.server.config.limitConnZones, zone, exchange);
      const counts = this.connZones.get(zone);
      if (key === "" || counts === undefined) continue;
      exchange.isConnectionCounted = true;
      if (!counts.take(key, connections)) {
        this.release(exchange);
        return false;
      }
      exchange.limits.push({ counts, key });
    }
    return true;
  }

  /** Gives back what limit_conn counted. */
  release(exchange: Exchange): void {
    for (const { counts, key } of exchange.limits) counts.give(key);
    exchange.limits.length = 0;
  }

  private keyOf(
    zones: readonly { readonly name: string; readonly key: Parameters<NginxServer["variables"]["expand"]>[0] }[],
    zone: string,
    exchange: Exchange,
  ): string {
    const config = zones.find(({ name }) => name === zone);
    return config === undefined ? "" : this.server.variables.expand(config.key, exchange);
  }

  // ------------------------------------------------------------ content

  private content(nowUs: number, exchange: Exchange): void {
    const { location } = exchange;
    if (location.tryFiles !== null) {
      const { fallback, status } = location.tryFiles;
      if (status !== null) this.special(nowUs, exchange, status);
      else this.redirect(nowUs, exchange, this.server.variables.expand(fallback, exchange));
    } else if (location.proxyPass !== null) this.next.pass(nowUs, exchange);
    else if (location.stubStatus) this.answer(nowUs, exchange, 200, this.stubStatus());
    else this.special(nowUs, exchange, 404);
  }

  private stubStatus(): string {
    return `Active connections: ${this.next.activeConnections()} \n`;
  }

  /** Internal redirect to a URI or "@name". */
  private redirect(nowUs: number, exchange: Exchange, target: string): void {
    if (++exchange.redirects > MOST_REDIRECTS) {
      this.plain(nowUs, exchange, 500, null);
      return;
    }
    if (target.startsWith("@")) {
      const location =
        namedLocation(exchange.server.root, target.slice(1)) ?? namedLocation(exchange.server.root, target);
      if (location === null) {
        this.plain(nowUs, exchange, 500, null);
        return;
      }
      exchange.location = forMethod(location, exchange.method);
      const end = this.rewrites.run(exchange, exchange.location);
      if (end.kind === "return") this.answer(nowUs, exchange, end.status, end.text);
      else if (end.kind === "search") this.locate(nowUs, exchange);
      else this.limit(nowUs, exchange);
      return;
    }
    const { uri, args } = takeApart(target, exchange.server.mergeSlashes);
    exchange.uri = uri;
    exchange.args = args;
    exchange.isRewritten = true;
    this.enter(nowUs, exchange);
  }

  // ------------------------------------------------------------ answers of nginx itself

  /** `return`: a text, a redirect, a page, or nothing at all. */
  private answer(nowUs: number, exchange: Exchange, status: number, text: string | null): void {
    if (status === CLOSE) {
      this.server.outbox.drop(exchange.connection.id);
      exchange.staysOpen = false;
      this.next.finished(nowUs, exchange);
    } else if (REDIRECTS.has(status) && text !== null)
      this.plain(nowUs, exchange, status, absoluteUrl(this.server.variables, exchange, text));
    else if (text === null && status >= 300) this.special(nowUs, exchange, status);
    else {
      // The error that an error page is made for keeps its status, unless error_page gives another (ngx_http_send_header).
      const shown = exchange.statusOverride === 0 ? status : exchange.statusOverride;
      this.reply(nowUs, exchange, this.server.pages.head(shown), this.server.pages.text(text ?? ""));
    }
  }

  /**
   * An error or redirect: its error_page if there is one, else the built-in page (ngx_http_special_response_handler). An error
   * while an error page is made is answered with its own status.
   */
  special(nowUs: number, exchange: Exchange, status: number): void {
    exchange.statusOverride = 0;
    if (CLOSING.has(status)) exchange.mustClose = true;
    const page = exchange.isErrorPage
      ? undefined
      : exchange.location.settings.errorPages.find(({ statuses }) => statuses.includes(status));
    if (page === undefined) this.plain(nowUs, exchange, status, null);
    else this.errorPage(nowUs, exchange, status, page);
  }

  private errorPage(nowUs: number, exchange: Exchange, status: number, page: ErrorPage): void {
    const target = this.server.variables.expand(page.target, exchange);
    exchange.isErrorPage = true;
    if (!target.startsWith("/") && !target.startsWith("@")) {
      const redirect = typeof page.answer === "number" && REDIRECTS.has(page.answer) ? page.answer : 302;
      this.plain(nowUs, exchange, redirect, target);
      return;
    }
    exchange.statusOverride = page.answer === "same" ? status : page.answer === "from-page" ? 0 : page.answer;
    if (exchange.method !== "HEAD" && !target.startsWith("@")) exchange.method = "GET";
    this.redirect(nowUs, exchange, target);
  }

  private plain(nowUs: number, exchange: Exchange, status: number, location: string | null): void {
    this.reply(nowUs, exchange, this.server.pages.head(status, location), this.server.pages.special(status));
  }

  private reply(nowUs: number, exchange: Exchange, head: ResponseHead, page: number): void {
    exchange.staysOpen = this.next.keepsOpen(nowUs, exchange);
    const added: readonly Header[] = this.server.relayPlan(exchange.location).added(exchange, head.status);
    const out = added.length === 0 ? head : { ...head, headers: [...head.headers, ...added] };
    this.server.outbox.reply(exchange.id, out, page, exchange.staysOpen);
    this.next.finished(nowUs, exchange);
  }
}

/** What `limit_except` makes of a location for a method (ngx_http_update_location_config). */
function forMethod(location: LocationConfig, method: string): LocationConfig {
  const { limitExcept } = location;
  return limitExcept === null || limitExcept.methods.includes(method) ? location : limitExcept.location;
}
