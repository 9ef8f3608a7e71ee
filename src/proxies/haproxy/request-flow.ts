import type { Outbox } from "../../contract/outbox.ts";
import { timerId } from "../shared/timer-id.ts";
import type { Backend } from "./backend.ts";
import type { BackendConnections } from "./backend-connections.ts";
import type { ClientConnection } from "./client-connection.ts";
import type { ClientFlow, RequestSink } from "./client-flow.ts";
import type { FrontendConfig } from "./config/haproxy-config.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { OwnAnswers } from "./own-answers.ts";
import { followCookie, mayPersist } from "./persistence-cookie.ts";
import type { ResponseFlow, StreamOwner } from "./response-flow.ts";
import { applyRequestRules, type RuleVerdict } from "./rules/request-rules.ts";
import { holds } from "./samples/condition.ts";
import type { ProxyFigures } from "./samples/fetch.ts";
import { formatText } from "./samples/format-text.ts";
import type { StickRules } from "./stick-rules.ts";
import { Phase, Stream } from "./stream.ts";
import { retriesOf } from "./stream-flow.ts";
import { TimerKind } from "./timer-kind.ts";

/** One request through frontend and backend up to the choice of a server (src/stream.c, 2.6.12; spec/haproxy.md 1). */
export class RequestFlow implements RequestSink, StreamOwner {
  private readonly streams: Stream[] = [];
  private readonly backends: readonly Backend[];
  private readonly clients: ClientFlow;
  private readonly dispatcher: Dispatcher;
  private readonly responses: ResponseFlow;
  private readonly answers: OwnAnswers;
  private readonly sticks: StickRules;
  private readonly outbox: Outbox;
  private readonly figures: ProxyFigures;
  private readonly links: BackendConnections;

  constructor(
    outbox: Outbox,
    backends: readonly Backend[],
    clients: ClientFlow,
    dispatcher: Dispatcher,
    responses: ResponseFlow,
    answers: OwnAnswers,
    sticks: StickRules,
    figures: ProxyFigures,
    links: BackendConnections,
  ) {
    this.links = links;
    this.outbox = outbox;
    this.backends = backends;
    this.clients = clients;
    this.dispatcher = dispatcher;
    this.responses = responses;
    this.answers = answers;
    this.sticks = sticks;
    this.figures = figures;
  }

  streamAt(request: number): Stream {
    for (let id = this.streams.length; id <= request; id++) this.streams.push(new Stream(id));
    return this.streams[request] as Stream;
  }

  begin(nowUs: number, connection: ClientConnection, request: number): void {
    const stream = this.streamAt(request);
    stream.begin(nowUs, connection, this.clients.whatOf(request));
    const { frontend } = stream;
    stream.abortWhenSent = connection.gone && frontend.abortOnClose;
    if (frontend.monitorUri !== null && stream.target.text === frontend.monitorUri) {
      this.monitor(nowUs, stream, frontend);
      return;
    }
    if (
      this.isAnswered(nowUs, stream, applyRequestRules(frontend.requestRules, frontend.redirects, stream, this.figures))
    )
      return;
    const backend = this.backendOf(stream, frontend);
    if (backend === null) {
      this.responses.fail(nowUs, stream, 503, "SC");
      return;
    }
    this.enter(nowUs, stream, backend);
  }

  private backendOf(stream: Stream, { useBackend, defaultBackend }: FrontendConfig): Backend | null {
    for (const { target, condition } of useBackend) {
      if (!holds(condition, stream, this.figures)) continue;
      if (typeof target === "number") return this.backends[target] ?? null;
      const name = formatText(target, stream, this.figures);
      const found = this.backends.find(({ config }) => config.name === name);
      if (found !== undefined) return found;
      // A name without a backend: the default one (src/frontend.c).
      break;
    }
    return defaultBackend === null ? null : (this.backends[defaultBackend] ?? null);
  }

  private enter(nowUs: number, stream: Stream, backend: Backend): void {
    const { config } = backend;
    stream.backend = backend;
    stream.retriesLeft = retriesOf(backend);
    backend.connections++;
    backend.sessions++;
    backend.maxSessions = Math.max(backend.maxSessions, backend.connections);
    if (config.connectionMode === "close") stream.staysOpen = false;
    // On the request as the frontend left it (src/stream.c, process_switching_rules): before the backend's own rules.
    const persist = config.persistRules.find(({ condition }) => holds(condition, stream, this.figures));
    stream.forcePersist = persist?.kind === "force";
    stream.ignorePersist = persist?.kind === "ignore";
    if (this.isAnswered(nowUs, stream, applyRequestRules(config.requestRules, config.redirects, stream, this.figures)))
      return;
    this.useServer(stream, backend);
    if (config.cookie !== null) followCookie(stream, config.cookie, backend.second);
    this.sticks.request(nowUs, stream, backend);
    this.dispatcher.dispatch(nowUs, stream, null);
  }

  private useServer(stream: Stream, backend: Backend): void {
    for (const rule of backend.config.useServer) {
      if (!holds(rule.condition, stream, this.figures)) continue;
      const wanted = rule.server;
      const server =
        typeof wanted === "number"
          ? backend.servers[wanted]
          : backend.servers.find(({ config }) => config.name === formatText(wanted, stream, this.figures));
      if (server === undefined || !mayPersist(stream, server)) continue;
      stream.server = server;
      stream.assigned = true;
      stream.direct = true;
      return;
    }
  }

  private monitor(nowUs: number, stream: Stream, { monitorFail }: FrontendConfig): void {
    const failed = monitorFail.some((condition) => holds(condition, stream, this.figures));
    const { head, page } = this.answers.error(failed ? 503 : 200, null);
    this.responses.reply(nowUs, stream, head, page, "LR");
  }

  /** Carries a verdict of the rules out; false = there is none. */
  private isAnswered(nowUs: number, stream: Stream, verdict: RuleVerdict): boolean {
    if (verdict === null) return false;
    switch (verdict.kind) {
      case "reject":
        this.responses.reject(nowUs, stream);
        break;
      case "tarpit":
        this.tarpit(nowUs, stream, verdict.status);
        break;
      case "auth":
        this.responses.fail(nowUs, stream, 401, "LR");
        break;
      default:
        this.responses.giveVerdict(nowUs, stream, verdict);
    }
    return true;
  }

  private tarpit(nowUs: number, stream: Stream, status: number): void {
    stream.phase = Phase.TARPIT;
    stream.tarpitStatus = status;
    const us = stream.backend?.config.timeouts.tarpitUs ?? stream.frontend.timeouts.tarpitUs;
    if (us === null) this.responses.fail(nowUs, stream, status, "PT");
    else this.outbox.setTimer(timerId(TimerKind.STREAM, stream.id), us);
  }

  /** StreamOwner. */
  finished(nowUs: number, stream: Stream): void {
    this.outbox.cancelTimer(timerId(TimerKind.STREAM, stream.id));
    this.clients.finished(nowUs, stream.connection, stream.staysOpen);
  }

  /** RequestSink: what a client that leaves ends depends on `option abortonclose` of the frontend half. */
  clientGone(nowUs: number, request: number): void {
    const stream = this.streamAt(request);
    if (stream.phase === Phase.NONE) return;
    if (stream.phase === Phase.BODY || stream.phase === Phase.TARPIT || stream.frontend.abortOnClose)
      this.responses.abandon(nowUs, stream);
  }

  /** RequestSink. */
  closed(connection: ClientConnection): void {
    this.links.clientClosed(connection);
  }

  timer(nowUs: number, request: number, again: (stream: Stream) => void): void {
    const stream = this.streamAt(request);
    if (stream.phase === Phase.QUEUE) this.responses.fail(nowUs, stream, 503, "sQ");
    else if (stream.phase === Phase.TARPIT) this.responses.fail(nowUs, stream, stream.tarpitStatus, "PT");
    else if (stream.phase === Phase.TURN_AROUND) again(stream);
  }
}
