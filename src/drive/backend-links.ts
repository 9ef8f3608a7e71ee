import { BreakCause, BreakPhase, ConnectFailure } from "../contract/failure.ts";
import type { ForwardedRequest, ResponseHead } from "../contract/http-message.ts";
import type { EventQueue } from "../engine/event-queue.ts";
import type { TimerLanes } from "../engine/timer-lanes.ts";
import type { BackendNet } from "../model/sides.ts";
import { EventKind, Priority } from "./event-order.ts";
import { grownFloat64, grownInt32 } from "./growing.ts";
import { Message, type Messages } from "./messages.ts";

/** Life of a link (a backend connection as the network knows it). */
export const LinkState = {
  FREE: 0,
  CONNECTING: 1,
  OPEN: 2,
  /** Closed by the proxy, the backend has not heard yet. */ CLOSING: 3,
} as const;
/** Life of an exchange (one request on a link). */
export const ExchangeState = {
  FREE: 0,
  RUNNING: 1,
  /** Given up by the proxy, the backend has not heard yet. */ ABANDONED: 2,
} as const;

const NOTHING = -1;

/**
 * Links and exchanges between proxy and backends: the backend's half of the network, and the tables that the driver
 * reads. The machine names connections by its own ids; a link is the driver's id for one, with a generation, because a
 * message may arrive after the connection is gone and its id reused.
 */
export class BackendLinks implements BackendNet {
  nowUs = 0;
  // links
  state = new Int32Array(64);
  generation = new Int32Array(64);
  backend = new Int32Array(64);
  connection = new Int32Array(64);
  /** Attempt that waits for the connect. */
  attempt = new Int32Array(64);
  /** Exchange that runs on the link, or -1. */
  exchange = new Int32Array(64).fill(NOTHING);
  linkDeadline = new Float64Array(64).fill(NOTHING);
  /** By the machine's connection id. */
  linkOfConnection = new Int32Array(64).fill(NOTHING);

  // exchanges
  exchangeState = new Int32Array(64);
  exchangeGeneration = new Int32Array(64);
  exchangeLink = new Int32Array(64);
  exchangeAttempt = new Int32Array(64);
  exchangeRequest = new Int32Array(64);
  phase = new Int32Array(64);
  deadline = new Float64Array(64).fill(NOTHING);
  silenceUs = new Float64Array(64);
  exchangeStatus = new Int32Array(64);
  exchangeBytes = new Float64Array(64);
  what: (ForwardedRequest | null)[] = [];
  /** Probes under way: by the machine's probe id, the deadline's handle, or -1. */
  probeDeadline = new Float64Array(16).fill(NOTHING);
  probeBackend = new Int32Array(16);

  private readonly extraUs: Float64Array<ArrayBuffer>;
  private readonly freeLinks: number[] = [];
  private links = 0;
  private readonly freeExchanges: number[] = [];
  private exchanges = 0;
  private readonly queue: EventQueue;
  private readonly timers: TimerLanes;
  private readonly messages: Messages;
  private readonly hopUs: number;
  private lastDurationUs = -1;
  private lastLane = 0;

  constructor(queue: EventQueue, timers: TimerLanes, messages: Messages, hopUs: number, backendCount: number) {
    this.queue = queue;
    this.timers = timers;
    this.messages = messages;
    this.hopUs = hopUs;
    this.extraUs = new Float64Array(backendCount);
  }

  // ------------------------------------------------------------ BackendNet

  wakeAt(timeUs: number, id: number): void {
    this.queue.push(timeUs, Priority.ANSWER, EventKind.BACKEND_WAKE, id);
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

  setExtraLatency(backend: number, addUs: number): void {
    this.extraUs[backend] = addUs;
  }

  interim(exchange: number, status: number): void {
    this.postToProxy(Message.INTERIM, exchange, status, 0, null);
  }

  answer(exchange: number, head: ResponseHead, bodyBytes: number): void {
    this.postToProxy(Message.BACKEND_ANSWER, exchange, 0, bodyBytes, head);
  }

  answerHead(exchange: number, head: ResponseHead): void {
    this.postToProxy(Message.BACKEND_HEAD, exchange, 0, 0, head);
  }

  answerBody(exchange: number, bytes: number): void {
    this.postToProxy(Message.BACKEND_PART, exchange, 0, bytes, null);
  }

  answerEnd(exchange: number): void {
    this.postToProxy(Message.BACKEND_END, exchange, 0, 0, null);
  }

  breakOff(exchange: number, reset: boolean): void {
    this.postToProxy(Message.BROKEN, exchange, reset ? BreakCause.RESET : BreakCause.CLOSED, 0, null);
  }

  closeIdle(link: number): void {
    const generation = this.generation[link] as number;
    const latencyUs = this.latencyUs(this.backend[link] as number);
    this.messages.post(this.nowUs, latencyUs, Priority.ANSWER, Message.IDLE_CLOSED, link, generation);
  }

  closeAll(backend: number, reset: boolean): void {
    for (let link = 0; link < this.links; link++) {
      if (this.backend[link] !== backend) continue;
      const state = this.state[link] as number;
      if (state === LinkState.OPEN) {
        const exchange = this.exchange[link] as number;
        if (exchange >= 0) this.breakOff(exchange, reset);
        else this.closeIdle(link);
      }
    }
  }

  probeAnswer(probe: number, status: number, body: string): void {
    this.postProbe(probe, 0, status);
    this.probeBodies.set(probe, body);
  }

  probeBroken(probe: number, reset: boolean): void {
    this.postProbe(probe, 100 + (reset ? BreakCause.RESET : BreakCause.CLOSED), 0);
  }

  /** Bodies of answered probes that are still under way to the proxy. */
  readonly probeBodies = new Map<number, string>();

  // ------------------------------------------------------------ for the driver

  latencyUs(backend: number): number {
    return this.hopUs + (this.extraUs[backend] as number);
  }

  /** The proxy opens a connection to a backend (an index below `backendCount`, or -1 when the name has no address). */
  openLink(backend: number, connection: number, attempt: number): number {
    const link = this.freeLinks.pop() ?? this.newLink();
    this.state[link] = LinkState.CONNECTING;
    this.backend[link] = backend;
    this.connection[link] = connection;
    this.attempt[link] = attempt;
    this.exchange[link] = NOTHING;
    this.linkOfConnection = grownInt32(this.linkOfConnection, connection, NOTHING);
    this.linkOfConnection[connection] = link;
    return link;
  }

  postToBackend(type: number, backend: number, a: number, generation: number, c = 0): void {
    this.messages.post(this.nowUs, this.latencyUs(backend), Priority.ARRIVAL, type, a, generation, c);
  }

  openExchange(link: number, attempt: number, request: number, what: ForwardedRequest): number {
    const exchange = this.freeExchanges.pop() ?? this.newExchange();
    this.exchangeState[exchange] = ExchangeState.RUNNING;
    this.exchangeLink[exchange] = link;
    this.exchangeAttempt[exchange] = attempt;
    this.exchangeRequest[exchange] = request;
    this.phase[exchange] = what.expectContinue ? BreakPhase.CONTINUE : BreakPhase.HEAD;
    this.exchangeStatus[exchange] = 0;
    this.exchangeBytes[exchange] = 0;
    this.what[exchange] = what;
    this.exchange[link] = exchange;
    return exchange;
  }

  /** The exchange came to its end: nothing more is told about it. */
  freeExchange(exchange: number): void {
    const link = this.exchangeLink[exchange] as number;
    if (this.exchange[link] === exchange) this.exchange[link] = NOTHING;
    this.exchangeState[exchange] = ExchangeState.FREE;
    this.exchangeGeneration[exchange] = ((this.exchangeGeneration[exchange] as number) + 1) | 0;
    this.what[exchange] = null;
    this.freeExchanges.push(exchange);
  }

  freeLink(link: number): void {
    const connection = this.connection[link] as number;
    if (this.linkOfConnection[connection] === link) this.linkOfConnection[connection] = NOTHING;
    this.state[link] = LinkState.FREE;
    this.generation[link] = ((this.generation[link] as number) + 1) | 0;
    this.freeLinks.push(link);
  }

  /** Link of one of the machine's connections, or -1 when it is gone. */
  linkOf(connection: number): number {
    return connection < this.linkOfConnection.length ? (this.linkOfConnection[connection] as number) : NOTHING;
  }

  rememberProbe(probe: number, backend: number, handle: number): void {
    this.probeDeadline = grownFloat64(this.probeDeadline, probe, NOTHING);
    this.probeBackend = grownInt32(this.probeBackend, probe);
    this.probeDeadline[probe] = handle;
    this.probeBackend[probe] = backend;
  }

  /** A probe's result is on its way to the proxy. */
  postProbe(probe: number, failure: number, status: number): void {
    const backend = this.probeBackend[probe] as number;
    const handle = this.probeDeadline[probe] as number;
    const latencyUs = backend < 0 ? 0 : this.latencyUs(backend);
    this.messages.post(this.nowUs, latencyUs, Priority.ANSWER, Message.PROBE_RESULT, probe, failure, status, 0, handle);
  }

  failConnect(link: number, failure: number): void {
    const backend = this.backend[link] as number;
    const latencyUs = failure === ConnectFailure.DNS ? 0 : this.latencyUs(backend);
    const generation = this.generation[link] as number;
    this.messages.post(this.nowUs, latencyUs, Priority.ANSWER, Message.CONNECT_FAILED, link, generation, failure);
  }

  private postToProxy(type: number, exchange: number, c: number, amount: number, ref: ResponseHead | null): void {
    const link = this.exchangeLink[exchange] as number;
    this.messages.post(
      this.nowUs,
      this.latencyUs(this.backend[link] as number),
      Priority.ANSWER,
      type,
      exchange,
      this.exchangeGeneration[exchange] as number,
      c,
      0,
      amount,
      ref,
    );
  }

  private newLink(): number {
    const id = this.links++;
    this.state = grownInt32(this.state, id);
    this.generation = grownInt32(this.generation, id);
    this.backend = grownInt32(this.backend, id);
    this.connection = grownInt32(this.connection, id);
    this.attempt = grownInt32(this.attempt, id);
    this.exchange = grownInt32(this.exchange, id, NOTHING);
    this.linkDeadline = grownFloat64(this.linkDeadline, id, NOTHING);
    return id;
  }

  private newExchange(): number {
    const id = this.exchanges++;
    this.exchangeState = grownInt32(this.exchangeState, id);
    this.exchangeGeneration = grownInt32(this.exchangeGeneration, id);
    this.exchangeLink = grownInt32(this.exchangeLink, id);
    this.exchangeAttempt = grownInt32(this.exchangeAttempt, id);
    this.exchangeRequest = grownInt32(this.exchangeRequest, id);
    this.phase = grownInt32(this.phase, id);
    this.deadline = grownFloat64(this.deadline, id, NOTHING);
    this.silenceUs = grownFloat64(this.silenceUs, id);
    this.exchangeStatus = grownInt32(this.exchangeStatus, id);
    this.exchangeBytes = grownFloat64(this.exchangeBytes, id);
    return id;
  }
}
