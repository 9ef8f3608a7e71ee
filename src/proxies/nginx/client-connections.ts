import { Listen } from "../../contract/proxy-machine.ts";
import { timerId } from "../shared/timer-id.ts";
import { ClientConnection, ConnectionState } from "./client-connection.ts";
import { type Exchange, Phase } from "./exchange.ts";
import type { NginxServer } from "./nginx-server.ts";
import type { ServerFinder } from "./server-finder.ts";
import { TimerKind } from "./timer-kind.ts";
import type { Worker } from "./worker.ts";

/**
 * The clients' connections, from accept to close (spec/nginx.md appendix C; nginx 1.22.1: ngx_http_request.c). Each takes a place of its
 * worker; those without a request in progress may be closed to make room.
 */
export class ClientConnections {
  private readonly server: NginxServer;
  private readonly finder: ServerFinder;
  private readonly connections: ClientConnection[] = [];
  private workers: readonly Worker[] = [];

  constructor(server: NginxServer, finder: ServerFinder) {
    this.server = server;
    this.finder = finder;
  }

  acceptWith(workers: readonly Worker[]): void {
    this.workers = workers;
  }

  byId(id: number): ClientConnection {
    for (let i = this.connections.length; i <= id; i++) this.connections.push(new ClientConnection(i));
    return this.connections[id] as ClientConnection;
  }

  /** Connections that are not closed, for stub_status. */
  active(): number {
    return this.connections.filter(({ state }) => state !== ConnectionState.FREE).length;
  }

  /** The worker empties the kernel's queue at once (C.1): what does not fit is closed without an answer. */
  arrived(nowUs: number, id: number, remote: string, listener: number): number {
    const connection = this.byId(id);
    const worker = this.acceptingWorker();
    if (!worker.places.take()) {
      this.server.logFull(nowUs);
      connection.state = ConnectionState.FREE;
      this.server.outbox.drop(id);
      return Listen.ESTABLISHED;
    }
    connection.accepted(nowUs, worker, remote, listener);
    worker.places.idle(id);
    this.server.outbox.setTimer(timerId(TimerKind.REQUEST_HEAD, id), this.headTimeoutUs(listener));
    return Listen.ESTABLISHED;
  }

  /** Which worker accepts is the kernel's choice; here each is as likely (stated assumption). */
  private acceptingWorker(): Worker {
    const { workers } = this;
    return workers[workers.length === 1 ? 0 : this.server.random.nextInt(workers.length)] as Worker;
  }

  private headTimeoutUs(listener: number): number {
    return this.finder.defaultOf(listener).clientHeaderTimeoutUs;
  }

  headStarted(id: number): void {
    const connection = this.byId(id);
    if (connection.state !== ConnectionState.IDLE) return;
    connection.worker.places.busy(id);
    connection.state = ConnectionState.READING;
    if (connection.requests === 0) return;
    this.server.outbox.cancelTimer(timerId(TimerKind.KEEP_ALIVE, id));
    this.server.outbox.setTimer(timerId(TimerKind.REQUEST_HEAD, id), this.headTimeoutUs(connection.listener));
  }

  /** A whole request is there; false when the connection has been closed. */
  requestArrived(id: number, request: number): boolean {
    const connection = this.byId(id);
    if (connection.state === ConnectionState.FREE) return false;
    const isFirst = connection.requests === 0 || connection.state === ConnectionState.READING;
    this.server.outbox.cancelTimer(timerId(isFirst ? TimerKind.REQUEST_HEAD : TimerKind.KEEP_ALIVE, id));
    connection.worker.places.busy(id);
    connection.state = ConnectionState.BUSY;
    connection.requests++;
    connection.request = request;
    return true;
  }

  /** The client has closed; true when a request of it is in progress. */
  gone(id: number): boolean {
    const connection = this.byId(id);
    if (connection.state === ConnectionState.FREE) return false;
    connection.isGone = true;
    if (connection.state === ConnectionState.BUSY) return true;
    this.forget(connection);
    return false;
  }

  keepsOpen(nowUs: number, { connection, what, location, mustClose }: Exchange): boolean {
    const { keepaliveTimeoutUs, keepaliveRequests, keepaliveTimeUs } = location.settings;
    return (
      what.keepAlive &&
      !mustClose &&
      keepaliveTimeoutUs > 0 &&
      connection.requests < keepaliveRequests &&
      nowUs - connection.acceptedUs <= keepaliveTimeUs
    );
  }

  /** A request is over: its connection waits for another, or is closed. */
  requestEnded(exchange: Exchange): void {
    const { connection } = exchange;
    exchange.phase = Phase.NONE;
    connection.request = -1;
    this.server.outbox.done(exchange.id);
    if (!exchange.staysOpen || connection.isGone) {
      if (exchange.staysOpen) this.server.outbox.drop(connection.id);
      this.forget(connection);
      return;
    }
    connection.state = ConnectionState.IDLE;
    connection.worker.places.idle(connection.id);
    const { keepaliveTimeoutUs } = exchange.location.settings;
    this.server.outbox.setTimer(timerId(TimerKind.KEEP_ALIVE, connection.id), keepaliveTimeoutUs);
  }

  /** Closes a connection without a request in progress. */
  close(id: number): void {
    this.server.outbox.drop(id);
    this.forget(this.byId(id));
  }

  private forget(connection: ClientConnection): void {
    const { worker, id, state } = connection;
    if (state === ConnectionState.FREE) return;
    if (state !== ConnectionState.BUSY) {
      worker.places.busy(id);
      this.server.outbox.cancelTimer(timerId(TimerKind.KEEP_ALIVE, id));
      this.server.outbox.cancelTimer(timerId(TimerKind.REQUEST_HEAD, id));
    }
    connection.state = ConnectionState.FREE;
    worker.places.give();
  }
}
