import type { ClientRequest } from "../../contract/http-message.ts";
import type { Outbox } from "../../contract/outbox.ts";
import { Listen, type RandomSource } from "../../contract/proxy-machine.ts";
import { timerId } from "../shared/timer-id.ts";
import { AcceptQueue } from "./accept-queue.ts";
import { ClientConnection, ConnectionState } from "./client-connection.ts";
import type { LimitsConfig } from "./config/apache-config.ts";
import { KeepAliveQueue } from "./keep-alive-queue.ts";
import { MAINTENANCE_INTERVAL_US, ProcessMaintenance } from "./process-maintenance.ts";
import { ServerProcess } from "./server-process.ts";
import { TimerKind } from "./timer-kind.ts";

/** What the MPM hands its work to. */
export interface RequestHandler {
  /** A thread has the connection's request. The MPM hears of its end with `finished`. */
  serve(nowUs: number, connection: ClientConnection): void;
  /** The rest of the request head did not come in time; answers without a request. */
  headTimedOut(nowUs: number, connection: ClientConnection): void;
  /** How long a thread waits for the rest of a request head. */
  headTimeoutUs(connection: ClientConnection): number;
  /** A process has ended; what it kept is gone. */
  processEnded(nowUs: number, process: ServerProcess): void;
}

/**
 * The server's own limits (spec/apache.md 20; httpd: server/mpm/event/event.c): who is accepted when, who holds a thread, which
 * idle connections are given up. Accepting and closing take no time.
 */
export class EventMpm {
  readonly processes: ServerProcess[] = [];
  private readonly limits: LimitsConfig;
  private readonly outbox: Outbox;
  private readonly random: RandomSource;
  private readonly handler: RequestHandler;
  private readonly maintenance: ProcessMaintenance;
  private readonly queue: AcceptQueue;
  private readonly keepAlive: KeepAliveQueue[] = [];
  private readonly connections: ClientConnection[] = [];
  private looking = false;

  constructor(limits: LimitsConfig, outbox: Outbox, random: RandomSource, handler: RequestHandler) {
    this.limits = limits;
    this.outbox = outbox;
    this.random = random;
    this.handler = handler;
    this.maintenance = new ProcessMaintenance(limits);
    this.queue = new AcceptQueue(limits.listenBacklog);
  }

  start(): void {
    for (let i = 0; i < this.maintenance.initial; i++) this.startProcess();
    if (this.maintenance.isNeeded) this.outbox.setTimer(timerId(TimerKind.MAINTENANCE, 0), MAINTENANCE_INTERVAL_US);
  }

  // ------------------------------------------------------------ what clients do

  connectionArrived(connection: number, remote: string, listener: number): number {
    if (this.queue.isFull(listener)) return Listen.DROPPED;
    this.connectionOf(connection).reset(remote, listener);
    return Listen.ESTABLISHED;
  }

  headStarted(nowUs: number, id: number): void {
    this.dataArrived(nowUs, this.connectionOf(id));
  }

  requestArrived(nowUs: number, id: number, request: number, what: ClientRequest): void {
    const connection = this.connectionOf(id);
    connection.request = request;
    connection.what = what;
    if (connection.state === ConnectionState.READING) {
      this.outbox.cancelTimer(timerId(TimerKind.REQUEST_HEAD, id));
      connection.state = ConnectionState.SERVING;
      this.handler.serve(nowUs, connection);
    } else this.dataArrived(nowUs, connection);
  }

  private dataArrived(nowUs: number, connection: ClientConnection): void {
    if (connection.state === ConnectionState.IDLE) {
      const process = connection.process as ServerProcess;
      if (process.idle === 0) {
        this.giveUpIdle(process);
        return;
      }
      (connection.queue as KeepAliveQueue).remove(connection);
      process.idle--;
      this.begin(nowUs, connection);
    } else if (connection.state === ConnectionState.SILENT) {
      connection.state = ConnectionState.QUEUED;
      this.queue.push(connection);
      this.lookAtQueue(nowUs);
    }
  }

  clientGone(nowUs: number, id: number): void {
    const connection = this.connections[id];
    if (connection === undefined) return;
    connection.gone = true;
    switch (connection.state) {
      case ConnectionState.SILENT:
        connection.state = ConnectionState.FREE;
        return;
      case ConnectionState.IDLE:
        (connection.queue as KeepAliveQueue).remove(connection);
        this.leave(nowUs, connection);
        return;
      case ConnectionState.READING:
        this.outbox.cancelTimer(timerId(TimerKind.REQUEST_HEAD, id));
        this.finished(nowUs, connection, false, 0);
        return;
      case ConnectionState.GIVEN_UP: {
        const { closing } = connection.process as ServerProcess;
        closing.splice(closing.indexOf(connection), 1);
        this.close(connection);
        return;
      }
      default:
    }
  }

  // ------------------------------------------------------------ threads

  private begin(nowUs: number, connection: ClientConnection): void {
    if (connection.request >= 0) {
      connection.state = ConnectionState.SERVING;
      this.handler.serve(nowUs, connection);
      return;
    }
    connection.state = ConnectionState.READING;
    if (connection.gone) this.finished(nowUs, connection, false, 0);
    else {
      this.outbox.setTimer(timerId(TimerKind.REQUEST_HEAD, connection.id), this.handler.headTimeoutUs(connection));
    }
  }

  /** The thread of a connection has done its work; the connection stays open for another request or is closed already. */
  finished(nowUs: number, connection: ClientConnection, staysOpen: boolean, keepAliveTimeoutUs: number): void {
    const process = connection.process as ServerProcess;
    connection.request = -1;
    connection.what = null;
    if (staysOpen && !connection.gone) {
      connection.state = ConnectionState.IDLE;
      this.keepAliveQueue(keepAliveTimeoutUs).push(nowUs, connection);
    } else {
      process.connections--;
      connection.state = ConnectionState.FREE;
    }
    process.idle++;
    if (process.closing.length > 0) this.closeGivenUp(process);
    this.released(nowUs, process);
  }

  /** A thread or a connection of a process is free: it may listen again. */
  private released(nowUs: number, process: ServerProcess): void {
    if (process.ending) {
      if (process.idle === process.threads && process.connections === 0) this.endProcess(nowUs, process);
      return;
    }
    if (!process.open && !process.isAboveLimit()) process.open = true;
    if (this.queue.length > 0) this.lookAtQueue(nowUs);
  }

  private lookAtQueue(nowUs: number): void {
    if (this.looking) return;
    this.looking = true;
    while (this.queue.length > 0) {
      const process = this.accepting();
      if (process === null) {
        this.stopListening();
        break;
      }
      const connection = this.queue.shift();
      connection.process = process;
      process.connections++;
      process.idle--;
      this.begin(nowUs, connection);
    }
    this.looking = false;
  }

  /** A process that would accept now, at random when there are several (the kernel's choice in life). */
  private accepting(): ServerProcess | null {
    const { processes } = this;
    if (processes.length === 1) {
      const only = processes[0] as ServerProcess;
      return only.open && !only.isAboveLimit() ? only : null;
    }
    let ready = 0;
    for (const process of processes) if (process.open && !process.isAboveLimit()) ready++;
    if (ready === 0) return null;
    let skip = ready === 1 ? 0 : this.random.nextInt(ready);
    if (ready === processes.length) return processes[skip] as ServerProcess;
    for (const process of processes) if (process.open && !process.isAboveLimit() && skip-- === 0) return process;
    return null;
  }

  /** A newcomer waits and nobody can take it: listeners close; without an idle thread the idle connections are given up. */
  private stopListening(): void {
    for (const process of this.processes) {
      if (!process.open) continue;
      process.open = false;
      if (process.idle === 0) this.giveUpIdle(process);
    }
  }

  // ------------------------------------------------------------ idle connections

  private keepAliveQueue(timeoutUs: number): KeepAliveQueue {
    const { keepAlive } = this;
    for (let i = 0; i < keepAlive.length; i++) {
      const queue = keepAlive[i] as KeepAliveQueue;
      if (queue.timeoutUs === timeoutUs) return queue;
    }
    const queue = new KeepAliveQueue(timeoutUs, this.keepAlive.length, this.outbox, this.connections);
    this.keepAlive.push(queue);
    return queue;
  }

  /** All idle connections of a process are not read any more; the close waits for a thread. */
  private giveUpIdle(process: ServerProcess): void {
    for (const queue of this.keepAlive) {
      for (const id of queue.all()) {
        const connection = this.connectionOf(id);
        if (connection.process !== process) continue;
        queue.remove(connection);
        this.giveUp(process, connection);
      }
    }
  }

  private giveUp(process: ServerProcess, connection: ClientConnection): void {
    connection.state = ConnectionState.GIVEN_UP;
    process.connections--;
    process.closing.push(connection);
  }

  private closeGivenUp(process: ServerProcess): void {
    for (const connection of process.closing.splice(0)) this.close(connection);
  }

  private close(connection: ClientConnection): void {
    if (!connection.gone) this.outbox.drop(connection.id);
    if (connection.request >= 0) this.outbox.done(connection.request);
    connection.request = -1;
    connection.what = null;
    connection.state = ConnectionState.FREE;
  }

  /** An idle connection (out of its queue already) is over. */
  private leave(nowUs: number, connection: ClientConnection): void {
    const process = connection.process as ServerProcess;
    if (process.idle > 0 || connection.gone) {
      process.connections--;
      this.close(connection);
    } else this.giveUp(process, connection);
    this.released(nowUs, process);
  }

  keepAliveTimer(nowUs: number, index: number): void {
    const queue = this.keepAlive[index] as KeepAliveQueue;
    for (let id = queue.due(nowUs); id >= 0; id = queue.due(nowUs)) {
      const connection = this.connectionOf(id);
      queue.remove(connection);
      this.leave(nowUs, connection);
    }
  }

  requestHeadTimer(nowUs: number, id: number): void {
    const connection = this.connectionOf(id);
    if (connection.state !== ConnectionState.READING) return;
    this.handler.headTimedOut(nowUs, connection);
    this.finished(nowUs, connection, false, 0);
  }

  // ------------------------------------------------------------ processes

  maintenanceTimer(nowUs: number): void {
    const { start, end } = this.maintenance.look(this.processes);
    for (let i = 0; i < start; i++) this.startProcess();
    if (end) this.endGracefully(nowUs);
    this.outbox.setTimer(timerId(TimerKind.MAINTENANCE, 0), MAINTENANCE_INTERVAL_US);
    this.lookAtQueue(nowUs);
  }

  private startProcess(): void {
    let slot = 0;
    while (this.processes.some((process) => process.slot === slot)) slot++;
    this.processes.push(new ServerProcess(slot, this.limits.threadsPerChild, this.limits.asyncFactor));
  }

  /** The process started last stops listening, closes its idle connections and ends with its last request. */
  private endGracefully(nowUs: number): void {
    const process = this.processes.findLast(({ ending }) => !ending);
    if (process === undefined) return;
    process.ending = true;
    process.open = false;
    this.giveUpIdle(process);
    this.closeGivenUp(process);
    this.released(nowUs, process);
  }

  private endProcess(nowUs: number, process: ServerProcess): void {
    const at = this.processes.indexOf(process);
    if (at < 0) return;
    this.processes.splice(at, 1);
    this.handler.processEnded(nowUs, process);
  }

  private connectionOf(id: number): ClientConnection {
    let connection = this.connections[id];
    if (connection === undefined) {
      for (let i = this.connections.length; i <= id; i++) this.connections.push(new ClientConnection(i));
      connection = this.connections[id] as ClientConnection;
    }
    return connection;
  }
}
