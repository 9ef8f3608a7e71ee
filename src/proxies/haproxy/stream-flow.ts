import { ConnectFailure } from "../../contract/failure.ts";
import type { Outbox } from "../../contract/outbox.ts";
import { SpareIds } from "../shared/spare-ids.ts";
import { timerId } from "../shared/timer-id.ts";
import type { Backend } from "./backend.ts";
import type { BackendConnection, BackendConnections } from "./backend-connections.ts";
import type { ForwardForConfig } from "./config/haproxy-config.ts";
import type { Dispatched, Dispatcher } from "./dispatcher.ts";
import type { HealthChecks } from "./health-checks.ts";
import { ipv4Number } from "./ip-address.ts";
import { forwardedCookie } from "./persistence-cookie.ts";
import { type Server, ServerState } from "./server.ts";
import { Phase, type Stream } from "./stream.ts";
import { TimerKind } from "./timer-kind.ts";

/** No limit: longer than any run. */
const FOR_EVER_US = 31_536_000_000_000;
const TURN_AROUND_US = 1_000_000;

/** How a stream ends without an answer of a server. */
export interface StreamEnd {
  fail(nowUs: number, stream: Stream, status: number, code: string): void;
  /** The client has gone and nobody waits. */
  abandon(nowUs: number, stream: Stream): void;
}

/** Connects, retries and redispatches (src/backend.c, back_handle_st_*; src/stream.c, 2.6.12; spec/haproxy.md 9). */
export class StreamFlow implements Dispatched {
  end!: StreamEnd;
  readonly streamOfAttempt: (Stream | null)[] = [];
  /** These stay when the attempt is over: the outbox may still hold actions of it. */
  readonly requestOfAttempt: number[] = [];
  readonly memberOfAttempt: number[] = [];
  private readonly attempts = new SpareIds();
  private readonly outbox: Outbox;
  private readonly dispatcher: Dispatcher;
  private readonly links: BackendConnections;
  private readonly checks: HealthChecks;

  constructor(outbox: Outbox, dispatcher: Dispatcher, links: BackendConnections, checks: HealthChecks) {
    this.outbox = outbox;
    this.dispatcher = dispatcher;
    this.links = links;
    this.checks = checks;
  }

  /** Dispatched: a slot is held. */
  connect(nowUs: number, stream: Stream): void {
    const server = stream.server as Server;
    const { config } = server.backend;
    const attempt = this.attempts.take();
    this.streamOfAttempt[attempt] = stream;
    this.requestOfAttempt[attempt] = stream.id;
    this.memberOfAttempt[attempt] = server.member;
    stream.attempt = attempt;
    const idle = this.links.take(nowUs, server, stream.connection);
    if (idle !== null) {
      stream.link = idle;
      this.send(nowUs, stream);
      return;
    }
    stream.link = this.links.open(server);
    stream.phase = Phase.CONNECT;
    this.outbox.connect(attempt, stream.link.id, server.address, config.timeouts.connectUs ?? FOR_EVER_US);
  }

  /** Dispatched. */
  fail(nowUs: number, stream: Stream, status: number, code: string): void {
    this.end.fail(nowUs, stream, status, code);
  }

  connected(nowUs: number, stream: Stream): void {
    this.checks.connected(nowUs, stream.server as Server, true);
    if (stream.phase === Phase.CONNECT) this.send(nowUs, stream);
  }

  private send(nowUs: number, stream: Stream): void {
    const { server, link, forward, what } = stream;
    const { config } = (server as Server).backend;
    stream.connectError = "";
    stream.phase = Phase.HEAD;
    forward.method = stream.sentMethod;
    forward.target = stream.target;
    forward.host = stream.host;
    forward.cookie = forwardedCookie(stream, config.cookie);
    forward.headers = withForwardedFor(stream, config.forwardFor ?? stream.frontend.forwardFor);
    forward.bodyBytes = what.bodyBytes;
    forward.upgrade = what.upgrade;
    forward.measure();
    (link as BackendConnection).uses++;
    const { attempt } = stream;
    this.outbox.send(attempt, (link as BackendConnection).id, config.timeouts.serverUs ?? FOR_EVER_US, forward);
    if (stream.abortWhenSent) this.end.abandon(nowUs, stream);
  }

  connectFailed(nowUs: number, stream: Stream, failure: number): void {
    const server = stream.server as Server;
    const { config } = server.backend;
    this.links.lost(stream.link as BackendConnection);
    stream.link = null;
    this.endAttempt(stream);
    server.connectErrors++;
    const timedOut = failure === ConnectFailure.TIMEOUT;
    if (stream.connectError === "") stream.connectError = timedOut ? "sC" : "SC";
    this.checks.connected(nowUs, server, false);
    // The observed error may have taken the server down and its sessions with it.
    if (stream.server === null) return;
    if (stream.retriesLeft <= 0 || !config.retryOn.connFailure) {
      this.end.fail(nowUs, stream, 503, stream.connectError);
      return;
    }
    this.retry(nowUs, stream, !timedOut);
  }

  /** Once more, perhaps elsewhere; `waits` = after a turn-around when it stays. */
  retry(nowUs: number, stream: Stream, waits: boolean): void {
    const server = stream.server as Server;
    const { backend } = server;
    stream.retriesLeft--;
    stream.ordinal++;
    server.retries++;
    const elsewhere = this.isRedispatched(stream, server);
    stream.previous = server;
    if (elsewhere) {
      server.redispatches++;
      stream.assigned = false;
      stream.direct = false;
      stream.redispatched = true;
      if (stream.cookieFlag === "V") stream.cookieFlag = "D";
      this.dispatcher.release(nowUs, stream);
      stream.server = null;
    }
    if (waits && (!elsewhere || backend.usableActive <= 1)) {
      stream.phase = Phase.TURN_AROUND;
      this.outbox.setTimer(
        timerId(TimerKind.STREAM, stream.id),
        Math.min(TURN_AROUND_US, backend.config.timeouts.connectUs ?? TURN_AROUND_US),
      );
    } else this.again(nowUs, stream);
  }

  /** After the turn-around, or at once. */
  again(nowUs: number, stream: Stream): void {
    if (stream.assigned) this.connect(nowUs, stream);
    else this.dispatcher.dispatch(nowUs, stream, stream.previous);
  }

  /** `do_redispatch` (spec/haproxy.md 9, choose). */
  private isRedispatched(stream: Stream, server: Server): boolean {
    const { backend } = server;
    const { redispatch, retries } = backend.config;
    if (redispatch === null || stream.forcePersist) return false;
    // DOWN or in its slow start; one that is stopping (disable-on-404) still counts as running (cur_state < SRV_ST_RUNNING).
    if (server.state < ServerState.RUNNING) return true;
    const done = retries - stream.retriesLeft;
    if (redispatch > 0 && done % redispatch === 0) return true;
    if (redispatch < 0 && done % Math.max(1, retries + 1 + redispatch) === 0) return true;
    return !stream.direct && backend.usableActive > 1 && !backend.isHash;
  }

  /** The attempt is over, whatever it came to. */
  endAttempt(stream: Stream): void {
    if (stream.attempt < 0) return;
    this.streamOfAttempt[stream.attempt] = null;
    this.attempts.give(stream.attempt);
    stream.attempt = -1;
  }

  /** The connection to the server is closed, whatever runs on it. */
  closeLink(stream: Stream): void {
    if (stream.link !== null) this.links.close(stream.link);
    stream.link = null;
  }
}

/** `option forwardfor` (src/http_ana.c, http_process_request, 2.6.12). */
function withForwardedFor(stream: Stream, option: ForwardForConfig | null): Stream["headers"] {
  if (option === null) return stream.headers;
  const { except } = option;
  const address = ipv4Number(stream.source);
  if (except !== null && address !== null && (address & except.mask) >>> 0 === (except.address & except.mask) >>> 0)
    return stream.headers;
  const name = option.header;
  if (option.ifNone && stream.headers.some((header) => header.name.toLowerCase() === name.toLowerCase()))
    return stream.headers;
  return [...stream.headers, { name, value: stream.source }];
}

/** Retries of a backend for a new stream. */
export function retriesOf(backend: Backend): number {
  return Math.max(0, backend.config.retries);
}
