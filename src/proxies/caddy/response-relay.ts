import { BreakCause, BreakPhase } from "../../contract/failure.ts";
import type { ResponseHead } from "../../contract/http-message.ts";
import type { Outbox } from "../../contract/outbox.ts";
import { Text } from "../../contract/text.ts";
import { timerId } from "../shared/timer-id.ts";
import { statusMatches } from "./active-health.ts";
import { applyHeaders } from "./apply-headers.ts";
import type { ClientConnections } from "./client-connections.ts";
import type { HeaderOperation, PassiveConfig, ResponseHandler } from "./config/caddy-config.ts";
import { type Exchange, Phase } from "./exchange.ts";
import type { OwnAnswers } from "./own-answers.ts";
import { expandPlaceholders } from "./placeholders.ts";
import type { Answerer, ProxyHandler } from "./proxy-handler.ts";
import type { ReadyProxy } from "./ready-proxy.ts";
import { TimerKind } from "./timer-kind.ts";

/** From an upstream that has the request to the client's answer (reverseproxy.go, reverseProxy and finalizeResponse, Caddy 2.6.2). */
export class ResponseRelay implements Answerer {
  private readonly outbox: Outbox;
  private readonly handler: ProxyHandler;
  private readonly answers: OwnAnswers;
  private readonly clients: ClientConnections;

  constructor(outbox: Outbox, handler: ProxyHandler, answers: OwnAnswers, clients: ClientConnections) {
    this.outbox = outbox;
    this.handler = handler;
    this.answers = answers;
    this.clients = clients;
  }

  head(nowUs: number, exchange: Exchange, head: ResponseHead): void {
    const response = this.judge(nowUs, exchange, head);
    if (head.status === 101 && exchange.forward.upgrade !== null) {
      exchange.phase = Phase.TUNNEL;
      exchange.staysOpen = false;
      this.outbox.relayHead(exchange.id, this.transformed(exchange, head, response), false);
      this.outbox.tunnel(exchange.id);
    } else if (response?.routes != null) exchange.phase = Phase.DISCARD;
    else {
      exchange.phase = Phase.BODY;
      this.outbox.relayHead(exchange.id, this.transformed(exchange, head, response), exchange.staysOpen);
    }
  }

  body(exchange: Exchange, bytes: number): void {
    if (exchange.phase !== Phase.DISCARD) this.outbox.relayBody(exchange.id, bytes);
  }

  end(nowUs: number, exchange: Exchange): void {
    this.release(nowUs, exchange);
    if (exchange.phase === Phase.DISCARD) this.own(nowUs, exchange, this.handledStatus(exchange), "", null);
    else {
      this.outbox.relayEnd(exchange.id);
      this.finish(nowUs, exchange);
    }
  }

  /** head, body and end at one instant. */
  answered(nowUs: number, exchange: Exchange, head: ResponseHead, bytes: number): void {
    const { responses } = (exchange.proxy as ReadyProxy).config;
    if (head.status === 101 || responses.length > 0) {
      this.head(nowUs, exchange, head);
      if (exchange.phase === Phase.TUNNEL) return;
      if (bytes > 0) this.body(exchange, bytes);
      this.end(nowUs, exchange);
      return;
    }
    this.judge(nowUs, exchange, head);
    this.outbox.relay(exchange.id, this.transformed(exchange, head, null), bytes, exchange.staysOpen);
    this.release(nowUs, exchange);
    this.finish(nowUs, exchange);
  }

  broken(nowUs: number, exchange: Exchange, phase: number, cause: number): void {
    if (phase !== BreakPhase.BODY) {
      this.handler.brokenBeforeHead(nowUs, exchange, cause === BreakCause.TIMEOUT);
      return;
    }
    // The answer is cut off: neither a failure of the upstream nor a reason to try again.
    if (cause === BreakCause.TIMEOUT) this.handler.closeBackend(exchange);
    else exchange.backend?.pool.lost(exchange.backend);
    exchange.backend = null;
    this.outbox.drop(exchange.connection);
    exchange.staysOpen = false;
    this.finish(nowUs, exchange);
  }

  tunnelClosed(nowUs: number, exchange: Exchange): void {
    exchange.backend?.pool.lost(exchange.backend);
    exchange.backend = null;
    this.outbox.drop(exchange.connection);
    this.finish(nowUs, exchange);
  }

  /** The client went away: neither a failure nor an answer (499 in Caddy's log). */
  cancel(nowUs: number, exchange: Exchange): void {
    if (exchange.phase === Phase.NONE) return;
    this.outbox.cancelTimer(timerId(TimerKind.RETRY, exchange.id));
    this.outbox.cancelTimer(timerId(TimerKind.HEAD, exchange.id));
    this.handler.closeBackend(exchange);
    exchange.staysOpen = false;
    this.finish(nowUs, exchange);
  }

  /** Answerer: the loop is over without an answer. */
  fail(nowUs: number, exchange: Exchange, status: number): void {
    this.own(nowUs, exchange, status, "", null);
  }

  /** Caddy answers by itself. */
  own(nowUs: number, exchange: Exchange, status: number, body: string, location: string | null): void {
    const head = this.withCookies(exchange, this.answers.head(status, location));
    const out = this.withOperations(exchange, head, exchange.responseHeaders);
    this.outbox.reply(exchange.id, out, this.answers.pageOf(body), exchange.staysOpen);
    this.finish(nowUs, exchange);
  }

  /** No answer at all. */
  abort(nowUs: number, exchange: Exchange): void {
    this.outbox.drop(exchange.connection);
    exchange.staysOpen = false;
    this.finish(nowUs, exchange);
  }

  // ------------------------------------------------------------ what an answer means

  /** Passive health and handle_response; answers who handles it, or null. */
  private judge(nowUs: number, exchange: Exchange, head: ResponseHead): ResponseHandler | null {
    const proxy = exchange.proxy as ReadyProxy;
    const { passive, transport, responses } = proxy.config;
    if (transport.responseHeaderTimeoutUs > 0) this.outbox.cancelTimer(timerId(TimerKind.HEAD, exchange.id));
    exchange.status = head.status;
    exchange.backendKeepsOpen = head.keepAlive;
    if (passive !== null) this.countBad(nowUs, exchange, proxy, passive);
    return responses.find((each) => isHandledBy(each, head)) ?? null;
  }

  /** A bad status and a slow head count one failure each; an answer can be both. */
  private countBad(nowUs: number, exchange: Exchange, proxy: ReadyProxy, passive: PassiveConfig): void {
    const host = proxy.pool.host[exchange.upstream] as number;
    if (passive.unhealthyStatus.some((wanted) => statusMatches(wanted, exchange.status)))
      proxy.fails.count(nowUs, host);
    const latencyUs = nowUs - exchange.attemptUs;
    if (passive.unhealthyLatencyUs > 0 && latencyUs >= passive.unhealthyLatencyUs) proxy.fails.count(nowUs, host);
  }

  private handledStatus(exchange: Exchange): number {
    const { responses } = (exchange.proxy as ReadyProxy).config;
    const routes = responses.find(
      ({ routes: own, statuses }) =>
        own !== null && (statuses.length === 0 || statuses.some((s) => statusMatches(s, exchange.status))),
    )?.routes;
    const respond = routes?.flatMap(({ handlers }) => handlers).find((handler) => handler.kind === "respond");
    return respond?.kind === "respond" ? respond.status : 200;
  }

  private transformed(exchange: Exchange, head: ResponseHead, response: ResponseHandler | null): ResponseHead {
    const { headersDown } = (exchange.proxy as ReadyProxy).config;
    let out = this.withOperations(exchange, head, headersDown);
    if (response !== null && response.status > 0) out = { ...out, status: response.status };
    out = this.withOperations(exchange, out, exchange.responseHeaders);
    return this.withCookies(exchange, out);
  }

  /** Cookies of the selection stand before those of the upstream. */
  private withCookies(exchange: Exchange, head: ResponseHead): ResponseHead {
    return exchange.cookies.length === 0 ? head : { ...head, setCookies: [...exchange.cookies, ...head.setCookies] };
  }

  private withOperations(exchange: Exchange, head: ResponseHead, operations: readonly HeaderOperation[]): ResponseHead {
    if (operations.length === 0) return head;
    const dial = exchange.proxy?.pool.dials[Math.max(0, exchange.upstream)] ?? "";
    const all = [
      ...head.headers,
      ...head.setCookies.map(({ text }) => ({ name: "Set-Cookie", value: text })),
      ...(head.location === null ? [] : [{ name: "Location", value: head.location.text }]),
    ];
    const after = applyHeaders(operations, all, (text) => expandPlaceholders(text, exchange, dial));
    const named = (name: string) => after.filter((header) => header.name.toLowerCase() === name);
    const location = named("location")[0]?.value;
    return {
      ...head,
      setCookies: named("set-cookie").map(
        ({ value }) => head.setCookies.find(({ text }) => text === value) ?? new Text(value),
      ),
      location: location === undefined ? null : location === head.location?.text ? head.location : new Text(location),
      headers: after.filter(({ name }) => !/^(set-cookie|location)$/i.test(name)),
    };
  }

  // ------------------------------------------------------------ the end

  private release(nowUs: number, exchange: Exchange): void {
    const { backend } = exchange;
    if (backend === null) return;
    exchange.backend = null;
    if (exchange.backendKeepsOpen) backend.pool.give(nowUs, backend);
    else backend.pool.close(backend);
  }

  private finish(nowUs: number, exchange: Exchange): void {
    this.handler.endAttempt(nowUs, exchange);
    exchange.phase = Phase.NONE;
    exchange.what = null;
    this.outbox.done(exchange.id);
    this.clients.finished(exchange.connection, exchange.staysOpen);
  }
}

function isHandledBy({ statuses, headers }: ResponseHandler, head: ResponseHead): boolean {
  if (statuses.length > 0 && !statuses.some((wanted) => statusMatches(wanted, head.status))) return false;
  return headers.every(({ name, values }) => {
    const own = head.headers.filter((header) => header.name.toLowerCase() === name.toLowerCase());
    return (
      own.length > 0 && (values.length === 0 || own.some(({ value }) => values.includes(value) || values.includes("*")))
    );
  });
}
