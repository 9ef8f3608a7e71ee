import { BreakCause, BreakPhase, ConnectFailure } from "../contract/failure.ts";
import type { ForwardedRequest, ResponseHead } from "../contract/http-message.ts";
import type { EventQueue } from "../engine/event-queue.ts";
import { grownFloat64, grownInt32 } from "../engine/growing.ts";
import type { TimerLanes } from "../engine/timer-lanes.ts";
import type { BackendNet } from "../model/sides.ts";
import { EventKind, Priority } from "./event-order.ts";
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

/** What is known of a link: column of `linkRows[(link << 3) | …]`. */
export const LinkField = {
  STATE: 0,
  GENERATION: 1,
  BACKEND: 2,
  CONNECTION: 3,
  /** Attempt that waits for the connect. */
  ATTEMPT: 4,
  /** Exchange that runs on the link, or -1. */
  EXCHANGE: 5,
} as const;

/** What is known of an exchange: column of `exchangeRows[(exchange << 3) | …]`. */
export const ExchangeField = {
  STATE: 0,
  GENERATION: 1,
  LINK: 2,
  ATTEMPT: 3,
  REQUEST: 4,
  PHASE: 5,
  STATUS: 6,
} as const;

/** Numbers of an exchange that are no int32: column of `exchangeTimes[(exchange << 2) | …]`. */
export const ExchangeTime = {
  /** Handle of the silence deadline, or -1. */
  DEADLINE: 0,
  /** Longest silence in µs. */
  SILENCE: 1,
  /** Body bytes that came. */
  BYTES: 2,
} as const;

const NOTHING = -1;

/**
 * Links and exchanges between proxy and backends: the backend's half of the network, and the tables that the driver
 * reads. The machine names connections by its own ids; a link is the driver's id for one, with a generation, because a
 * message may arrive after the connection is gone and its id reused.
 */
export class BackendLinks implements BackendNet {
  nowUs = 0;
  /** By link; see LinkField. */
  linkRows = new Int32Array(64 << 3);
  linkDeadline = new Float64Array(64).fill(NOTHING);
  /** By the machine's connection id. */
  linkOfConnection = new Int32Array(64).fill(NOTHING);
  /** By exchange; see ExchangeField and ExchangeTime. */
  exchangeRows = new Int32Array(64 << 3);
  exchangeTimes = new Float64Array(64 << 2);
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

  loadReport(backend: number, busy: number, ready: number): void {
    const { messages, nowUs } = this;
    messages.post(nowUs, this.latencyUs(backend), Priority.ANSWER, Message.LOAD_REPORT, backend, busy, ready);
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
    const generation = this.linkRows[(link << 3) | LinkField.GENERATION] as number;
    const latencyUs = this.latencyUs(this.linkRows[(link << 3) | LinkField.BACKEND] as number);
    this.messages.post(this.nowUs, latencyUs, Priority.ANSWER, Message.IDLE_CLOSED, link, generation);
  }

  closeAll(backend: number, reset: boolean): void {
    for (let link = 0; link < this.links; link++) {
      if (this.linkRows[(link << 3) | LinkField.BACKEND] !== backend) continue;
      const state = this.linkRows[(link << 3) | LinkField.STATE] as number;
      if (state === LinkState.OPEN) {
        const exchange = this.linkRows[(link << 3) | LinkField.EXCHANGE] as number;
        if (exchange >= 0) this.breakOff(exchange, reset);
        else this.closeIdle(link);
      }
    }
  }

  /** Nobody hears an answer that comes after the deadline. */
  probeAnswer(probe: number, status: number, body: string): void {
    if (this.probeDeadline[probe] === NOTHING) return;
    this.postProbe(probe, 0, status);
    this.probeBodies.set(probe, body);
  }

  probeBroken(probe: number, reset: boolean): void {
    if (this.probeDeadline[probe] === NOTHING) return;
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
    const { linkRows } = this;
    const at = link << 3;
    linkRows[at | LinkField.STATE] = LinkState.CONNECTING;
    linkRows[at | LinkField.BACKEND] = backend;
    linkRows[at | LinkField.CONNECTION] = connection;
    linkRows[at | LinkField.ATTEMPT] = attempt;
    linkRows[at | LinkField.EXCHANGE] = NOTHING;
    this.linkOfConnection = grownInt32(this.linkOfConnection, connection, NOTHING);
    this.linkOfConnection[connection] = link;
    return link;
  }

  postToBackend(type: number, backend: number, a: number, generation: number, c = 0): void {
    this.messages.post(this.nowUs, this.latencyUs(backend), Priority.ARRIVAL, type, a, generation, c);
  }

  openExchange(link: number, attempt: number, request: number, what: ForwardedRequest): number {
    const exchange = this.freeExchanges.length > 0 ? (this.freeExchanges.pop() as number) : this.newExchange();
    const { exchangeRows } = this;
    const at = exchange << 3;
    exchangeRows[at | ExchangeField.STATE] = ExchangeState.RUNNING;
    exchangeRows[at | ExchangeField.LINK] = link;
    exchangeRows[at | ExchangeField.ATTEMPT] = attempt;
    exchangeRows[at | ExchangeField.REQUEST] = request;
    exchangeRows[at | ExchangeField.PHASE] = what.expectContinue ? BreakPhase.CONTINUE : BreakPhase.HEAD;
    exchangeRows[at | ExchangeField.STATUS] = 0;
    this.exchangeTimes[(exchange << 2) | ExchangeTime.BYTES] = 0;
    this.what[exchange] = what;
    this.linkRows[(link << 3) | LinkField.EXCHANGE] = exchange;
    return exchange;
  }

  /** The exchange came to its end: nothing more is told about it. */
  freeExchange(exchange: number): void {
    const { exchangeRows, linkRows } = this;
    const at = exchange << 3;
    const running = ((exchangeRows[at | ExchangeField.LINK] as number) << 3) | LinkField.EXCHANGE;
    if (linkRows[running] === exchange) linkRows[running] = NOTHING;
    exchangeRows[at | ExchangeField.STATE] = ExchangeState.FREE;
    exchangeRows[at | ExchangeField.GENERATION] = ((exchangeRows[at | ExchangeField.GENERATION] as number) + 1) | 0;
    this.freeExchanges.push(exchange);
  }

  freeLink(link: number): void {
    const connection = this.linkRows[(link << 3) | LinkField.CONNECTION] as number;
    if (this.linkOfConnection[connection] === link) this.linkOfConnection[connection] = NOTHING;
    this.linkRows[(link << 3) | LinkField.STATE] = LinkState.FREE;
    this.linkRows[(link << 3) | LinkField.GENERATION] =
      ((this.linkRows[(link << 3) | LinkField.GENERATION] as number) + 1) | 0;
    this.freeLinks.push(link);
  }

  /** Exchange that runs for a request, or -1. */
  runningExchangeOf(request: number): number {
    for (let exchange = 0; exchange < this.exchanges; exchange++) {
      const at = exchange << 3;
      const runs = this.exchangeRows[at | ExchangeField.STATE] === ExchangeState.RUNNING;
      if (runs && this.exchangeRows[at | ExchangeField.REQUEST] === request) return exchange;
    }
    return NOTHING;
  }

  /** Attempt that an exchange carries. */
  attemptOf(exchange: number): number {
    return this.exchangeRows[(exchange << 3) | ExchangeField.ATTEMPT] as number;
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
    const backend = this.linkRows[(link << 3) | LinkField.BACKEND] as number;
    const latencyUs = failure === ConnectFailure.DNS ? 0 : this.latencyUs(backend);
    const generation = this.linkRows[(link << 3) | LinkField.GENERATION] as number;
    this.messages.post(this.nowUs, latencyUs, Priority.ANSWER, Message.CONNECT_FAILED, link, generation, failure);
  }

  private postToProxy(type: number, exchange: number, c: number, amount: number, ref: ResponseHead | null): void {
    const link = this.exchangeRows[(exchange << 3) | ExchangeField.LINK] as number;
    this.messages.post(
      this.nowUs,
      this.latencyUs(this.linkRows[(link << 3) | LinkField.BACKEND] as number),
      Priority.ANSWER,
      type,
      exchange,
      this.exchangeRows[(exchange << 3) | ExchangeField.GENERATION] as number,
      c,
      0,
      amount,
      ref,
    );
  }

  private newLink(): number {
    const id = this.links++;
    this.linkRows = grownInt32(this.linkRows, (id << 3) | 7);
    this.linkDeadline = grownFloat64(this.linkDeadline, id, NOTHING);
    return id;
  }

  private newExchange(): number {
    const id = this.exchanges++;
    this.exchangeRows = grownInt32(this.exchangeRows, (id << 3) | 7);
    this.exchangeTimes = grownFloat64(this.exchangeTimes, (id << 2) | 3);
    this.exchangeTimes[(id << 2) | ExchangeTime.DEADLINE] = NOTHING;
    return id;
  }
}
