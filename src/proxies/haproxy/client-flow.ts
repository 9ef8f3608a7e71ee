import type { ClientRequest } from "../../contract/http-message.ts";
import type { Outbox } from "../../contract/outbox.ts";
import { SpareIds } from "../shared/spare-ids.ts";
import { timerId } from "../shared/timer-id.ts";
import { ClientConnection, ClientPhase } from "./client-connection.ts";
import type { Bind, Listeners } from "./listeners.ts";
import type { OwnAnswers } from "./own-answers.ts";
import { TimerKind } from "./timer-kind.ts";

/** What becomes of requests. */
export interface RequestSink {
  begin(nowUs: number, connection: ClientConnection, request: number): void;
  /** The client of a request in progress has gone. */
  clientGone(nowUs: number, request: number): void;
  /** A client's connection is closed. */
  closed(connection: ClientConnection): void;
}

/** Client connections from SYN to close (src/listener.c, src/mux_h1.c, 2.6.12; spec/haproxy.md Appendix C). */
export class ClientFlow {
  sink!: RequestSink;
  private readonly listeners: Listeners;
  private readonly outbox: Outbox;
  private readonly answers: OwnAnswers;
  private readonly byId: (ClientConnection | null)[] = [];
  private readonly bySlot: (ClientConnection | null)[] = [];
  private readonly slots = new SpareIds();
  private readonly pending: (ClientRequest | undefined)[] = [];

  constructor(listeners: Listeners, outbox: Outbox, answers: OwnAnswers) {
    this.listeners = listeners;
    this.outbox = outbox;
    this.answers = answers;
    listeners.accepted = (nowUs, connection) => this.accepted(nowUs, connection);
  }

  arrived(nowUs: number, id: number, remote: string, bind: Bind): number {
    const connection = new ClientConnection(id, remote, bind, this.slots.take());
    this.byId[id] = connection;
    this.bySlot[connection.slot] = connection;
    const answer = this.listeners.arrived(nowUs, connection);
    if (connection.phase === ClientPhase.KERNEL && !bind.waiting.has(connection)) this.discard(connection);
    return answer;
  }

  private accepted(nowUs: number, connection: ClientConnection): void {
    connection.phase = ClientPhase.FIRST_HEAD;
    if (connection.pendingRequest >= 0) this.request(nowUs, connection, connection.pendingRequest);
    else if (connection.gone) this.close(nowUs, connection);
    else this.waitForHead(connection);
  }

  /** timeout http-request, else client: from the first moment to the whole head. */
  private waitForHead(connection: ClientConnection): void {
    const { httpRequestUs, clientUs } = connection.bind.frontend.config.timeouts;
    this.watch(connection, httpRequestUs ?? clientUs);
  }

  private watch(connection: ClientConnection, us: number | null): void {
    if (us !== null) this.outbox.setTimer(timerId(TimerKind.CLIENT, connection.slot), us);
    else this.outbox.cancelTimer(timerId(TimerKind.CLIENT, connection.slot));
  }

  headStarted(id: number): void {
    const connection = this.byId[id];
    if (connection == null || connection.phase !== ClientPhase.IDLE) return;
    connection.phase = ClientPhase.HEAD;
    this.waitForHead(connection);
  }

  requestArrived(nowUs: number, id: number, request: number): void {
    const connection = this.byId[id];
    if (connection == null) return;
    if (connection.phase === ClientPhase.KERNEL) connection.pendingRequest = request;
    else this.request(nowUs, connection, request);
  }

  private request(nowUs: number, connection: ClientConnection, request: number): void {
    connection.phase = ClientPhase.BUSY;
    connection.pendingRequest = -1;
    connection.request = request;
    connection.requests++;
    this.outbox.cancelTimer(timerId(TimerKind.CLIENT, connection.slot));
    this.sink.begin(nowUs, connection, request);
  }

  /** The request of a connection is over. */
  finished(nowUs: number, connection: ClientConnection, staysOpen: boolean): void {
    connection.request = -1;
    if (!staysOpen || connection.gone) {
      this.close(nowUs, connection);
      return;
    }
    connection.phase = ClientPhase.IDLE;
    const { httpKeepAliveUs, httpRequestUs, clientUs } = connection.bind.frontend.config.timeouts;
    this.watch(connection, httpKeepAliveUs ?? httpRequestUs ?? clientUs);
  }

  timer(nowUs: number, slot: number): void {
    const connection = this.bySlot[slot];
    if (connection == null) return;
    if (connection.phase === ClientPhase.IDLE) this.outbox.drop(connection.id);
    else if (connection.phase === ClientPhase.FIRST_HEAD || connection.phase === ClientPhase.HEAD) {
      const pages = connection.bind.frontend.config.errorPages;
      const { head, page } = this.answers.error(408, pages.find(({ status }) => status === 408) ?? null);
      this.outbox.refuse(connection.id, head, page);
    } else return;
    this.close(nowUs, connection);
  }

  gone(nowUs: number, id: number): void {
    const connection = this.byId[id];
    if (connection == null || connection.gone) return;
    connection.gone = true;
    // The driver may use the id again as soon as no request is in progress.
    if (connection.phase === ClientPhase.KERNEL) {
      if (connection.pendingRequest < 0) this.byId[id] = null;
    } else if (connection.phase === ClientPhase.BUSY) this.sink.clientGone(nowUs, connection.request);
    else this.close(nowUs, connection);
  }

  private close(nowUs: number, connection: ClientConnection): void {
    if (connection.phase === ClientPhase.CLOSED) return;
    connection.phase = ClientPhase.CLOSED;
    this.outbox.cancelTimer(timerId(TimerKind.CLIENT, connection.slot));
    this.discard(connection);
    this.sink.closed(connection);
    this.listeners.closed(nowUs, connection);
  }

  private discard(connection: ClientConnection): void {
    if (this.byId[connection.id] === connection) this.byId[connection.id] = null;
    this.bySlot[connection.slot] = null;
    this.slots.give(connection.slot);
  }

  /** The record of a request from its arrival to its end. */
  whatOf(request: number): ClientRequest {
    return this.pending[request] as ClientRequest;
  }

  keep(request: number, what: ClientRequest): void {
    this.pending[request] = what;
  }
}
