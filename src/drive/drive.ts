import type { ForwardedRequest, ResponseHead } from "../contract/http-message.ts";
import { Action, ActionField, type Outbox, type Probe } from "../contract/outbox.ts";
import type { ProxyMachine } from "../contract/proxy-machine.ts";
import { EventQueue } from "../engine/event-queue.ts";
import { invariant } from "../engine/invariant.ts";
import { TimerLanes } from "../engine/timer-lanes.ts";
import type { BackendSide, ClientSide } from "../model/sides.ts";
import { BackendLinks } from "./backend-links.ts";
import { BackendPort } from "./backend-port.ts";
import { ClientLinks } from "./client-links.ts";
import { ClientPort } from "./client-port.ts";
import type { DriveListener } from "./drive-listener.ts";
import { EventKind, Priority } from "./event-order.ts";
import type { Hub } from "./hub.ts";
import { MachineTimers } from "./machine-timers.ts";
import { Message, MessageField, Messages } from "./messages.ts";
import { ProbePort } from "./probe-port.ts";
import { ReportPort } from "./report-port.ts";

/** No page of the proxy's own: the answer comes from a backend. */
const NO_PAGE = -1;

export interface DriveOptions {
  readonly machine: ProxyMachine;
  readonly outbox: Outbox;
  readonly clients: ClientSide;
  readonly backends: BackendSide;
  readonly backendCount: number;
  /** Backend of each of the machine's addresses; -1 = the name has no address. */
  readonly backendOfAddress: readonly number[];
  /** One-way latencies. */
  readonly clientHopUs: number;
  readonly backendHopUs: number;
  readonly listener: DriveListener;
  /** When the proxy starts; before or at 0. Backends stand before it starts, clients come at 0. */
  readonly startedAtUs: number;
  /** Bytes of a request as it went over the wire, when they are known better than from the forwarded form. */
  readonly sentBytes?: (request: number) => number;
}

/**
 * The one driver: a loop over one event queue that joins clients, a proxy machine and backends. Simulation, replay of
 * recorded cases and the playground differ only in what they put on the two sides.
 *
 * Every event is carried out with all it sets off at the same instant before the next one is taken: the machine's outbox
 * is emptied after each call to it, then the messages without latency are delivered in the order they were sent.
 */
export class Drive implements Hub {
  nowUs = 0;
  /** Events handled so far. */
  events = 0;
  readonly queue = new EventQueue(4096);
  readonly machine: ProxyMachine;
  readonly clientLinks: ClientLinks;
  readonly backendLinks: BackendLinks;

  private readonly outbox: Outbox;
  private readonly messages: Messages;
  private readonly clients: ClientSide;
  private readonly backends: BackendSide;
  private readonly listener: DriveListener;
  private readonly startedAtUs: number;
  private readonly clientPort: ClientPort;
  private readonly backendPort: BackendPort;
  private readonly probePort: ProbePort;
  private readonly reportPort: ReportPort;
  private readonly clientTimers: TimerLanes;
  private readonly backendTimers: TimerLanes;
  private readonly machineTimers: MachineTimers;
  private readonly observers: ((nowUs: number) => void)[] = [];

  constructor(options: DriveOptions) {
    const { queue } = this;
    this.machine = options.machine;
    this.outbox = options.outbox;
    this.clients = options.clients;
    this.backends = options.backends;
    this.listener = options.listener;
    this.startedAtUs = options.startedAtUs;
    this.messages = new Messages(queue);
    this.clientTimers = new TimerLanes(queue, EventKind.CLIENT_TIMER, Priority.TIMEOUT);
    this.backendTimers = new TimerLanes(queue, EventKind.BACKEND_TIMER, Priority.TIMEOUT);
    this.machineTimers = new MachineTimers(queue);
    const { messages } = this;
    this.clientLinks = new ClientLinks(queue, this.clientTimers, messages, options.clientHopUs);
    this.backendLinks = new BackendLinks(
      queue,
      this.backendTimers,
      messages,
      options.backendHopUs,
      options.backendCount,
    );
    this.probePort = new ProbePort(
      this,
      queue,
      this.backendLinks,
      options.backends,
      messages,
      options.backendOfAddress,
    );
    this.reportPort = new ReportPort(this, options.backendOfAddress, options.backendCount);
    this.backendPort = new BackendPort(this, queue, this.backendLinks, this.clientLinks, messages, options);
    this.clientPort = new ClientPort(
      this,
      this.clientLinks,
      options.clients,
      this.backendPort,
      messages,
      options.clientHopUs,
    );
  }

  /** Starts backends, proxy and clients, in this order: the proxy may probe before the first client comes. Call once, before `run`. */
  start(): void {
    this.setNow(this.startedAtUs);
    this.backends.start(this.backendLinks, this.startedAtUs);
    this.machine.start(this.startedAtUs);
    this.carryOut();
    this.runBefore(0);
    this.setNow(0);
    this.clients.start(this.clientLinks, 0);
    this.settle();
  }

  /** Calls `observe` at `timeUs`, after everything else of that instant. */
  observeAt(timeUs: number, observe: (nowUs: number) => void): void {
    this.observers.push(observe);
    this.queue.push(timeUs, Priority.OBSERVER, EventKind.OBSERVER, this.observers.length - 1);
  }

  /** An administrator's command to the proxy, given while an event is handled. Throws RangeError for words the family doesn't know. */
  operate(member: number, command: string): void {
    this.machine.operate(this.nowUs, member, command);
    this.carryOut();
  }

  /**
   * Handles events up to and including `untilUs`, at most `maxEvents` of them.
   * Answers true when everything up to then is done, false when the budget of events ran out first.
   */
  run(untilUs: number, maxEvents = Number.POSITIVE_INFINITY): boolean {
    const { queue } = this;
    let left = maxEvents;
    while (queue.peekTimeUs() <= untilUs) {
      if (left-- <= 0) return false;
      queue.pop();
      this.handle(queue.timeUs, queue.kind, queue.id);
    }
    return true;
  }

  /** Carries out the outbox in order; what the machine adds meanwhile comes after. */
  carryOut(): void {
    const { outbox } = this;
    for (let i = 0; i < outbox.count; i++) {
      const { rows } = outbox;
      const at = i << 2;
      this.act(
        rows[at | ActionField.KIND] as number,
        rows[at | ActionField.A] as number,
        rows[at | ActionField.B] as number,
        rows[at | ActionField.C] as number,
        outbox.us[i] as number,
        outbox.ref[i] as ForwardedRequest | ResponseHead | Probe | null,
      );
    }
    outbox.count = 0;
  }

  private act(
    kind: number,
    a: number,
    b: number,
    c: number,
    us: number,
    ref: ForwardedRequest | ResponseHead | Probe | null,
  ): void {
    switch (kind) {
      case Action.CONNECT:
        this.backendPort.connects.connect(a, b, c, us);
        break;
      case Action.SEND:
        this.backendPort.send(a, b, us, ref as ForwardedRequest);
        break;
      case Action.RELAY:
        this.clientPort.relay(a, ref as ResponseHead, us, b === 1, NO_PAGE);
        break;
      case Action.DONE:
        this.listener.requestDone(this.nowUs, a);
        this.clientLinks.proxyFinished(a);
        break;
      case Action.SET_TIMER:
        this.machineTimers.set(this.nowUs, a, us);
        break;
      case Action.CANCEL_TIMER:
        this.machineTimers.cancel(a);
        break;
      case Action.CLOSE_BACKEND:
        this.backendPort.closeBackend(b);
        break;
      case Action.REPLY:
        this.clientPort.relay(a, ref as ResponseHead, this.machine.page(c).length, b === 1, c);
        break;
      case Action.RELAY_HEAD:
      case Action.RELAY_BODY:
      case Action.RELAY_END:
        this.clientPort.relayPart(kind, a, b, us, ref as ResponseHead | null);
        break;
      case Action.DROP:
        this.clientPort.drop(a);
        break;
      case Action.REFUSE:
        this.clientPort.refuse(a, ref as ResponseHead, c);
        break;
      case Action.PROBE:
        this.probePort.send(a, c, us, ref as Probe);
        break;
      case Action.TUNNEL:
        this.backendPort.openTunnel(a);
        break;
      default:
        invariant(false, "the outbox holds an action that exists");
    }
  }

  private runBefore(timeUs: number): void {
    const { queue } = this;
    while (queue.peekTimeUs() < timeUs) {
      queue.pop();
      this.handle(queue.timeUs, queue.kind, queue.id);
    }
  }

  private setNow(nowUs: number): void {
    this.nowUs = nowUs;
    this.clientLinks.nowUs = nowUs;
    this.backendLinks.nowUs = nowUs;
  }

  private handle(nowUs: number, kind: number, id: number): void {
    this.events++;
    this.setNow(nowUs);
    switch (kind) {
      case EventKind.CLIENT_WAKE:
        this.clients.wake(nowUs, id);
        break;
      case EventKind.BACKEND_WAKE:
        this.backends.wake(nowUs, id);
        break;
      case EventKind.DELIVERY:
        this.deliver(id);
        break;
      case EventKind.MACHINE_ALARM:
        this.machineTimerRang(nowUs, this.machineTimers.ring(id));
        break;
      case EventKind.OBSERVER:
        (this.observers[id] as (nowUs: number) => void)(nowUs);
        break;
      default:
        this.expire(nowUs, kind, id);
    }
    this.settle();
  }

  /** Delivers what was sent at this instant, until nothing is under way without latency. */
  private settle(): void {
    for (let slot = this.messages.take(); slot >= 0; slot = this.messages.take()) this.deliver(slot);
  }

  private deliver(slot: number): void {
    const { messages } = this;
    const { rows } = messages;
    const at = slot << 3;
    const type = rows[at | MessageField.TYPE] as number;
    const a = rows[at | MessageField.A] as number;
    const b = rows[at | MessageField.B] as number;
    const c = rows[at | MessageField.C] as number;
    const d = rows[at | MessageField.D] as number;
    const amount = messages.amount[slot] as number;
    const ref = messages.ref[slot] as ResponseHead | null;
    messages.release(slot);
    if (type <= Message.CLIENT_CLOSED) this.clientPort.deliverFromClient(type, a, b, c);
    else if (type <= Message.DROPPED) this.clientPort.deliverToClient(type, a, b, c, d, amount, ref);
    else if (type <= Message.BACKEND_TUNNEL_CLOSED) this.backendPort.deliverToBackend(type, a, b, c);
    else if (type <= Message.BROKEN) this.backendPort.deliverFromBackend(type, a, b, c, amount, ref);
    else if (type === Message.PROBE) this.probePort.arrived(a, amount);
    else if (type === Message.PROBE_RESULT) this.probePort.result(a, b, c, amount);
    else this.reportPort.arrived(a, b, c);
  }

  private expire(nowUs: number, kind: number, lane: number): void {
    const timers = this.timersOf(kind);
    for (let id = timers.expire(lane, nowUs); id >= 0; id = timers.expire(lane, nowUs)) {
      this.expired(nowUs, kind, id);
      this.settle();
    }
  }

  private expired(nowUs: number, kind: number, id: number): void {
    switch (kind) {
      case EventKind.CLIENT_TIMER:
        this.clients.wake(nowUs, id);
        break;
      case EventKind.BACKEND_TIMER:
        this.backends.wake(nowUs, id);
        break;
      case EventKind.CONNECT_DEADLINE:
        this.backendPort.connects.timedOut(id);
        break;
      case EventKind.SILENCE_DEADLINE:
        this.backendPort.silent(id);
        break;
      case EventKind.PROBE_DEADLINE:
        this.probePort.timedOut(id);
        break;
      default:
        this.machineTimerRang(nowUs, id);
    }
  }

  private machineTimerRang(nowUs: number, timer: number): void {
    if (timer < 0) return;
    this.machineTimers.expired(timer);
    this.machine.timer(nowUs, timer);
    this.carryOut();
  }

  private timersOf(kind: number): TimerLanes {
    switch (kind) {
      case EventKind.CLIENT_TIMER:
        return this.clientTimers;
      case EventKind.BACKEND_TIMER:
        return this.backendTimers;
      case EventKind.CONNECT_DEADLINE:
        return this.backendPort.connects.deadlines;
      case EventKind.SILENCE_DEADLINE:
        return this.backendPort.silences.lanes;
      case EventKind.PROBE_DEADLINE:
        return this.probePort.deadlines;
      default:
        return this.machineTimers.lanes;
    }
  }
}
