import { ConnectFailure } from "../contract/failure.ts";
import type { EventQueue } from "../engine/event-queue.ts";
import { TimerLanes } from "../engine/timer-lanes.ts";
import { Accept, type BackendSide } from "../model/sides.ts";
import { type BackendLinks, LinkField, LinkState } from "./backend-links.ts";
import type { BackendPortOptions } from "./backend-port.ts";
import { synRetryDelayUs } from "./client-links.ts";
import type { DriveListener } from "./drive-listener.ts";
import { EventKind, Priority } from "./event-order.ts";
import type { Hub } from "./hub.ts";
import { Message, type Messages } from "./messages.ts";

const NOTHING = -1;

/** Connects from the proxy to backends: the SYN, what becomes of it, and how long the proxy waits for that. */
export class BackendConnects {
  readonly deadlines: TimerLanes;
  private readonly hub: Hub;
  private readonly links: BackendLinks;
  private readonly backends: BackendSide;
  private readonly messages: Messages;
  private readonly listener: DriveListener;
  private readonly backendOfAddress: readonly number[];

  constructor(hub: Hub, queue: EventQueue, links: BackendLinks, messages: Messages, options: BackendPortOptions) {
    this.hub = hub;
    this.links = links;
    this.messages = messages;
    this.backends = options.backends;
    this.listener = options.listener;
    this.backendOfAddress = options.backendOfAddress;
    this.deadlines = new TimerLanes(queue, EventKind.CONNECT_DEADLINE, Priority.TIMEOUT);
  }

  /** A connect took longer than the proxy waits. */
  timedOut(link: number): void {
    this.links.linkDeadline[link] = NOTHING;
    this.failed(link, ConnectFailure.TIMEOUT);
  }

  connect(attempt: number, connection: number, address: number, timeoutUs: number): void {
    const { links } = this;
    const backend = this.backendOfAddress[address] as number;
    const link = links.openLink(backend, connection, attempt);
    const request = this.hub.machine.requestOfAttempt(attempt);
    this.listener.attemptStarted(this.hub.nowUs, request, attempt, this.hub.machine.memberOfAttempt(attempt), address);
    if (backend < 0) {
      links.failConnect(link, ConnectFailure.DNS);
      return;
    }
    links.linkDeadline[link] = this.deadlines.start(this.deadlines.lane(timeoutUs), this.hub.nowUs, link);
    links.postToBackend(
      Message.BACKEND_SYN,
      backend,
      link,
      links.linkRows[(link << 3) | LinkField.GENERATION] as number,
    );
  }

  stopDeadline(link: number): void {
    const handle = this.links.linkDeadline[link] as number;
    if (handle < 0) return;
    this.deadlines.cancel(handle);
    this.links.linkDeadline[link] = NOTHING;
  }

  /** A SYN reaches the backend; `repeated` = how many of it were lost before. */
  syn(link: number, repeated: number): void {
    const { links } = this;
    if (links.linkRows[(link << 3) | LinkField.STATE] !== LinkState.CONNECTING) return;
    const backend = links.linkRows[(link << 3) | LinkField.BACKEND] as number;
    const generation = links.linkRows[(link << 3) | LinkField.GENERATION] as number;
    switch (this.backends.connect(this.hub.nowUs, backend, link)) {
      case Accept.ACCEPTED:
        this.messages.post(
          this.hub.nowUs,
          links.latencyUs(backend),
          Priority.ANSWER,
          Message.CONNECTED,
          link,
          generation,
        );
        break;
      case Accept.REFUSED:
        links.failConnect(link, ConnectFailure.REFUSED);
        break;
      case Accept.NO_NAME:
        links.failConnect(link, ConnectFailure.DNS);
        break;
      default:
        this.messages.post(
          this.hub.nowUs,
          synRetryDelayUs(repeated),
          Priority.ARRIVAL,
          Message.BACKEND_SYN,
          link,
          generation,
          repeated + 1,
        );
    }
  }

  /** The backend's answer reaches the proxy. */
  connected(link: number): void {
    const { links } = this;
    this.stopDeadline(link);
    links.linkRows[(link << 3) | LinkField.STATE] = LinkState.OPEN;
    this.hub.machine.attemptConnected(this.hub.nowUs, links.linkRows[(link << 3) | LinkField.ATTEMPT] as number);
    this.hub.carryOut();
  }

  failed(link: number, failure: number): void {
    const { links } = this;
    this.stopDeadline(link);
    const attempt = links.linkRows[(link << 3) | LinkField.ATTEMPT] as number;
    links.freeLink(link);
    this.listener.attemptEnded(this.hub.nowUs, this.hub.machine.requestOfAttempt(attempt), attempt, 0, failure, 0);
    this.hub.machine.attemptFailed(this.hub.nowUs, attempt, failure);
    this.hub.carryOut();
  }
}
