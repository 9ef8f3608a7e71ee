import type { ClientRequest } from "../../contract/http-message.ts";
import type { Outbox } from "../../contract/outbox.ts";
import type { MachineListener, RandomSource } from "../../contract/proxy-machine.ts";
import { Text } from "../../contract/text.ts";
import { SpareIds } from "../shared/spare-ids.ts";
import { timerId } from "../shared/timer-id.ts";
import { applyHeaders } from "./apply-headers.ts";
import { DecisionReport } from "./decision-report.ts";
import { type Exchange, Failure, Phase } from "./exchange.ts";
import type { Hosts } from "./hosts.ts";
import { inRange } from "./ip-range.ts";
import { anySetMatches } from "./match-request.ts";
import { expandPlaceholders } from "./placeholders.ts";
import type { ReadyProxy } from "./ready-proxy.ts";
import { RequestUrl } from "./request-url.ts";
import { TimerKind } from "./timer-kind.ts";
import type { BackendConnection } from "./transport-pool.ts";

/** No limit of silence: longer than any run. */
const FOR_EVER_US = 31_536_000_000_000;

/** Turns of the loop without a pause before each is given a millisecond: endless ones must let time pass. */
const FREE_TURNS = 1000;
const BUSY_TURN_US = 1000;

/** Who gives the answer when the loop is over. */
export interface Answerer {
  fail(nowUs: number, exchange: Exchange, status: number): void;
}

/** The loop over attempts of reverse_proxy (reverseproxy.go, ServeHTTP and tryAgain, Caddy 2.6.2; spec/caddy.md 2). */
export class ProxyHandler {
  listener: MachineListener | null = null;
  answerer!: Answerer;
  /** Exchange and member of each running attempt. */
  readonly exchangeOfAttempt: (Exchange | null)[] = [];
  readonly memberOfAttempt: number[] = [];
  /** Stays when the attempt is over: the outbox may still hold actions of it. */
  readonly requestOfAttempt: number[] = [];
  private readonly attempts = new SpareIds();
  private readonly outbox: Outbox;
  private readonly random: RandomSource;
  private readonly hosts: Hosts;
  private readonly hostTexts = new Map<string, Text>();

  constructor(outbox: Outbox, random: RandomSource, hosts: Hosts) {
    this.outbox = outbox;
    this.random = random;
    this.hosts = hosts;
  }

  /** Attempts until one is on its way, the request pauses, or the loop is over. */
  iterate(nowUs: number, exchange: Exchange): void {
    for (;;) {
      const upstream = this.select(nowUs, exchange);
      if (upstream >= 0) {
        this.attempt(nowUs, exchange, upstream);
        return;
      }
      if (exchange.failure === Failure.NONE) exchange.failure = Failure.NO_UPSTREAM;
      const pauseUs = this.tryAgain(nowUs, exchange);
      if (pauseUs !== 0) {
        this.pauseOrEnd(nowUs, exchange, pauseUs);
        return;
      }
      exchange.retries++;
    }
  }

  private select(nowUs: number, exchange: Exchange): number {
    const proxy = exchange.proxy as ReadyProxy;
    const report = this.listener?.decided === undefined ? null : new DecisionReport(proxy, exchange, nowUs);
    const upstream = proxy.policy.select(proxy.pool, exchange, this.random);
    const cookie = proxy.cookies[proxy.policy.setsCookieOf];
    if (cookie !== undefined) exchange.cookies.push(cookie);
    if (report !== null) this.listener?.decided?.(report.decided(upstream));
    return upstream;
  }

  /** Microseconds until the next attempt, -1 = the error is answered. */
  private tryAgain(nowUs: number, exchange: Exchange): number {
    const { config } = exchange.proxy as ReadyProxy;
    if (config.tryDurationUs === 0 && config.retries === 0) return -1;
    if (config.tryDurationUs > 0 && nowUs - exchange.startUs >= config.tryDurationUs) return -1;
    if (config.retries > 0 && exchange.retries >= config.retries) return -1;
    if (exchange.failure !== Failure.DIAL && !this.mayRepeat(exchange)) return -1;
    if (config.tryIntervalUs > 0) return config.tryIntervalUs;
    return exchange.retries < FREE_TURNS ? 0 : BUSY_TURN_US;
  }

  private mayRepeat(exchange: Exchange): boolean {
    const { retryMatch } = (exchange.proxy as ReadyProxy).config;
    const what = exchange.what as ClientRequest;
    if (retryMatch === null) return exchange.method === "GET";
    const { path, escapedPath, query } = new RequestUrl((exchange.target as Text).text);
    const { method, headers, remote } = exchange;
    const request = {
      method,
      path,
      escapedPath,
      query,
      host: what.host.text,
      cookie: what.cookie?.text ?? null,
      headers,
      remote,
    };
    return anySetMatches(retryMatch, request);
  }

  private pauseOrEnd(nowUs: number, exchange: Exchange, pauseUs: number): void {
    if (pauseUs > 0) {
      exchange.phase = Phase.PAUSE;
      this.outbox.setTimer(timerId(TimerKind.RETRY, exchange.id), pauseUs);
    } else this.answerer.fail(nowUs, exchange, statusOf(exchange.failure));
  }

  pauseOver(nowUs: number, exchange: Exchange): void {
    if (exchange.phase !== Phase.PAUSE) return;
    exchange.retries++;
    this.iterate(nowUs, exchange);
  }

  // ------------------------------------------------------------ one attempt

  private attempt(nowUs: number, exchange: Exchange, upstream: number): void {
    const proxy = exchange.proxy as ReadyProxy;
    const host = proxy.pool.host[upstream] as number;
    exchange.upstream = upstream;
    exchange.attempt = this.attempts.take();
    this.exchangeOfAttempt[exchange.attempt] = exchange;
    this.requestOfAttempt[exchange.attempt] = exchange.id;
    this.memberOfAttempt[exchange.attempt] = proxy.firstMember + upstream;
    exchange.ordinal++;
    exchange.attemptUs = nowUs;
    this.hosts.countRequest(nowUs, host, 1);
    const idle = proxy.transport.take(nowUs, host);
    exchange.reused = idle !== null;
    if (idle === null) this.connect(exchange, host);
    else {
      exchange.backend = idle;
      this.connected(nowUs, exchange);
    }
  }

  private connect(exchange: Exchange, host: number): void {
    const { transport, config } = exchange.proxy as ReadyProxy;
    exchange.reused = false;
    exchange.phase = Phase.CONNECT;
    exchange.backend = transport.open(host);
    this.outbox.connect(exchange.attempt, exchange.backend.id, host, config.transport.dialTimeoutUs);
  }

  /** A connection to the upstream stands. */
  connected(nowUs: number, exchange: Exchange): void {
    const { transport } = (exchange.proxy as ReadyProxy).config;
    const backend = exchange.backend as BackendConnection;
    exchange.phase = Phase.HEAD;
    this.fillForward(exchange);
    this.outbox.send(exchange.attempt, backend.id, transport.readTimeoutUs || FOR_EVER_US, exchange.forward);
    if (exchange.bodyGone && exchange.forward.bodyBytes > 0) {
      // The head is out when Go finds that the body can't be read any more: it closes the connection.
      this.closeBackend(exchange);
      this.failed(nowUs, exchange, Failure.BROKEN);
    } else if (transport.responseHeaderTimeoutUs > 0)
      this.outbox.setTimer(timerId(TimerKind.HEAD, exchange.id), transport.responseHeaderTimeoutUs);
  }

  private fillForward(exchange: Exchange): void {
    const { config, pool } = exchange.proxy as ReadyProxy;
    const what = exchange.what as ClientRequest;
    const { forward } = exchange;
    const dial = pool.dials[exchange.upstream] as string;
    const expand = (text: string): string => expandPlaceholders(text, exchange, dial);
    forward.method = exchange.method;
    forward.target = exchange.target as Text;
    forward.cookie = what.cookie;
    forward.host = what.host;
    forward.own = exchange.headers;
    forward.upgrade = what.upgrade;
    forward.bodyBytes = what.bodyBytes;
    forward.forwardedFor = exchange.remote;
    forward.forwardedHost = what.host.text;
    forward.trusted = config.trustedProxies.some((range) => inRange(exchange.remote, range));
    if (config.rewriteMethod !== "") forward.method = config.rewriteMethod.toUpperCase();
    if (config.rewriteMethod !== "" && (forward.method === "GET" || forward.method === "HEAD")) forward.bodyBytes = 0;
    if (config.rewriteUri !== "") {
      const url = new RequestUrl(forward.target.text);
      url.rewrite(config.rewriteUri);
      forward.target = new Text(expand(url.requestUri));
    }
    if (config.headersUp.length > 0) this.applyHeadersUp(exchange, expand);
    forward.measure();
  }

  private applyHeadersUp(exchange: Exchange, expand: (text: string) => string): void {
    const { forward } = exchange;
    const all = [...forward.own, { name: "Host", value: forward.host.text }];
    if (forward.cookie !== null) all.push({ name: "Cookie", value: forward.cookie.text });
    const after = applyHeaders((exchange.proxy as ReadyProxy).config.headersUp, all, expand);
    const lastOf = (name: string) => after.findLast((header) => header.name.toLowerCase() === name)?.value;
    const host = lastOf("host");
    if (host !== undefined && host !== forward.host.text) forward.host = this.hostText(host);
    const cookie = lastOf("cookie");
    if (cookie !== forward.cookie?.text) forward.cookie = cookie === undefined ? null : new Text(cookie);
    forward.own = after.filter(({ name }) => !/^(host|cookie)$/i.test(name));
  }

  private hostText(host: string): Text {
    const known = this.hostTexts.get(host) ?? new Text(host);
    this.hostTexts.set(host, known);
    return known;
  }

  // ------------------------------------------------------------ how it failed

  /** No connection: refused, reset, no name, or it took longer than dial_timeout. */
  dialFailed(nowUs: number, exchange: Exchange): void {
    if (exchange.backend !== null) exchange.backend.pool.lost(exchange.backend);
    exchange.backend = null;
    this.failed(nowUs, exchange, Failure.DIAL);
  }

  /** response_header_timeout. */
  headTimedOut(nowUs: number, exchange: Exchange): void {
    if (exchange.phase !== Phase.HEAD) return;
    this.closeBackend(exchange);
    this.failed(nowUs, exchange, Failure.TIMEOUT);
  }

  /** The upstream closed before its answer; Go repeats on a new connection what may safely be repeated. */
  brokenBeforeHead(nowUs: number, exchange: Exchange, timedOut: boolean): void {
    const { transport, pool } = exchange.proxy as ReadyProxy;
    this.outbox.cancelTimer(timerId(TimerKind.HEAD, exchange.id));
    if (exchange.backend !== null) {
      if (timedOut) transport.close(exchange.backend);
      else transport.lost(exchange.backend);
    }
    exchange.backend = null;
    const { method, bodyBytes } = exchange.forward;
    if (!timedOut && exchange.reused && bodyBytes === 0 && /^(GET|HEAD|OPTIONS|TRACE)$/.test(method))
      this.connect(exchange, pool.host[exchange.upstream] as number);
    else this.failed(nowUs, exchange, timedOut ? Failure.TIMEOUT : Failure.BROKEN);
  }

  private failed(nowUs: number, exchange: Exchange, failure: number): void {
    const proxy = exchange.proxy as ReadyProxy;
    const host = proxy.pool.host[exchange.upstream] as number;
    exchange.failure = failure;
    exchange.bodyGone = true;
    this.endAttempt(nowUs, exchange);
    proxy.fails.count(nowUs, host);
    if (this.listener?.logged !== undefined)
      this.listener.logged(nowUs, `http.log.error: ${FAILURE_WORDS[failure]}, upstream ${this.hosts.addresses[host]}`);
    const pauseUs = this.tryAgain(nowUs, exchange);
    if (pauseUs !== 0) {
      this.pauseOrEnd(nowUs, exchange, pauseUs);
      return;
    }
    exchange.retries++;
    this.iterate(nowUs, exchange);
  }

  /** Requests in flight and the attempt's id are given back. */
  endAttempt(nowUs: number, exchange: Exchange): void {
    if (exchange.attempt < 0) return;
    const { pool } = exchange.proxy as ReadyProxy;
    this.hosts.countRequest(nowUs, pool.host[exchange.upstream] as number, -1);
    this.exchangeOfAttempt[exchange.attempt] = null;
    this.attempts.give(exchange.attempt);
    exchange.attempt = -1;
  }

  closeBackend(exchange: Exchange): void {
    if (exchange.backend === null) return;
    exchange.backend.pool.close(exchange.backend);
    exchange.backend = null;
  }
}

const FAILURE_WORDS: readonly string[] = ["", "no upstreams available", "dial error", "connection broken", "timeout"];

/** Status of the last error (reverseproxy.go, statusError, Caddy 2.6.2). */
function statusOf(failure: number): number {
  return failure === Failure.NO_UPSTREAM ? 503 : failure === Failure.TIMEOUT ? 504 : 502;
}
