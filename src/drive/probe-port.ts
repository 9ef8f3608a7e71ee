import { ConnectFailure } from "../contract/failure.ts";
import type { Probe } from "../contract/outbox.ts";
import type { EventQueue } from "../engine/event-queue.ts";
import { TimerLanes } from "../engine/timer-lanes.ts";
import { Accept, type BackendSide } from "../model/sides.ts";
import type { BackendLinks } from "./backend-links.ts";
import { EventKind, Priority } from "./event-order.ts";
import type { Hub } from "./hub.ts";
import { Message, type Messages } from "./messages.ts";

const NOTHING = -1;

/** Health checks: each travels on a connection of its own and ends with a result, at the latest by its deadline. */
export class ProbePort {
  readonly deadlines: TimerLanes;
  private readonly hub: Hub;
  private readonly links: BackendLinks;
  private readonly backends: BackendSide;
  private readonly messages: Messages;
  private readonly backendOfAddress: readonly number[];
  private readonly probes: Probe[] = [];

  constructor(
    hub: Hub,
    queue: EventQueue,
    links: BackendLinks,
    backends: BackendSide,
    messages: Messages,
    backendOfAddress: readonly number[],
  ) {
    this.hub = hub;
    this.links = links;
    this.backends = backends;
    this.messages = messages;
    this.backendOfAddress = backendOfAddress;
    this.deadlines = new TimerLanes(queue, EventKind.PROBE_DEADLINE, Priority.TIMEOUT);
  }

  send(probe: number, address: number, timeoutUs: number, what: Probe): void {
    const backend = this.backendOfAddress[address] as number;
    const { nowUs } = this.hub;
    const handle = this.deadlines.start(this.deadlines.lane(timeoutUs), nowUs, probe);
    this.probes[probe] = what;
    this.links.rememberProbe(probe, backend, handle);
    if (backend < 0) this.links.postProbe(probe, ConnectFailure.DNS, 0);
    else
      this.messages.post(nowUs, this.links.latencyUs(backend), Priority.ARRIVAL, Message.PROBE, probe, 0, 0, 0, handle);
  }

  /** The probe reaches its backend; a deadline that ended it meanwhile has another handle. */
  arrived(probe: number, handle: number): void {
    const { links } = this;
    if (links.probeDeadline[probe] !== handle) return;
    const what = this.probes[probe] as Probe;
    switch (this.backends.probe(this.hub.nowUs, links.probeBackend[probe] as number, probe, what)) {
      case Accept.ACCEPTED:
        if (what.method === "TCP") links.postProbe(probe, 0, 0);
        break;
      case Accept.REFUSED:
        links.postProbe(probe, ConnectFailure.REFUSED, 0);
        break;
      case Accept.NO_NAME:
        links.postProbe(probe, ConnectFailure.DNS, 0);
        break;
      default:
      // Nothing answers: the deadline ends it.
    }
  }

  result(probe: number, failure: number, status: number, handle: number): void {
    if (this.links.probeDeadline[probe] === handle) this.end(probe, failure, status);
  }

  timedOut(probe: number): void {
    this.end(probe, ConnectFailure.TIMEOUT, 0);
  }

  private end(probe: number, failure: number, status: number): void {
    const { links } = this;
    this.deadlines.cancel(links.probeDeadline[probe] as number);
    links.probeDeadline[probe] = NOTHING;
    const body = links.probeBodies.get(probe) ?? "";
    links.probeBodies.delete(probe);
    this.hub.machine.probeResult(this.hub.nowUs, probe, failure, status, body);
    this.hub.carryOut();
  }
}
