import { BreakCause, BreakPhase, ConnectFailure } from "../../contract/failure.ts";
import type { ResponseHead } from "../../contract/http-message.ts";
import type { NextUpstreamFlag } from "./config/location-config.ts";
import { reportDecision } from "./decision-report.ts";
import { type Exchange, Phase } from "./exchange.ts";
import { BUSY } from "./lbmethods/lb-method.ts";
import type { NginxServer } from "./nginx-server.ts";
import type { PeerLine } from "./peer-list.ts";
import { peerId, stickyCookie } from "./sticky.ts";
import { TimerKind, timerId } from "./timer-ids.ts";
import type { Upstream } from "./upstream.ts";
import type { BackendConnection } from "./upstream-connections.ts";

/** Why an attempt has failed: a value of proxy_next_upstream, or nobody to try. */
type Failure = NextUpstreamFlag | "nolive";

/** Statuses that proxy_next_upstream can name. */
const STATUS_FLAGS: Readonly<Record<number, NextUpstreamFlag>> = {
  403: "http_403",
  404: "http_404",
  429: "http_429",
  500: "http_500",
  502: "http_502",
  503: "http_503",
  504: "http_504",
};

/** What the client gets when no further attempt is made. */
const ANSWERS: Readonly<Record<Failure, number>> = {
  error: 502,
  timeout: 504,
  invalid_header: 502,
  non_idempotent: 502,
  http_403: 403,
  http_404: 404,
  http_429: 429,
  http_500: 500,
  http_502: 502,
  http_503: 503,
  http_504: 504,
  nolive: 502,
};

const NON_IDEMPOTENT = new Set(["POST", "LOCK", "PATCH"]);

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
  /** Requests in the queue of an upstream, by upstream (`queue`). */
  private readonly waiting = new Map<Upstream, Exchange[]>();

  constructor(server: NginxServer, owner: RequestOwner) {
    this.server = server;
    this.owner = owner;
  }

  start(nowUs: number, exchange: Exchange, upstream: Upstream): void {
    const { choice, location } = exchange;
    choice.begin(upstream);
    const { method, sticky } = upstream.config;
    if (method.kind === "hash") choice.key = this.server.variables.expand(method.key, exchange);
    else if (method.kind === "ip_hash") choice.key = exchange.remote;
    if (sticky !== null) choice.wanted = this.wanted(nowUs, exchange, upstream);
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
      this.server.listener?.logged?.(
        nowUs,
        `${this.server.config.workerConnections} worker_connections are not enough`,
      );
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
    const { upstream } = exchange.choice;
    const { queue } = upstream.config;
    const waiting = this.waiting.get(upstream) ?? [];
    if (queue !== null && waiting.length < queue.size && exchange.attempts === 0) {
      this.waiting.set(upstream, waiting);
      waiting.push(exchange);
      exchange.phase = Phase.QUEUE;
      this.server.outbox.setTimer(timerId(TimerKind.QUEUE, exchange.id), queue.timeoutUs);
      return;
    }
    this.server.listener?.logged?.(nowUs, "no live upstreams while connecting to upstream");
    exchange.upstreamAddresses.push(upstream.config.name);
    this.next(nowUs, exchange, "nolive");
  }

  /** The wait in the queue took too long: 502. */
  queueTimedOut(nowUs: number, exchange: Exchange): void {
    if (exchange.phase !== Phase.QUEUE) return;
    this.leaveQueue(exchange);
    this.owner.special(nowUs, exchange, 502);
  }

  leaveQueue(exchange: Exchange): void {
    const waiting = this.waiting.get(exchange.choice.upstream) ?? [];
    const at = waiting.indexOf(exchange);
    if (at >= 0) waiting.splice(at, 1);
    this.server.outbox.cancelTimer(timerId(TimerKind.QUEUE, exchange.id));
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
      this.server.outbox.relayHead(exchange.id, this.relayed(exchange, head), false);
      this.server.outbox.tunnel(exchange.id);
      return;
    }
    exchange.phase = Phase.BODY;
    exchange.staysOpen = this.owner.keepsOpen(nowUs, exchange);
    this.server.outbox.relayHead(exchange.id, this.relayed(exchange, head), exchange.staysOpen);
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
    this.server.outbox.relay(exchange.id, this.relayed(exchange, head), bodyBytes, exchange.staysOpen);
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
    if (exchange.phase === Phase.QUEUE) this.leaveQueue(exchange);
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

  private relayed(exchange: Exchange, head: ResponseHead): ResponseHead {
    const { choice, location } = exchange;
    const { sticky } = choice.upstream.config;
    let cookie = "";
    if (sticky?.kind === "cookie") {
      const expand = (template: (typeof sticky)["domain"]): string =>
        template === null ? "" : this.server.variables.expand(template, exchange);
      const texts = { domain: expand(sticky.domain), path: expand(sticky.path), samesite: expand(sticky.samesite) };
      cookie = stickyCookie(sticky, peerId(choice.list.lines[exchange.peer] as PeerLine), texts);
    }
    return this.server.relayPlan(location).head(exchange, head, cookie);
  }

  /** The answer is complete. */
  private complete(nowUs: number, exchange: Exchange): void {
    const { upstream } = exchange.choice;
    const backend = exchange.backend as BackendConnection;
    backend.requests++;
    const kept = backend.worker.kept[this.indexOf(upstream)] ?? null;
    exchange.backend = null;
    if (kept !== null && exchange.head?.keepAlive === true && this.server.forwardPlan(exchange.location).keepsOpen)
      kept.keep(nowUs, backend);
    else this.server.connections.close(backend);
    if (upstream.config.sticky?.kind === "learn") this.learn(nowUs, exchange);
    this.release(nowUs, exchange, false);
    this.owner.finished(nowUs, exchange);
  }

  // ------------------------------------------------------------ failing

  private next(nowUs: number, exchange: Exchange, failure: Failure): void {
    if (exchange.peer >= 0) this.release(nowUs, exchange, failure !== "http_403" && failure !== "http_404", false);
    // A kept connection that broke costs no attempt, not even where there is an only server (ngx_http_upstream_next).
    if (exchange.isReused && failure === "error") exchange.triesLeft++;
    exchange.isReused = false;
    if (failure !== "nolive" && exchange.upstreamStatuses.length < exchange.upstreamAddresses.length)
      exchange.upstreamStatuses.push(String(ANSWERS[failure]));
    if (failure === "nolive" || exchange.triesLeft === 0 || !this.mayGoOn(nowUs, exchange, failure))
      this.owner.special(nowUs, exchange, ANSWERS[failure]);
    else this.connect(nowUs, exchange);
  }

  /** Whether proxy_next_upstream and its timeout let a request go on after a failure of this kind. */
  private mayGoOn(nowUs: number, exchange: Exchange, failure: NextUpstreamFlag): boolean {
    const { nextUpstream, nextUpstreamTimeoutUs, requestBuffering } = exchange.location.settings;
    if (!nextUpstream.includes(failure)) return false;
    if (exchange.isSent && NON_IDEMPOTENT.has(exchange.method) && !nextUpstream.includes("non_idempotent"))
      return false;
    if (exchange.isSent && !requestBuffering && exchange.what.bodyBytes > 0) return false;
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
    if (this.waiting.size > 0) this.wakeWaiting(nowUs, choice.upstream);
  }

  private stateChanged(nowUs: number, member: number): void {
    this.server.listener?.memberChanged?.(nowUs, member, "");
  }

  /** A connection is free: the first in the queue tries again. */
  private wakeWaiting(nowUs: number, upstream: Upstream): void {
    const [first] = this.waiting.get(upstream) ?? [];
    if (first === undefined) return;
    const nowS = this.server.secondOf(nowUs);
    const { list } = first.choice;
    for (let p = 0; p < list.count; p++) {
      if (!first.choice.isEligible(p, nowS)) continue;
      this.leaveQueue(first);
      this.connect(nowUs, first);
      return;
    }
  }

  private closeBackend(exchange: Exchange): void {
    const { backend } = exchange;
    if (backend === null) return;
    exchange.backend = null;
    this.server.connections.close(backend);
  }

  // ------------------------------------------------------------ sticky

  private wanted(nowUs: number, exchange: Exchange, upstream: Upstream): string {
    const { sticky } = upstream.config;
    const { variables } = this.server;
    if (sticky === null) return "";
    if (sticky.kind === "cookie") return variables.value(`cookie_${sticky.name.toLowerCase()}`, exchange);
    if (sticky.kind === "route") return firstText(sticky.variables.map((each) => variables.expand(each, exchange)));
    const session = firstText(sticky.lookup.map((each) => variables.expand(each, exchange)));
    return session === "" ? "" : (this.server.learned[this.indexOf(upstream)]?.peerOf(nowUs, session) ?? "");
  }

  private learn(nowUs: number, exchange: Exchange): void {
    const { choice } = exchange;
    const { sticky } = choice.upstream.config;
    const learned = this.server.learned[this.indexOf(choice.upstream)] ?? null;
    if (sticky?.kind !== "learn" || learned === null) return;
    const expand = (templates: typeof sticky.create): string =>
      firstText(templates.map((each) => this.server.variables.expand(each, exchange)));
    const created = expand(sticky.create);
    const looked = expand(sticky.lookup);
    const session = created !== "" ? created : learned.peerOf(nowUs, looked) === "" ? "" : looked;
    if (session !== "") learned.learn(nowUs, session, peerId(choice.list.lines[exchange.peer] as PeerLine));
  }
}

function firstText(texts: readonly string[]): string {
  return texts.find((text) => text !== "") ?? "";
}

const sizes = new WeakMap<ResponseHead, number>();

/** Length of a head as it came, in bytes. */
function headBytes(head: ResponseHead): number {
  let bytes = sizes.get(head);
  if (bytes === undefined) {
    const line = (name: string, value: string): number => name.length + value.length + 4;
    bytes = "HTTP/1.1 200 \r\n\r\n".length + head.reason.length;
    for (const { name, value } of head.headers) bytes += line(name, value);
    for (const { text } of head.setCookies) bytes += line("Set-Cookie", text);
    if (head.location !== null) bytes += line("Location", head.location.text);
    sizes.set(head, bytes);
  }
  return bytes;
}
