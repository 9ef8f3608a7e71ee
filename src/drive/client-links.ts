import type { ClientRequest } from "../contract/http-message.ts";
import type { EventQueue } from "../engine/event-queue.ts";
import { grownInt32 } from "../engine/growing.ts";
import type { TimerLanes } from "../engine/timer-lanes.ts";
import type { ClientNet } from "../model/sides.ts";
import { EventKind, Priority } from "./event-order.ts";
import { Message, type Messages } from "./messages.ts";

/** Which ends of a client connection still hold it, and what waits on it. */
export const ClientEnd = { CLIENT: 1, PROXY: 2, ESTABLISHED: 4 } as const;

/** What is known of a connection: column of `rows[(connection << 3) | …]`. */
export const LinkField = {
  /** Bits of ClientEnd, or negative: the slot is free. */
  FLAGS: 0,
  GENERATION: 1,
  /** Request that the client waits for, or -1. */
  CURRENT: 2,
  /** Requests that the proxy has not finished. */
  IN_PROGRESS: 3,
  LISTENER: 4,
  /** What goes out when the connection is established: a request, HEAD_STARTED or NOTHING. */
  WAITING: 5,
} as const;

/** What is known of a request: column of `requestRows[(request << 2) | …]`. */
export const RequestField = {
  CONNECTION: 0,
  /** 1 = the client still waits, 2 = the proxy still works. */
  HELD_BY: 1,
  /** An answer that is still on its way when the client gives up must not meet the slot's next request. */
  GENERATION: 2,
} as const;

/** Something the client has already written waits for the connection to be established. */
const HEAD_STARTED = -2;
const NOTHING = -1;
const BOTH_ENDS = ClientEnd.CLIENT | ClientEnd.PROXY;

/** A lost SYN is sent again 1, 2, 3, 4, 5 s after the first, then at doubling distances (Linux ≥ 6.5, tcp_syn_linear_timeouts = 4). */
export function synRetryDelayUs(repeated: number): number {
  return repeated < 5 ? 1_000_000 : 1_000_000 * (1 << Math.min(repeated - 4, 6));
}

/**
 * Connections and requests between clients and proxy: the client's half of the network, and the tables that the driver
 * reads. A connection slot is free again when both ends let go and no request on it is in progress; a request slot when
 * both the client and the proxy have finished with it.
 */
export class ClientLinks implements ClientNet {
  nowUs = 0;
  /** By connection; see LinkField. */
  rows = new Int32Array(64 << 3);
  remote: string[] = [];
  /** By request; see RequestField. */
  requestRows = new Int32Array(64 << 2);
  what: ClientRequest[] = [];

  private readonly freeConnections: number[] = [];
  private connections = 0;
  private readonly freeRequests: number[] = [];
  private requests = 0;
  private readonly queue: EventQueue;
  private readonly timers: TimerLanes;
  private readonly messages: Messages;
  private readonly hopUs: number;
  private lastDurationUs = -1;
  private lastLane = 0;

  constructor(queue: EventQueue, timers: TimerLanes, messages: Messages, hopUs: number) {
    this.queue = queue;
    this.timers = timers;
    this.messages = messages;
    this.hopUs = hopUs;
  }

  wakeAt(timeUs: number, id: number): void {
    this.queue.push(timeUs, Priority.ARRIVAL, EventKind.CLIENT_WAKE, id);
  }

  startTimer(durationUs: number, id: number): number {
    if (durationUs !== this.lastDurationUs) {
      this.lastDurationUs = durationUs;
      this.lastLane = this.timers.lane(durationUs);
    }
    return this.timers.start(this.lastLane, this.nowUs, id);
  }

  stopTimer(handle: number): void {
    this.timers.cancel(handle);
  }

  open(remote: string, listener: number): number {
    const connection = this.freeConnections.pop() ?? this.newConnection();
    const { rows } = this;
    const at = connection << 3;
    rows[at | LinkField.FLAGS] = ClientEnd.CLIENT;
    rows[at | LinkField.CURRENT] = NOTHING;
    rows[at | LinkField.WAITING] = NOTHING;
    rows[at | LinkField.IN_PROGRESS] = 0;
    rows[at | LinkField.LISTENER] = listener;
    this.remote[connection] = remote;
    this.postFromClient(Message.SYN, connection, 0);
    return connection;
  }

  request(connection: number, what: ClientRequest): number {
    const request = this.freeRequests.length > 0 ? (this.freeRequests.pop() as number) : this.newRequest();
    const { rows, requestRows } = this;
    const at = connection << 3;
    const row = request << 2;
    requestRows[row | RequestField.CONNECTION] = connection;
    requestRows[row | RequestField.HELD_BY] = 1;
    requestRows[row | RequestField.GENERATION] = ((requestRows[row | RequestField.GENERATION] as number) + 1) | 0;
    this.what[request] = what;
    rows[at | LinkField.CURRENT] = request;
    if (((rows[at | LinkField.FLAGS] as number) & ClientEnd.ESTABLISHED) !== 0) this.sendRequest(connection, request);
    else rows[at | LinkField.WAITING] = request;
    return request;
  }

  startHead(connection: number): void {
    const { rows } = this;
    const at = connection << 3;
    if (((rows[at | LinkField.FLAGS] as number) & ClientEnd.ESTABLISHED) !== 0)
      this.postFromClient(Message.HEAD_STARTED, connection, 0);
    else rows[at | LinkField.WAITING] = HEAD_STARTED;
  }

  close(connection: number): void {
    const { rows } = this;
    const at = connection << 3;
    const flags = rows[at | LinkField.FLAGS] as number;
    if ((flags & ClientEnd.CLIENT) === 0) return;
    rows[at | LinkField.FLAGS] = flags & ~ClientEnd.CLIENT;
    this.clientFinished(rows[at | LinkField.CURRENT] as number);
    rows[at | LinkField.CURRENT] = NOTHING;
    rows[at | LinkField.WAITING] = NOTHING;
    if ((flags & ClientEnd.PROXY) !== 0) this.postFromClient(Message.CLIENT_CLOSED, connection, 0);
    else this.freeIfDone(connection);
  }

  /** The proxy's kernel took the connection; what the client wrote meanwhile goes out. */
  established(connection: number): void {
    const { rows } = this;
    const at = connection << 3;
    rows[at | LinkField.FLAGS] = (rows[at | LinkField.FLAGS] as number) | ClientEnd.ESTABLISHED;
    const waiting = rows[at | LinkField.WAITING] as number;
    rows[at | LinkField.WAITING] = NOTHING;
    if (waiting >= 0) this.sendRequest(connection, waiting);
    else if (waiting === HEAD_STARTED) this.postFromClient(Message.HEAD_STARTED, connection, 0);
  }

  /** A SYN was lost for the `repeated`-th time (0 = the first one). */
  repeatSyn(connection: number, repeated: number): void {
    this.messages.post(
      this.nowUs,
      synRetryDelayUs(repeated),
      Priority.ARRIVAL,
      Message.SYN,
      connection,
      this.rows[(connection << 3) | LinkField.GENERATION] as number,
      repeated + 1,
    );
  }

  /** The client knows how its request ended. */
  clientFinished(request: number): void {
    if (request < 0) return;
    const held = (this.requestRows[(request << 2) | RequestField.HELD_BY] as number) & ~1;
    this.requestRows[(request << 2) | RequestField.HELD_BY] = held;
    if (held === 0) this.freeRequests.push(request);
  }

  /** The proxy is done with a request. */
  proxyFinished(request: number): void {
    const { rows, requestRows } = this;
    const connection = requestRows[(request << 2) | RequestField.CONNECTION] as number;
    const held = (requestRows[(request << 2) | RequestField.HELD_BY] as number) & ~2;
    requestRows[(request << 2) | RequestField.HELD_BY] = held;
    if (held === 0) this.freeRequests.push(request);
    const at = connection << 3;
    rows[at | LinkField.IN_PROGRESS] = (rows[at | LinkField.IN_PROGRESS] as number) - 1;
    if (((rows[at | LinkField.FLAGS] as number) & BOTH_ENDS) === 0) this.freeIfDone(connection);
  }

  /** One end let go of the connection. */
  release(connection: number, end: number): void {
    const at = (connection << 3) | LinkField.FLAGS;
    this.rows[at] = (this.rows[at] as number) & ~end;
    this.freeIfDone(connection);
  }

  private freeIfDone(connection: number): void {
    const { rows } = this;
    const at = connection << 3;
    const flags = rows[at | LinkField.FLAGS] as number;
    if ((flags & BOTH_ENDS) !== 0 || flags < 0 || (rows[at | LinkField.IN_PROGRESS] as number) > 0) return;
    rows[at | LinkField.FLAGS] = -1 << 3;
    rows[at | LinkField.GENERATION] = ((rows[at | LinkField.GENERATION] as number) + 1) | 0;
    this.freeConnections.push(connection);
  }

  private sendRequest(connection: number, request: number): void {
    const { rows } = this;
    const at = connection << 3;
    this.requestRows[(request << 2) | RequestField.HELD_BY] = 3;
    rows[at | LinkField.IN_PROGRESS] = (rows[at | LinkField.IN_PROGRESS] as number) + 1;
    this.postFromClient(Message.REQUEST, connection, request);
  }

  private postFromClient(type: number, connection: number, c: number): void {
    const generation = this.rows[(connection << 3) | LinkField.GENERATION] as number;
    this.messages.post(this.nowUs, this.hopUs, Priority.ARRIVAL, type, connection, generation, c);
  }

  private newConnection(): number {
    const id = this.connections++;
    this.rows = grownInt32(this.rows, (id << 3) | 7);
    return id;
  }

  private newRequest(): number {
    const id = this.requests++;
    this.requestRows = grownInt32(this.requestRows, (id << 2) | 3);
    return id;
  }
}
