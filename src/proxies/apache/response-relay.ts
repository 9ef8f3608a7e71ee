import { BreakCause, BreakPhase } from "../../contract/failure.ts";
import type { Header, ResponseHead } from "../../contract/http-message.ts";
import { NO_HEADERS } from "../../contract/http-message.ts";
import type { Balancer } from "./balancer.ts";
import type { ClientConnection } from "./client-connection.ts";
import type { BalancerConfig, MemberConfig } from "./config/apache-config.ts";
import type { BackendConnection } from "./connection-pool.ts";
import type { CustomAnswer } from "./error-documents.ts";
import { type OwnAnswer, PROXY_ERROR, reasonOf } from "./error-pages.ts";
import { enterError } from "./error-state.ts";
import { type Exchange, Phase } from "./exchange.ts";
import { keepAliveHeaders, mayKeepAlive } from "./keep-alive.ts";
import type { ProxyHandler } from "./proxy-handler.ts";
import type { ProxyServer } from "./proxy-server.ts";

const STATUS_LINE_REST = "HTTP/1.1 ".length + "200 ".length;

/**
 * From a member that has the request to the client's answer (spec/apache.md 7; httpd: ap_proxy_http_process_response of
 * mod_proxy_http.c and proxy_balancer_post_request of mod_proxy_balancer.c).
 */
export class ResponseRelay {
  private readonly proxy: ProxyServer;
  handler!: ProxyHandler;

  constructor(proxy: ProxyServer) {
    this.proxy = proxy;
  }

  // ------------------------------------------------------------ what the member says

  requestSent(exchange: Exchange, bytes: number): void {
    const { sent } = (exchange.balancer as Balancer).slots;
    sent[exchange.member] = (sent[exchange.member] as number) + bytes;
  }

  interim(exchange: Exchange, status: number): void {
    this.count(exchange, STATUS_LINE_REST + reasonOf(status).length);
    if (status === 100 && exchange.phase === Phase.CONTINUE) this.handler.sendBody(exchange);
  }

  head(nowUs: number, exchange: Exchange, head: ResponseHead): void {
    this.count(exchange, STATUS_LINE_REST + head.reason.length);
    exchange.nowUs = nowUs;
    exchange.status = head.status;
    if (head.status === 101 && exchange.forward.upgrade !== null) {
      exchange.phase = Phase.TUNNEL;
      exchange.staysOpen = false;
      this.proxy.outbox.relayHead(exchange.id, this.transformed(exchange, head), false);
      this.proxy.outbox.tunnel(exchange.id);
      return;
    }
    exchange.backendKeepsOpen = head.keepAlive;
    if (this.isOverridden(exchange, head.status)) {
      exchange.phase = Phase.DISCARD;
      return;
    }
    exchange.phase = Phase.BODY;
    exchange.staysOpen = this.keepsAlive(exchange, head.status);
    this.proxy.outbox.relayHead(exchange.id, this.transformed(exchange, head), exchange.staysOpen);
  }

  body(exchange: Exchange, bytes: number): void {
    if (exchange.phase === Phase.DISCARD) return;
    this.count(exchange, bytes);
    this.proxy.outbox.relayBody(exchange.id, bytes);
  }

  end(nowUs: number, exchange: Exchange): void {
    (exchange.backend as BackendConnection).requests++;
    if (exchange.phase === Phase.DISCARD) {
      this.replace(nowUs, exchange);
      return;
    }
    this.proxy.outbox.relayEnd(exchange.id);
    this.finish(nowUs, exchange, exchange.status, exchange.backendKeepsOpen);
  }

  /** head, body and end at one instant. */
  answered(nowUs: number, exchange: Exchange, head: ResponseHead, bodyBytes: number): void {
    const { status } = head;
    if ((status === 101 && exchange.forward.upgrade !== null) || this.isOverridden(exchange, status)) {
      this.head(nowUs, exchange, head);
      if (exchange.phase === Phase.TUNNEL) return;
      this.end(nowUs, exchange);
      return;
    }
    this.count(exchange, STATUS_LINE_REST + head.reason.length + bodyBytes);
    exchange.nowUs = nowUs;
    exchange.status = status;
    exchange.staysOpen = this.keepsAlive(exchange, status);
    this.proxy.outbox.relay(exchange.id, this.transformed(exchange, head), bodyBytes, exchange.staysOpen);
    (exchange.backend as BackendConnection).requests++;
    this.finish(nowUs, exchange, status, head.keepAlive);
  }

  tunnelClosed(nowUs: number, exchange: Exchange): void {
    this.proxy.outbox.drop((exchange.connection as ClientConnection).id);
    this.finish(nowUs, exchange, exchange.status, false);
  }

  broken(nowUs: number, exchange: Exchange, phase: number, cause: number): void {
    if (cause === BreakCause.STALE) {
      this.handler.reconnect(exchange);
      return;
    }
    const backend = exchange.backend as BackendConnection;
    if (cause !== BreakCause.TIMEOUT) this.proxy.connections.lost(backend);
    if (phase === BreakPhase.BODY) this.brokenBody(nowUs, exchange);
    else this.brokenHead(nowUs, exchange, phase, cause);
  }

  /** The answer is cut off: the client connection ends with what was relayed. */
  private brokenBody(nowUs: number, exchange: Exchange): void {
    if (this.proxy.listener !== null) this.proxy.log(nowUs, "AH01110: error reading response");
    if (exchange.phase === Phase.DISCARD) {
      exchange.backendKeepsOpen = false;
      this.replace(nowUs, exchange);
      return;
    }
    exchange.staysOpen = false;
    this.proxy.outbox.drop((exchange.connection as ClientConnection).id);
    this.finish(nowUs, exchange, exchange.status, false);
  }

  /** No status line came. */
  private brokenHead(nowUs: number, exchange: Exchange, phase: number, cause: number): void {
    const balancer = exchange.balancer as Balancer;
    const connection = exchange.connection as ClientConnection;
    const timedOut = cause === BreakCause.TIMEOUT;
    if (this.proxy.listener !== null) {
      const { host, port } = balancer.members[exchange.member] as MemberConfig;
      this.proxy.log(nowUs, `AH01102: error reading status line from remote server ${host}:${port}`);
    }
    if (timedOut) exchange.timedOut = true;
    if (timedOut && phase === BreakPhase.CONTINUE) {
      exchange.proxyError = true;
      this.handler.release(nowUs, exchange, false);
      this.handler.unavailable(nowUs, exchange);
      return;
    }
    if (connection.keepalives > 0 && !timedOut) {
      // The client may repeat the request itself on a new connection: it gets no answer at all.
      exchange.staysOpen = false;
      this.proxy.outbox.drop(connection.id);
      const status = exchange.reused ? 200 : 500;
      if (status === 500 && balancer.config !== null) enterError(balancer, exchange.member, nowUs);
      this.finish(nowUs, exchange, status, false);
      return;
    }
    this.fail(nowUs, exchange, 502, "Error reading from remote server");
  }

  // ------------------------------------------------------------ the end

  /** The proxy answers with a page of its own; `note` is mod_proxy's reason. */
  fail(nowUs: number, exchange: Exchange, status: number, note: string | null): void {
    const ownTitle = note !== null || (status === 503 && exchange.proxyError);
    exchange.nowUs = nowUs;
    exchange.status = status;
    exchange.staysOpen = this.keepsAlive(exchange, status);
    const title = ownTitle ? PROXY_ERROR : reasonOf(status);
    const custom = this.documentOf(exchange, status);
    const { head, page } = custom?.answer ?? this.proxy.pages.error(status, title, note);
    const out = this.withHeaders(exchange, head, custom?.isContent !== true);
    this.proxy.outbox.reply(exchange.id, out, page, exchange.staysOpen);
    this.finish(nowUs, exchange, status, false);
  }

  /** The request is not let in: no member hears of it, and no balancer is blamed. */
  forbid(nowUs: number, exchange: Exchange): void {
    exchange.balancer = null;
    this.fail(nowUs, exchange, 403, null);
  }

  /** What ErrorDocument puts in the place of a page; null = nothing. */
  private documentOf(exchange: Exchange, status: number): CustomAnswer | null {
    return exchange.site.policy?.errorDocuments?.answerFor(status, exchange.route?.isAnswer === true) ?? null;
  }

  /** The server itself answers (file, handler, refusal); no member took part. */
  own(nowUs: number, exchange: Exchange): void {
    const own = exchange.route?.own as OwnAnswer;
    const { status } = own.head;
    const custom = status < 400 ? null : this.documentOf(exchange, status);
    const { head, page } = custom?.answer ?? own;
    exchange.nowUs = nowUs;
    exchange.status = head.status;
    exchange.staysOpen = this.keepsAlive(exchange, status);
    const out = this.withHeaders(exchange, head, head.status >= 300 && custom?.isContent !== true);
    this.proxy.outbox.reply(exchange.id, out, page, exchange.staysOpen);
    this.finish(nowUs, exchange, head.status, false);
  }

  /** ProxyErrorOverride: the member's answer is read and replaced by the proxy's page. */
  private replace(nowUs: number, exchange: Exchange): void {
    const { status } = exchange;
    exchange.staysOpen = this.keepsAlive(exchange, status);
    const custom = this.documentOf(exchange, status);
    const { head, page } = custom?.answer ?? this.proxy.pages.error(status);
    const out = this.withHeaders(exchange, head, custom?.isContent !== true);
    this.proxy.outbox.reply(exchange.id, out, page, exchange.staysOpen);
    this.finish(nowUs, exchange, status, exchange.backendKeepsOpen);
  }

  private isOverridden(exchange: Exchange, status: number): boolean {
    const override = exchange.site.config.errorOverride;
    if (override === null) return false;
    return override.length === 0 ? status >= 400 : override.includes(status);
  }

  /**
   * Everything is answered: failonstatus and failontimeout, the pool place, busy, the thread.
   * @param status what the client got, or the proxy's own error
   */
  private finish(nowUs: number, exchange: Exchange, status: number, keepsOpen: boolean): void {
    const { balancer } = exchange;
    if (balancer !== null) {
      if (balancer.config !== null && exchange.blames) {
        this.postRequest(nowUs, exchange, balancer, balancer.config, status);
      }
      this.handler.release(nowUs, exchange, keepsOpen);
      const { busy } = balancer.slots;
      for (let i = 0; i < exchange.triedCount; i++) {
        const m = exchange.tried[i] as number;
        busy[m] = (busy[m] as number) - 1;
      }
    }
    const connection = exchange.connection as ClientConnection;
    exchange.phase = Phase.NONE;
    exchange.triedCount = 0;
    exchange.what = null;
    if (exchange.staysOpen) connection.keepalives++;
    this.proxy.outbox.done(exchange.id);
    const { keepAliveTimeoutUs } = exchange.site.config;
    this.proxy.mpm.finished(nowUs, connection, exchange.staysOpen, keepAliveTimeoutUs);
  }

  /** failonstatus and failontimeout blame the member of the last attempt (7.3). */
  private postRequest(
    nowUs: number,
    exchange: Exchange,
    balancer: Balancer,
    config: BalancerConfig,
    status: number,
  ): void {
    if (config.failOnStatus.length > 0 && config.failOnStatus.includes(status)) {
      if (enterError(balancer, exchange.member, nowUs) && this.proxy.listener !== null) {
        this.proxy.log(
          nowUs,
          `AH01174: balancer://${balancer.name}: Forcing worker into error state due to status code ${status}`,
        );
      }
    }
    if (config.failOnTimeout && exchange.timedOut) {
      if (enterError(balancer, exchange.member, nowUs) && this.proxy.listener !== null) {
        this.proxy.log(nowUs, `AH02460: balancer://${balancer.name}: Forcing worker into error state due to timeout`);
      }
    }
  }

  // ------------------------------------------------------------ what the client sees

  private count(exchange: Exchange, bytes: number): void {
    const { read } = (exchange.balancer as Balancer).slots;
    read[exchange.member] = (read[exchange.member] as number) + bytes;
  }

  private transformed(exchange: Exchange, head: ResponseHead): ResponseHead {
    const { reverse } = exchange.site;
    const mapped = reverse === null ? head : reverse.apply(head, (exchange.what as NonNullable<Exchange["what"]>).host);
    return this.withHeaders(exchange, mapped, false);
  }

  private withHeaders(exchange: Exchange, head: ResponseHead, own: boolean): ResponseHead {
    const { headers } = exchange.site;
    const after = headers === null ? head : headers.applyToResponse(head, own, exchange);
    return exchange.extras === null ? after : exchange.extras.addTo(after);
  }

  private keepsAlive(exchange: Exchange, status: number): boolean {
    const connection = exchange.connection as ClientConnection;
    const { config } = exchange.site;
    const keepAlive =
      (exchange.what as NonNullable<Exchange["what"]>).keepAlive && mayKeepAlive(config, connection, status);
    exchange.keepalivesBefore = connection.keepalives;
    return keepAlive;
  }

  /** Connection and Keep-Alive as the answer to a request carried them. */
  connectionHeaders(exchange: Exchange): readonly Header[] {
    if (exchange.status === 0) return NO_HEADERS;
    return keepAliveHeaders(exchange.site.config, exchange.keepalivesBefore, exchange.staysOpen);
  }
}
