import { BreakCause, BreakPhase } from "../contract/failure.ts";
import type { ForwardedRequest, ResponseHead } from "../contract/http-message.ts";
import type { EventQueue } from "../engine/event-queue.ts";
import { invariant } from "../engine/invariant.ts";
import type { BackendSide } from "../model/sides.ts";
import { BackendConnects } from "./backend-connects.ts";
import {
  type BackendLinks,
  ExchangeField,
  ExchangeState,
  ExchangeTime,
  LinkField,
  LinkState,
} from "./backend-links.ts";
import { type ClientLinks, RequestField } from "./client-links.ts";
import type { DriveListener } from "./drive-listener.ts";
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
  readonly connects: BackendConnects;
  readonly silences: SilenceDeadlines;
  private readonly hub: Hub;
  private readonly links: BackendLinks;
  private readonly clientLinks: ClientLinks;
  private readonly backends: BackendSide;
  private readonly listener: DriveListener;
  private readonly addressOfMember: Int32Array;
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
    this.backends = options.backends;
    this.listener = options.listener;
    this.sentBytes = options.sentBytes;
    this.addressOfMember = Int32Array.from(hub.machine.members, ({ address }) => address);
    this.connects = new BackendConnects(hub, queue, links, messages, options);
    this.silences = new SilenceDeadlines(queue, links);
  }

  silent(exchange: number): void {
    const { links } = this;
    links.exchangeTimes[(exchange << 2) | ExchangeTime.DEADLINE] = NOTHING;
    this.endAttempt(exchange, 0, 100 + BreakCause.TIMEOUT);
    const attempt = links.exchangeRows[(exchange << 3) | ExchangeField.ATTEMPT] as number;
    this.hub.machine.broken(
      this.hub.nowUs,
      attempt,
      links.exchangeRows[(exchange << 3) | ExchangeField.PHASE] as number,
      BreakCause.TIMEOUT,
    );
    this.hub.carryOut();
  }

  send(attempt: number, connection: number, silenceUs: number, what: ForwardedRequest): void {
    const { links, hub } = this;
    const { machine, nowUs } = hub;
    const link = links.linkOf(connection);
    invariant(link >= 0, "a request is sent on a connection that stands");
    const at = link << 3;
    if ((links.linkRows[at | LinkField.EXCHANGE] as number) >= 0) {
      this.sendBody(attempt, link, silenceUs, what.bodyBytes);
      return;
    }
    const request = machine.requestOfAttempt(attempt);
    if (links.linkRows[at | LinkField.ATTEMPT] === attempt) links.linkRows[at | LinkField.ATTEMPT] = NOTHING;
    else {
      const member = machine.memberOfAttempt(attempt);
      this.listener.attemptStarted(nowUs, request, attempt, member, this.addressOf(member));
    }
    const exchange = links.openExchange(link, attempt, request, what);
    this.silences.start(nowUs, exchange, silenceUs);
    const bytes =
      this.sentBytes === undefined
        ? what.headBytes + (what.expectContinue ? 0 : what.bodyBytes)
        : this.sentBytes(request);
    machine.requestSent(nowUs, attempt, bytes);
    const generation = links.exchangeRows[(exchange << 3) | ExchangeField.GENERATION] as number;
    links.postToBackend(
      Message.BACKEND_REQUEST,
      links.linkRows[at | LinkField.BACKEND] as number,
      exchange,
      generation,
    );
  }

  /** The body follows the head that was sent before. */
  private sendBody(attempt: number, link: number, silenceUs: number, bodyBytes: number): void {
    const { links } = this;
    const exchange = links.linkRows[(link << 3) | LinkField.EXCHANGE] as number;
    const at = exchange << 3;
    this.silences.stop(exchange);
    this.silences.start(this.hub.nowUs, exchange, silenceUs);
    links.exchangeRows[at | ExchangeField.PHASE] = BreakPhase.HEAD;
    this.hub.machine.requestSent(this.hub.nowUs, attempt, bodyBytes);
    const generation = links.exchangeRows[at | ExchangeField.GENERATION] as number;
    const backend = links.linkRows[(link << 3) | LinkField.BACKEND] as number;
    links.postToBackend(Message.BACKEND_BODY, backend, exchange, generation);
  }

  private addressOf(member: number): number {
    const { addressOfMember } = this;
    return member >= 0 && member < addressOfMember.length ? (addressOfMember[member] as number) : NOTHING;
  }

  closeBackend(connection: number): void {
    const { links } = this;
    const link = links.linkOf(connection);
    if (link < 0) return;
    links.linkOfConnection[connection] = NOTHING;
    const backend = links.linkRows[(link << 3) | LinkField.BACKEND] as number;
    const wasConnecting = links.linkRows[(link << 3) | LinkField.STATE] === LinkState.CONNECTING;
    links.linkRows[(link << 3) | LinkField.STATE] = LinkState.CLOSING;
    if (wasConnecting) {
      this.connects.stopDeadline(link);
      links.freeLink(link);
      return;
    }
    const exchange = links.linkRows[(link << 3) | LinkField.EXCHANGE] as number;
    if (exchange >= 0) {
      this.silences.stop(exchange);
      links.exchangeRows[(exchange << 3) | ExchangeField.STATE] = ExchangeState.ABANDONED;
      links.postToBackend(
        Message.ABANDONED,
        backend,
        exchange,
        links.exchangeRows[(exchange << 3) | ExchangeField.GENERATION] as number,
      );
    } else
      links.postToBackend(
        Message.CONNECTION_CLOSED,
        backend,
        link,
        links.linkRows[(link << 3) | LinkField.GENERATION] as number,
      );
  }

  openTunnel(request: number): void {
    this.tunnels.add(request);
  }

  closeTunnelOf(connection: number): void {
    const { links } = this;
    if (this.tunnels.size === 0) return;
    for (const request of this.tunnels) {
      if (this.clientLinks.requestRows[(request << 2) | RequestField.CONNECTION] !== connection) continue;
      this.tunnels.delete(request);
      const exchange = links.runningExchangeOf(request);
      if (exchange < 0) return;
      const at = exchange << 3;
      const link = links.exchangeRows[at | ExchangeField.LINK] as number;
      const generation = links.exchangeRows[at | ExchangeField.GENERATION] as number;
      const backend = links.linkRows[(link << 3) | LinkField.BACKEND] as number;
      links.postToBackend(Message.BACKEND_TUNNEL_CLOSED, backend, exchange, generation);
      this.silences.stop(exchange);
      this.endAttempt(exchange, 101, 0);
      this.hub.machine.tunnelClosed(this.hub.nowUs, links.exchangeRows[at | ExchangeField.ATTEMPT] as number);
      this.hub.carryOut();
      return;
    }
  }

  deliverToBackend(type: number, a: number, generation: number, c: number): void {
    if (type === Message.BACKEND_REQUEST) this.requestArrived(a, generation);
    else if (type === Message.BACKEND_SYN || type === Message.CONNECTION_CLOSED) this.linkEvent(type, a, generation, c);
    else this.bodyOrEnd(type, a, generation);
  }

  private requestArrived(exchange: number, generation: number): void {
    const { links } = this;
    const { exchangeRows } = links;
    const at = exchange << 3;
    if (exchangeRows[at | ExchangeField.GENERATION] !== generation) return;
    // What was sent arrives, even when the proxy has given the exchange up meanwhile: that news travels behind it.
    const state = exchangeRows[at | ExchangeField.STATE];
    if (state !== ExchangeState.RUNNING && state !== ExchangeState.ABANDONED) return;
    const { nowUs } = this.hub;
    const request = exchangeRows[at | ExchangeField.REQUEST] as number;
    const link = exchangeRows[at | ExchangeField.LINK] as number;
    const backend = links.linkRows[(link << 3) | LinkField.BACKEND] as number;
    this.listener.attemptReached(nowUs, request, exchangeRows[at | ExchangeField.ATTEMPT] as number);
    this.backends.request(nowUs, backend, link, exchange, request, links.what[exchange] as ForwardedRequest);
  }

  private linkEvent(type: number, link: number, generation: number, repeated: number): void {
    const { links } = this;
    if (links.linkRows[(link << 3) | LinkField.GENERATION] !== generation) return;
    if (type === Message.BACKEND_SYN) this.connects.syn(link, repeated);
    else {
      this.backends.connectionClosed(this.hub.nowUs, link);
      links.freeLink(link);
    }
  }

  private bodyOrEnd(type: number, exchange: number, generation: number): void {
    const { links } = this;
    if (links.exchangeRows[(exchange << 3) | ExchangeField.GENERATION] !== generation) return;
    const { nowUs } = this.hub;
    if (type === Message.BACKEND_BODY) this.backends.bodyFollows(nowUs, exchange);
    else if (type === Message.BACKEND_TUNNEL_CLOSED) this.backends.tunnelClosed(nowUs, exchange);
    else {
      const link = links.exchangeRows[(exchange << 3) | ExchangeField.LINK] as number;
      this.backends.abandoned(nowUs, exchange);
      links.freeExchange(exchange);
      links.freeLink(link);
    }
  }

  deliverFromBackend(type: number, a: number, b: number, c: number, amount: number, ref: ResponseHead | null): void {
    const { links } = this;
    if (type === Message.CONNECTED || type === Message.CONNECT_FAILED || type === Message.IDLE_CLOSED) {
      this.linkAnswer(type, a, b, c);
      return;
    }
    const at = a << 3;
    if (links.exchangeRows[at | ExchangeField.GENERATION] !== b) return;
    if (links.exchangeRows[at | ExchangeField.STATE] !== ExchangeState.RUNNING) return;
    if (type === Message.BACKEND_ANSWER) this.answered(a, ref as ResponseHead, amount);
    else this.exchangeEvent(type, a, c, amount, ref);
  }

  private linkAnswer(type: number, link: number, generation: number, failure: number): void {
    const { linkRows } = this.links;
    if (linkRows[(link << 3) | LinkField.GENERATION] !== generation) return;
    const state = linkRows[(link << 3) | LinkField.STATE];
    if (type === Message.IDLE_CLOSED) {
      if (state === LinkState.OPEN) this.idleClosed(link);
    } else if (state === LinkState.CONNECTING) {
      if (type === Message.CONNECTED) this.connects.connected(link);
      else this.connects.failed(link, failure);
    }
  }

  /** The whole answer at once. */
  private answered(exchange: number, head: ResponseHead, bytes: number): void {
    const { links, hub } = this;
    const { nowUs } = hub;
    const at = exchange << 3;
    const attempt = links.exchangeRows[at | ExchangeField.ATTEMPT] as number;
    const request = links.exchangeRows[at | ExchangeField.REQUEST] as number;
    this.silences.stop(exchange);
    this.listener.attemptEnded(nowUs, request, attempt, head.status, 0, bytes);
    links.freeExchange(exchange);
    hub.machine.answered(nowUs, attempt, head, bytes);
    hub.carryOut();
  }

  private idleClosed(link: number): void {
    const { links } = this;
    const exchange = links.linkRows[(link << 3) | LinkField.EXCHANGE] as number;
    if (exchange >= 0) {
      // The close crossed a request on its way: the proxy finds the connection dead.
      this.exchangeEvent(Message.BROKEN, exchange, BreakCause.STALE, 0, null);
      return;
    }
    const connection = links.linkRows[(link << 3) | LinkField.CONNECTION] as number;
    links.freeLink(link);
    this.hub.machine.idleConnectionClosed(this.hub.nowUs, connection);
    this.hub.carryOut();
  }

  private exchangeEvent(type: number, exchange: number, c: number, amount: number, ref: ResponseHead | null): void {
    const { links } = this;
    const attempt = links.exchangeRows[(exchange << 3) | ExchangeField.ATTEMPT] as number;
    const nowUs = this.hub.nowUs;
    this.silences.stop(exchange);
    switch (type) {
      case Message.BACKEND_END:
        this.endAttempt(exchange, links.exchangeRows[(exchange << 3) | ExchangeField.STATUS] as number, 0);
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
      links.exchangeTimes[(exchange << 2) | ExchangeTime.BYTES] =
        (links.exchangeTimes[(exchange << 2) | ExchangeTime.BYTES] as number) + amount;
      this.hub.machine.body(this.hub.nowUs, attempt, amount);
      return;
    }
    const head = ref as ResponseHead;
    links.exchangeRows[(exchange << 3) | ExchangeField.PHASE] = BreakPhase.BODY;
    links.exchangeRows[(exchange << 3) | ExchangeField.STATUS] = head.status;
    if (head.status !== 101) this.silences.restart(this.hub.nowUs, exchange);
    this.hub.machine.head(this.hub.nowUs, attempt, head);
  }

  private broken(exchange: number, attempt: number, cause: number): void {
    const { links } = this;
    const link = links.exchangeRows[(exchange << 3) | ExchangeField.LINK] as number;
    const phase = links.exchangeRows[(exchange << 3) | ExchangeField.PHASE] as number;
    const request = links.exchangeRows[(exchange << 3) | ExchangeField.REQUEST] as number;
    this.endAttempt(exchange, links.exchangeRows[(exchange << 3) | ExchangeField.STATUS] as number, 100 + cause);
    links.freeExchange(exchange);
    links.freeLink(link);
    if (this.tunnels.delete(request)) this.hub.machine.tunnelClosed(this.hub.nowUs, attempt);
    else this.hub.machine.broken(this.hub.nowUs, attempt, phase, cause);
  }

  private endAttempt(exchange: number, status: number, failure: number): void {
    const { links } = this;
    this.listener.attemptEnded(
      this.hub.nowUs,
      links.exchangeRows[(exchange << 3) | ExchangeField.REQUEST] as number,
      links.exchangeRows[(exchange << 3) | ExchangeField.ATTEMPT] as number,
      status,
      failure,
      links.exchangeTimes[(exchange << 2) | ExchangeTime.BYTES] as number,
    );
  }
}
