import { BreakCause, BreakPhase, ConnectFailure } from "../contract/failure.ts";
import type { ForwardedRequest, ResponseHead } from "../contract/http-message.ts";
import type { EventQueue } from "../engine/event-queue.ts";
import { invariant } from "../engine/invariant.ts";
import { TimerLanes } from "../engine/timer-lanes.ts";
import { Accept, type BackendSide } from "../model/sides.ts";
import { type BackendLinks, ExchangeState, LinkState } from "./backend-links.ts";
import { type ClientLinks, synRetryDelayUs } from "./client-links.ts";
import type { DriveListener } from "./drive-listener.ts";
import { EventKind, Priority } from "./event-order.ts";
import type { Hub } from "./hub.ts";
import { Message, type Messages } from "./messages.ts";
import { SilenceDeadlines } from "./silence-deadlines.ts";

const NOTHING = -1;

export interface BackendPortOptions {
  readonly backends: BackendSide;
  readonly listener: DriveListener;
  readonly backendOfAddress: readonly number[];
  readonly sentBytes?: (request: number) => number;
}

/**
 * The proxy's back: opens connections, sends requests, keeps their deadlines, and tells the machine what the
 * backends do.
 */
export class BackendPort {
  readonly connectDeadlines: TimerLanes;
  readonly silences: SilenceDeadlines;
  private readonly hub: Hub;
  private readonly links: BackendLinks;
  private readonly clientLinks: ClientLinks;
  private readonly backends: BackendSide;
  private readonly messages: Messages;
  private readonly listener: DriveListener;
  private readonly backendOfAddress: readonly number[];
  private readonly sentBytes: ((request: number) => number) | undefined;
  /** Requests whose connections are switched to another protocol. */
  private readonly tunnels = new Set<number>();

  constructor(
    hub: Hub,
    queue: EventQueue,
    links: BackendLinks,
    clientLinks: ClientLinks,
    messages: Messages,
    options: BackendPortOptions,
  ) {
    this.hub = hub;
    this.links = links;
    this.clientLinks = clientLinks;
    this.messages = messages;
    this.backends = options.backends;
    this.listener = options.listener;
    this.backendOfAddress = options.backendOfAddress;
    this.sentBytes = options.sentBytes;
    this.connectDeadlines = new TimerLanes(queue, EventKind.CONNECT_DEADLINE, Priority.TIMEOUT);
    this.silences = new SilenceDeadlines(queue, links);
  }

  /** A connect took longer than the proxy waits. */
  connectTimedOut(link: number): void {
    this.links.linkDeadline[link] = NOTHING;
    this.connectFailed(link, ConnectFailure.TIMEOUT);
  }

  silent(exchange: number): void {
    const { links } = this;
    links.deadline[exchange] = NOTHING;
    this.endAttempt(exchange, 0, 100 + BreakCause.TIMEOUT);
    const attempt = links.exchangeAttempt[exchange] as number;
    this.hub.machine.broken(this.hub.nowUs, attempt, links.phase[exchange] as number, BreakCause.TIMEOUT);
    this.hub.carryOut();
  }

  connect(attempt: number, connection: number, address: number, timeoutUs: number): void {
    const { links } = this;
    const backend = this.backendOfAddress[address] as number;
    const link = links.openLink(backend, connection, attempt);
    const request = this.hub.machine.requestOfAttempt(attempt);
    this.listener.attemptStarted(this.hub.nowUs, request, attempt, this.hub.machine.memberOfAttempt(attempt), address);
    if (backend < 0) {
      links.failConnect(link, ConnectFailure.DNS);
      return;
    }
    links.linkDeadline[link] = this.connectDeadlines.start(this.connectDeadlines.lane(timeoutUs), this.hub.nowUs, link);
    links.postToBackend(Message.BACKEND_SYN, backend, link, links.generation[link] as number);
  }

  send(attempt: number, connection: number, silenceUs: number, what: ForwardedRequest): void {
    const { links } = this;
    const link = links.linkOf(connection);
    invariant(link >= 0, "a request is sent on a connection that stands");
    const running = links.exchange[link] as number;
    if (running >= 0) {
      // The body follows the head that was sent before.
      this.silences.stop(running);
      this.silences.start(this.hub.nowUs, running, silenceUs);
      links.phase[running] = BreakPhase.HEAD;
      this.hub.machine.requestSent(this.hub.nowUs, attempt, what.bodyBytes);
      links.postToBackend(
        Message.BACKEND_BODY,
        links.backend[link] as number,
        running,
        links.exchangeGeneration[running] as number,
      );
      return;
    }
    const request = this.hub.machine.requestOfAttempt(attempt);
    const backend = links.backend[link] as number;
    if (links.attempt[link] !== attempt)
      this.listener.attemptStarted(
        this.hub.nowUs,
        request,
        attempt,
        this.hub.machine.memberOfAttempt(attempt),
        this.addressOf(attempt),
      );
    links.attempt[link] = NOTHING;
    const exchange = links.openExchange(link, attempt, request, what);
    this.silences.start(this.hub.nowUs, exchange, silenceUs);
    const bytes =
      this.sentBytes === undefined
        ? what.headBytes + (what.expectContinue ? 0 : what.bodyBytes)
        : this.sentBytes(request);
    this.hub.machine.requestSent(this.hub.nowUs, attempt, bytes);
    links.postToBackend(Message.BACKEND_REQUEST, backend, exchange, links.exchangeGeneration[exchange] as number);
  }

  private addressOf(attempt: number): number {
    const member = this.hub.machine.members[this.hub.machine.memberOfAttempt(attempt)];
    return member === undefined ? NOTHING : member.address;
  }

  closeBackend(connection: number): void {
    const { links } = this;
    const link = links.linkOf(connection);
    if (link < 0) return;
    links.linkOfConnection[connection] = NOTHING;
    const backend = links.backend[link] as number;
    const wasConnecting = links.state[link] === LinkState.CONNECTING;
    links.state[link] = LinkState.CLOSING;
    if (wasConnecting) {
      this.stopConnectDeadline(link);
      links.freeLink(link);
      return;
    }
    const exchange = links.exchange[link] as number;
    if (exchange >= 0) {
      this.silences.stop(exchange);
      links.exchangeState[exchange] = ExchangeState.ABANDONED;
      links.postToBackend(Message.ABANDONED, backend, exchange, links.exchangeGeneration[exchange] as number);
    } else links.postToBackend(Message.CONNECTION_CLOSED, backend, link, links.generation[link] as number);
  }

  private stopConnectDeadline(link: number): void {
    const handle = this.links.linkDeadline[link] as number;
    if (handle < 0) return;
    this.connectDeadlines.cancel(handle);
    this.links.linkDeadline[link] = NOTHING;
  }

  openTunnel(request: number): void {
    this.tunnels.add(request);
  }

  closeTunnelOf(connection: number): void {
    const { links } = this;
    if (this.tunnels.size === 0) return;
    for (const request of this.tunnels) {
      if (this.clientLinks.requestConnection[request] !== connection) continue;
      this.tunnels.delete(request);
      const exchange = links.exchangeRequest.findIndex(
        (of, id) => of === request && links.exchangeState[id] === ExchangeState.RUNNING,
      );
      if (exchange < 0) return;
      links.postToBackend(
        Message.BACKEND_TUNNEL_CLOSED,
        links.backend[links.exchangeLink[exchange] as number] as number,
        exchange,
        links.exchangeGeneration[exchange] as number,
      );
      this.silences.stop(exchange);
      this.endAttempt(exchange, 101, 0);
      this.hub.machine.tunnelClosed(this.hub.nowUs, links.exchangeAttempt[exchange] as number);
      this.hub.carryOut();
      return;
    }
  }

  deliverToBackend(type: number, a: number, generation: number, c: number): void {
    const { links } = this;
    if (type === Message.BACKEND_SYN || type === Message.CONNECTION_CLOSED) {
      if (links.generation[a] !== generation) return;
      if (type === Message.BACKEND_SYN) this.backendSyn(a, c);
      else {
        this.backends.connectionClosed(this.hub.nowUs, a);
        links.freeLink(a);
      }
      return;
    }
    if (links.exchangeGeneration[a] !== generation) return;
    const link = links.exchangeLink[a] as number;
    if (type === Message.BACKEND_REQUEST) {
      if (links.exchangeState[a] !== ExchangeState.RUNNING) return;
      const request = links.exchangeRequest[a] as number;
      this.listener.attemptReached(this.hub.nowUs, request, links.exchangeAttempt[a] as number);
      this.backends.request(
        this.hub.nowUs,
        links.backend[link] as number,
        link,
        a,
        request,
        links.what[a] as ForwardedRequest,
      );
    } else if (type === Message.BACKEND_BODY) this.backends.bodyFollows(this.hub.nowUs, a);
    else if (type === Message.BACKEND_TUNNEL_CLOSED) this.backends.tunnelClosed(this.hub.nowUs, a);
    else {
      this.backends.abandoned(this.hub.nowUs, a);
      links.freeExchange(a);
      links.freeLink(link);
    }
  }

  private backendSyn(link: number, repeated: number): void {
    const { links } = this;
    if (links.state[link] !== LinkState.CONNECTING) return;
    const backend = links.backend[link] as number;
    const generation = links.generation[link] as number;
    switch (this.backends.connect(this.hub.nowUs, backend, link)) {
      case Accept.ACCEPTED:
        this.messages.post(
          this.hub.nowUs,
          links.latencyUs(backend),
          Priority.ANSWER,
          Message.CONNECTED,
          link,
          generation,
        );
        break;
      case Accept.REFUSED:
        links.failConnect(link, ConnectFailure.REFUSED);
        break;
      case Accept.NO_NAME:
        links.failConnect(link, ConnectFailure.DNS);
        break;
      default:
        this.messages.post(
          this.hub.nowUs,
          synRetryDelayUs(repeated),
          Priority.ARRIVAL,
          Message.BACKEND_SYN,
          link,
          generation,
          repeated + 1,
        );
    }
  }

  deliverFromBackend(type: number, a: number, b: number, c: number, amount: number, ref: ResponseHead | null): void {
    const { links } = this;
    switch (type) {
      case Message.CONNECTED:
        if (links.generation[a] === b && links.state[a] === LinkState.CONNECTING) this.connected(a);
        return;
      case Message.CONNECT_FAILED:
        if (links.generation[a] === b && links.state[a] === LinkState.CONNECTING) this.connectFailed(a, c);
        return;
      case Message.IDLE_CLOSED:
        if (links.generation[a] === b && links.state[a] === LinkState.OPEN) this.idleClosed(a);
        return;
      default:
        if (links.exchangeGeneration[a] !== b || links.exchangeState[a] !== ExchangeState.RUNNING) return;
        this.exchangeEvent(type, a, c, amount, ref);
    }
  }

  private connected(link: number): void {
    const { links } = this;
    this.stopConnectDeadline(link);
    links.state[link] = LinkState.OPEN;
    this.hub.machine.attemptConnected(this.hub.nowUs, links.attempt[link] as number);
    this.hub.carryOut();
  }

  private connectFailed(link: number, failure: number): void {
    const { links } = this;
    this.stopConnectDeadline(link);
    const attempt = links.attempt[link] as number;
    links.freeLink(link);
    this.listener.attemptEnded(this.hub.nowUs, this.hub.machine.requestOfAttempt(attempt), attempt, 0, failure, 0);
    this.hub.machine.attemptFailed(this.hub.nowUs, attempt, failure);
    this.hub.carryOut();
  }

  private idleClosed(link: number): void {
    const { links } = this;
    const exchange = links.exchange[link] as number;
    if (exchange >= 0) {
      // The close crossed a request on its way: the proxy finds the connection dead.
      this.exchangeEvent(Message.BROKEN, exchange, BreakCause.STALE, 0, null);
      return;
    }
    const connection = links.connection[link] as number;
    links.freeLink(link);
    this.hub.machine.idleConnectionClosed(this.hub.nowUs, connection);
    this.hub.carryOut();
  }

  private exchangeEvent(type: number, exchange: number, c: number, amount: number, ref: ResponseHead | null): void {
    const { links } = this;
    const attempt = links.exchangeAttempt[exchange] as number;
    const nowUs = this.hub.nowUs;
    this.silences.stop(exchange);
    switch (type) {
      case Message.BACKEND_ANSWER: {
        const head = ref as ResponseHead;
        links.exchangeBytes[exchange] = amount;
        this.endAttempt(exchange, head.status, 0);
        links.freeExchange(exchange);
        this.hub.machine.answered(nowUs, attempt, head, amount);
        break;
      }
      case Message.BACKEND_END:
        this.endAttempt(exchange, links.exchangeStatus[exchange] as number, 0);
        links.freeExchange(exchange);
        this.hub.machine.end(nowUs, attempt);
        break;
      case Message.BROKEN:
        this.broken(exchange, attempt, c);
        break;
      default:
        this.exchangePart(type, exchange, attempt, c, amount, ref);
    }
    this.hub.carryOut();
  }

  private exchangePart(
    type: number,
    exchange: number,
    attempt: number,
    c: number,
    amount: number,
    ref: ResponseHead | null,
  ): void {
    const { links } = this;
    if (type === Message.INTERIM) {
      this.silences.restart(this.hub.nowUs, exchange);
      this.hub.machine.interim(this.hub.nowUs, attempt, c);
      return;
    }
    if (type === Message.BACKEND_PART) {
      this.silences.restart(this.hub.nowUs, exchange);
      links.exchangeBytes[exchange] = (links.exchangeBytes[exchange] as number) + amount;
      this.hub.machine.body(this.hub.nowUs, attempt, amount);
      return;
    }
    const head = ref as ResponseHead;
    links.phase[exchange] = BreakPhase.BODY;
    links.exchangeStatus[exchange] = head.status;
    if (head.status !== 101) this.silences.restart(this.hub.nowUs, exchange);
    this.hub.machine.head(this.hub.nowUs, attempt, head);
  }

  private broken(exchange: number, attempt: number, cause: number): void {
    const { links } = this;
    const link = links.exchangeLink[exchange] as number;
    const phase = links.phase[exchange] as number;
    const request = links.exchangeRequest[exchange] as number;
    this.endAttempt(exchange, links.exchangeStatus[exchange] as number, 100 + cause);
    links.freeExchange(exchange);
    links.freeLink(link);
    if (this.tunnels.delete(request)) this.hub.machine.tunnelClosed(this.hub.nowUs, attempt);
    else this.hub.machine.broken(this.hub.nowUs, attempt, phase, cause);
  }

  private endAttempt(exchange: number, status: number, failure: number): void {
    const { links } = this;
    this.listener.attemptEnded(
      this.hub.nowUs,
      links.exchangeRequest[exchange] as number,
      links.exchangeAttempt[exchange] as number,
      status,
      failure,
      links.exchangeBytes[exchange] as number,
    );
  }
}
