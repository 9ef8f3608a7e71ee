import type { ClientRequest } from "../contract/http-message.ts";
import type { EventQueue } from "../engine/event-queue.ts";
import type { TimerLanes } from "../engine/timer-lanes.ts";
import type { ClientNet } from "../model/sides.ts";
import { EventKind, Priority } from "./event-order.ts";
import { grownInt32 } from "./growing.ts";
import { Message, type Messages } from "./messages.ts";

/** Which ends of a client connection still hold it, and what waits on it. */
export const ClientEnd = { CLIENT: 1, PROXY: 2, ESTABLISHED: 4 } as const;

/** Something the client has already written waits for the connection to be established. */
const HEAD_STARTED = -2;
const NOTHING = -1;

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
  flags = new Int32Array(64);
  generation = new Int32Array(64);
  /** Request that the client waits for on the connection, or -1. */
  current = new Int32Array(64).fill(NOTHING);
  /** Requests of the connection that the proxy has not finished. */
  inProgress = new Int32Array(64);
  remote: string[] = [];
  listener = new Int32Array(64);

  requestConnection = new Int32Array(64);
  /** An answer that is still on its way when the client gives up must not meet the slot's next request. */
  requestGeneration = new Int32Array(64);
  /** 1 = the client still waits, 2 = the proxy still works. */
  requestHeldBy = new Int32Array(64);
  what: ClientRequest[] = [];

  private waiting = new Int32Array(64).fill(NOTHING);
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
    this.flags[connection] = ClientEnd.CLIENT;
    this.current[connection] = NOTHING;
    this.waiting[connection] = NOTHING;
    this.inProgress[connection] = 0;
    this.remote[connection] = remote;
    this.listener[connection] = listener;
    this.postFromClient(Message.SYN, connection, 0);
    return connection;
  }

  request(connection: number, what: ClientRequest): number {
    const request = this.freeRequests.pop() ?? this.newRequest();
    this.requestConnection[request] = connection;
    this.requestGeneration[request] = ((this.requestGeneration[request] as number) + 1) | 0;
    this.requestHeldBy[request] = 1;
    this.what[request] = what;
    this.current[connection] = request;
    if (((this.flags[connection] as number) & ClientEnd.ESTABLISHED) !== 0) this.sendRequest(connection, request);
    else this.waiting[connection] = request;
    return request;
  }

  startHead(connection: number): void {
    if (((this.flags[connection] as number) & ClientEnd.ESTABLISHED) !== 0)
      this.postFromClient(Message.HEAD_STARTED, connection, 0);
    else this.waiting[connection] = HEAD_STARTED;
  }

  close(connection: number): void {
    const flags = this.flags[connection] as number;
    if ((flags & ClientEnd.CLIENT) === 0) return;
    this.flags[connection] = flags & ~ClientEnd.CLIENT;
    this.clientFinished(this.current[connection] as number);
    this.current[connection] = NOTHING;
    this.waiting[connection] = NOTHING;
    if ((this.flags[connection] as number) & ClientEnd.PROXY) this.postFromClient(Message.CLIENT_CLOSED, connection, 0);
    else this.freeIfDone(connection);
  }

  /** The proxy's kernel took the connection; what the client wrote meanwhile goes out. */
  established(connection: number): void {
    this.flags[connection] = (this.flags[connection] as number) | ClientEnd.ESTABLISHED;
    const waiting = this.waiting[connection] as number;
    this.waiting[connection] = NOTHING;
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
      this.generation[connection] as number,
      repeated + 1,
    );
  }

  /** The client knows how its request ended. */
  clientFinished(request: number): void {
    if (request < 0) return;
    const held = (this.requestHeldBy[request] as number) & ~1;
    this.requestHeldBy[request] = held;
    if (held === 0) this.freeRequests.push(request);
  }

  /** The proxy is done with a request. */
  proxyFinished(request: number): void {
    const connection = this.requestConnection[request] as number;
    this.inProgress[connection] = (this.inProgress[connection] as number) - 1;
    const held = (this.requestHeldBy[request] as number) & ~2;
    this.requestHeldBy[request] = held;
    if (held === 0) this.freeRequests.push(request);
    this.freeIfDone(connection);
  }

  /** One end let go of the connection. */
  release(connection: number, end: number): void {
    this.flags[connection] = (this.flags[connection] as number) & ~end;
    this.freeIfDone(connection);
  }

  private freeIfDone(connection: number): void {
    const ends = (this.flags[connection] as number) & (ClientEnd.CLIENT | ClientEnd.PROXY);
    if (ends !== 0 || (this.inProgress[connection] as number) > 0) return;
    if ((this.flags[connection] as number) < 0) return;
    this.flags[connection] = -1 << 3;
    this.generation[connection] = ((this.generation[connection] as number) + 1) | 0;
    this.freeConnections.push(connection);
  }

  private sendRequest(connection: number, request: number): void {
    this.requestHeldBy[request] = 3;
    this.inProgress[connection] = (this.inProgress[connection] as number) + 1;
    this.postFromClient(Message.REQUEST, connection, request);
  }

  private postFromClient(type: number, connection: number, c: number): void {
    this.messages.post(
      this.nowUs,
      this.hopUs,
      Priority.ARRIVAL,
      type,
      connection,
      this.generation[connection] as number,
      c,
    );
  }

  private newConnection(): number {
    const id = this.connections++;
    this.flags = grownInt32(this.flags, id);
    this.generation = grownInt32(this.generation, id);
    this.current = grownInt32(this.current, id, NOTHING);
    this.waiting = grownInt32(this.waiting, id, NOTHING);
    this.inProgress = grownInt32(this.inProgress, id);
    this.listener = grownInt32(this.listener, id);
    return id;
  }

  private newRequest(): number {
    const id = this.requests++;
    this.requestConnection = grownInt32(this.requestConnection, id);
    this.requestGeneration = grownInt32(this.requestGeneration, id);
    this.requestHeldBy = grownInt32(this.requestHeldBy, id);
    return id;
  }
}
