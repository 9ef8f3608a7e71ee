import { BreakCause, BreakPhase, ConnectFailure } from "../../contract/failure.ts";
import type { ResponseHead } from "../../contract/http-message.ts";
import { ANSWER_OF_FAILURE, type AttemptFailure, NON_IDEMPOTENT, STATUS_FLAGS } from "./attempt-failure.ts";
import type { NextUpstreamFlag } from "./config/location-config.ts";
import { reportDecision } from "./decision-report.ts";
import { type Exchange, Phase } from "./exchange.ts";
import { hashKey } from "./hash-key.ts";
import { headBytes } from "./head-bytes.ts";
import { BUSY } from "./lbmethods/lb-method.ts";
import type { NginxServer } from "./nginx-server.ts";
import { reasonOf } from "./own-pages.ts";
import type { PeerLine } from "./peer-list.ts";
import { SessionBinding } from "./session-binding.ts";
import type { Upstream } from "./upstream.ts";
import type { BackendConnection } from "./upstream-connections.ts";
import { UpstreamQueues } from "./upstream-queues.ts";

/** What a handled request goes back to. */
export interface RequestOwner {
  /** nginx answers by itself, perhaps with an error page. */
  special(nowUs: number, exchange: Exchange, status: number): void;
  /** The whole answer has been passed on, or will never be; `staysOpen` is decided. */
  finished(nowUs: number, exchange: Exchange): void;
  /** Whether the client's connection stays open after the answer that begins now. */
  keepsOpen(nowUs: number, exchange: Exchange): boolean;
}

/**
 * Attempts of a request on the servers of its upstream (spec/nginx.md section 3; nginx 1.22.1: ngx_http_upstream.c): choosing, connecting,
 * what counts as a failure, when another server is tried, and passing the answer on.
 */
export class UpstreamHandler {
  private readonly server: NginxServer;
  private readonly owner: RequestOwner;
  private readonly queues: UpstreamQueues;
  private readonly sessions: SessionBinding;

  constructor(server: NginxServer, owner: RequestOwner) {
    this.server = server;
    this.owner = owner;
    this.queues = new UpstreamQueues(server);
    this.sessions = new SessionBinding(server);
  }

  start(nowUs: number, exchange: Exchange, upstream: Upstream): void {
    const { choice, location } = exchange;
    choice.begin(upstream);
    const { method, sticky } = upstream.config;
    if (method.kind === "hash") choice.key = hashKey(this.server.variables, method.key, exchange);
    else if (method.kind === "ip_hash") choice.key = exchange.remote;
    if (sticky !== null) choice.wanted = this.sessions.wanted(nowUs, exchange, upstream);
    exchange.triesLeft = upstream.tries(location.settings.nextUpstreamTries);
    exchange.startedMs = Math.floor(nowUs / 1000);
    this.connect(nowUs, exchange);
  }

  // ------------------------------------------------------------ choosing and connecting

  private connect(nowUs: number, exchange: Exchange): void {
    const { choice } = exchange;
    const { upstream } = choice;
    const nowS = this.server.secondOf(nowUs);
    const report = this.server.listener?.decided === undefined ? null : reportDecision(exchange, nowUs, nowS);
    choice.attempts(Math.floor(nowUs / 1000));
    const peer = upstream.pick(choice, nowS, this.server.random);
    exchange.peer = peer;
    if (report !== null) this.server.listener?.decided?.(report(peer));
    if (peer === BUSY) {
      this.nobody(nowUs, exchange);
      return;
    }
    const { address } = choice.list.lines[peer] as PeerLine;
    const index = this.server.addressOf.get(address) as number;
    const { worker } = exchange.connection;
    exchange.attempts++;
    exchange.upstreamAddresses.push(address);
    const kept = worker.kept[this.indexOf(upstream)]?.take(index) ?? null;
    if (kept !== null) {
      exchange.backend = kept;
      exchange.isReused = true;
      this.send(exchange);
      return;
    }
    if (!worker.places.take()) {
      // The pick has been made, but the server is not to blame (appendix C.2).
      this.server.logFull(nowUs);
      this.release(nowUs, exchange, false);
      this.owner.special(nowUs, exchange, 500);
      return;
    }
    exchange.isReused = false;
    exchange.phase = Phase.CONNECT;
    exchange.backend = this.server.connections.open(nowUs, worker, index);
    this.server.outbox.connect(exchange.id, exchange.backend.id, index, exchange.location.settings.connectTimeoutUs);
  }

  private indexOf(upstream: Upstream): number {
    return this.server.config.upstreams.indexOf(upstream.config);
  }

  /** No server can be chosen: a place in the queue, if there is one, else "no live upstreams". */
  private nobody(nowUs: number, exchange: Exchange): void {
    if (exchange.attempts === 0 && this.queues.enter(nowUs, exchange)) return;
    this.server.listener?.logged?.(nowUs, "no live upstreams while connecting to upstream");
    exchange.upstreamAddresses.push(exchange.choice.upstream.config.name);
    this.next(nowUs, exchange, "nolive");
  }

  /** The wait in the queue took too long: 502. */
  queueTimedOut(nowUs: number, exchange: Exchange): void {
    if (exchange.phase !== Phase.QUEUE) return;
    this.queues.leave(exchange);
    this.owner.special(nowUs, exchange, 502);
  }

  /** A server may have become available: those who wait for one try again. */
  wakeQueues(nowUs: number): void {
    for (const exchange of this.queues.woken(nowUs)) this.connect(nowUs, exchange);
  }

  attemptConnected(exchange: Exchange): void {
    this.send(exchange);
  }

  attemptFailed(nowUs: number, exchange: Exchange, failure: number): void {
    if (exchange.backend !== null) this.server.connections.lost(exchange.backend);
    exchange.backend = null;
    this.next(nowUs, exchange, failure === ConnectFailure.TIMEOUT ? "timeout" : "error");
  }

  private send(exchange: Exchange): void {
    const { location } = exchange;
    this.server.forwardPlan(location).fill(exchange);
    exchange.phase = Phase.HEAD;
    exchange.isSent = true;
    const { id } = exchange.backend as BackendConnection;
    this.server.outbox.send(exchange.id, id, location.settings.readTimeoutUs, exchange.forward);
  }

  // ------------------------------------------------------------ the answer

  head(nowUs: number, exchange: Exchange, head: ResponseHead): void {
    if (!this.accepts(nowUs, exchange, head)) return;
    if (head.status === 101 && exchange.forward.upgrade !== null) {
      exchange.phase = Phase.TUNNEL;
      exchange.staysOpen = false;
      this.server.outbox.relayHead(exchange.id, this.relayed(nowUs, exchange, head), false);
      this.server.outbox.tunnel(exchange.id);
      return;
    }
    exchange.phase = Phase.BODY;
    exchange.staysOpen = this.owner.keepsOpen(nowUs, exchange);
    this.server.outbox.relayHead(exchange.id, this.relayed(nowUs, exchange, head), exchange.staysOpen);
  }

  body(exchange: Exchange, bytes: number): void {
    if (exchange.phase === Phase.BODY) this.server.outbox.relayBody(exchange.id, bytes);
  }

  end(nowUs: number, exchange: Exchange): void {
    if (exchange.phase !== Phase.BODY) return;
    this.server.outbox.relayEnd(exchange.id);
    this.complete(nowUs, exchange);
  }

  answered(nowUs: number, exchange: Exchange, head: ResponseHead, bodyBytes: number): void {
    if (head.status === 101 && exchange.forward.upgrade !== null) {
      this.head(nowUs, exchange, head);
      return;
    }
    if (!this.accepts(nowUs, exchange, head)) return;
    exchange.staysOpen = this.owner.keepsOpen(nowUs, exchange);
    this.server.outbox.relay(exchange.id, this.relayed(nowUs, exchange, head), bodyBytes, exchange.staysOpen);
    this.complete(nowUs, exchange);
  }

  tunnelClosed(nowUs: number, exchange: Exchange): void {
    this.server.outbox.drop(exchange.connection.id);
    this.closeBackend(exchange);
    this.release(nowUs, exchange, false);
    this.owner.finished(nowUs, exchange);
  }

  broken(nowUs: number, exchange: Exchange, phase: number, cause: number): void {
    if (cause === BreakCause.TIMEOUT) this.closeBackend(exchange);
    else if (exchange.backend !== null) {
      this.server.connections.lost(exchange.backend);
      exchange.backend = null;
    }
    if (phase !== BreakPhase.BODY) {
      this.next(nowUs, exchange, cause === BreakCause.TIMEOUT ? "timeout" : "error");
      return;
    }
    // After the head nothing is a failure of the server; the client's connection ends with what was passed on.
    exchange.staysOpen = false;
    this.server.outbox.drop(exchange.connection.id);
    this.release(nowUs, exchange, false);
    this.owner.finished(nowUs, exchange);
  }

  /** The client has gone: the server's connection is closed too, and the server is not to blame (499). */
  abort(nowUs: number, exchange: Exchange): void {
    if (exchange.phase === Phase.QUEUE) this.queues.leave(exchange);
    else {
      this.closeBackend(exchange);
      this.release(nowUs, exchange, false);
    }
    exchange.staysOpen = false;
    this.owner.finished(nowUs, exchange);
  }

  /** Whether the answer is the one for the client; else another server or nginx's own page has taken its place. */
  private accepts(nowUs: number, exchange: Exchange, head: ResponseHead): boolean {
    const { settings } = exchange.location;
    const nowMs = Math.floor(nowUs / 1000);
    exchange.choice.headMs = nowMs - exchange.choice.startedMs;
    exchange.choice.upstream.method.headCame?.(exchange.choice, exchange.peer, nowMs);
    exchange.upstreamStatuses.push(String(head.status));
    if (headBytes(head) > settings.bufferSizeBytes) {
      this.closeBackend(exchange);
      this.next(nowUs, exchange, "invalid_header");
      return false;
    }
    exchange.head = head;
    if (head.status >= 300) {
      const flag = STATUS_FLAGS[head.status];
      if (flag !== undefined && exchange.triesLeft > 1 && this.mayGoOn(nowUs, exchange, flag)) {
        this.closeBackend(exchange);
        this.next(nowUs, exchange, flag);
        return false;
      }
      if (settings.interceptErrors && settings.errorPages.some(({ statuses }) => statuses.includes(head.status))) {
        this.closeBackend(exchange);
        this.release(nowUs, exchange, false);
        this.owner.special(nowUs, exchange, head.status);
        return false;
      }
    }
    return true;
  }

  private relayed(nowUs: number, exchange: Exchange, head: ResponseHead): ResponseHead {
    let cookie = "";
    if (exchange.choice.upstream.config.sticky !== null) {
      this.sessions.headCame(nowUs, exchange);
      cookie = this.sessions.cookie(exchange);
    }
    const out = this.server.relayPlan(exchange.location).head(exchange, head, cookie);
    // An error page that a server makes has the status of the error (ngx_http_send_header), unless error_page says "=".
    const status = exchange.statusOverride;
    return status === 0 ? out : { ...out, status, reason: reasonOf(status) };
  }

  /** The answer is complete. */
  private complete(nowUs: number, exchange: Exchange): void {
    const { upstream } = exchange.choice;
    const backend = exchange.backend as BackendConnection;
    backend.requests++;
    const kept = backend.worker.kept[this.indexOf(upstream)] ?? null;
    exchange.backend = null;
    if (
      kept !== null &&
      exchange.head?.keepAlive === true &&
      this.server.forwardPlan(exchange.location).keepsOpen(exchange)
    )
      kept.keep(nowUs, backend);
    else this.server.connections.close(backend);
    if (upstream.config.sticky !== null) this.sessions.completed(nowUs, exchange);
    this.release(nowUs, exchange, false);
    this.owner.finished(nowUs, exchange);
  }

  // ------------------------------------------------------------ failing

  private next(nowUs: number, exchange: Exchange, failure: AttemptFailure): void {
    if (exchange.peer >= 0) this.release(nowUs, exchange, failure !== "http_403" && failure !== "http_404", false);
    // A kept connection that broke costs no attempt, not even where there is an only server (ngx_http_upstream_next).
    if (exchange.isReused && failure === "error") exchange.triesLeft++;
    exchange.isReused = false;
    if (failure !== "nolive" && exchange.upstreamStatuses.length < exchange.upstreamAddresses.length)
      exchange.upstreamStatuses.push(String(ANSWER_OF_FAILURE[failure]));
    if (failure === "nolive" || exchange.triesLeft === 0 || !this.mayGoOn(nowUs, exchange, failure))
      this.owner.special(nowUs, exchange, ANSWER_OF_FAILURE[failure]);
    else this.connect(nowUs, exchange);
  }

  /** Whether proxy_next_upstream and its timeout let a request go on after a failure of this kind. */
  private mayGoOn(nowUs: number, exchange: Exchange, failure: NextUpstreamFlag): boolean {
    const { nextUpstream, nextUpstreamTimeoutUs } = exchange.location.settings;
    if (!nextUpstream.includes(failure)) return false;
    if (exchange.isSent && NON_IDEMPOTENT.has(exchange.method) && !nextUpstream.includes("non_idempotent"))
      return false;
    if (exchange.isSent && isUnbuffered(exchange)) return false;
    const elapsedMs = Math.floor(nowUs / 1000) - exchange.startedMs;
    return nextUpstreamTimeoutUs === 0 || elapsedMs * 1000 < nextUpstreamTimeoutUs;
  }

  /** The attempt gives its peer back (1.3). */
  private release(nowUs: number, exchange: Exchange, failed: boolean, isSuccess = !failed): void {
    const { choice, peer } = exchange;
    if (peer < 0) return;
    exchange.peer = -1;
    const { list } = choice;
    const nowS = this.server.secondOf(nowUs);
    const wasBanned = list.isBanned(peer, nowS);
    const nowMs = Math.floor(nowUs / 1000);
    const wasOut = (list.fails[peer] as number) >= (list.maxFails[peer] as number) && (list.fails[peer] as number) > 0;
    list.released(peer, nowS, failed);
    if (wasOut && list.fails[peer] === 0) list.slowStarts.begin(peer, nowMs);
    choice.upstream.method.released?.(choice, peer, nowMs, isSuccess);
    if (list.single) exchange.triesLeft = 0;
    else if (exchange.triesLeft > 0) exchange.triesLeft--;
    if (list.isBanned(peer, nowS) !== wasBanned) this.stateChanged(nowUs, (list.lines[peer] as PeerLine).member);
    if (choice.upstream.config.queue !== null) this.wakeQueues(nowUs);
  }

  private stateChanged(nowUs: number, member: number): void {
    this.server.listener?.memberChanged?.(nowUs, member, "");
  }

  private closeBackend(exchange: Exchange): void {
    const { backend } = exchange;
    if (backend === null) return;
    exchange.backend = null;
    this.server.connections.close(backend);
  }
}

/**
 * Whether a body went on to the server without being kept. One that fits the buffer and is there whole is kept even with
 * `proxy_request_buffering off` (ngx_http_read_client_request_body: client_body_buffer_size and a quarter more when its
 * length is known).
 */
function isUnbuffered({ what, location }: Exchange): boolean {
  const { requestBuffering, bodyBufferBytes } = location.settings;
  return !requestBuffering && what.bodyBytes >= bodyBufferBytes + Math.floor(bodyBufferBytes / 4);
}
