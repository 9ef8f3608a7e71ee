import type { EventQueue } from "../engine/event-queue.ts";
import { TimerLanes } from "../engine/timer-lanes.ts";
import { type BackendLinks, ExchangeTime } from "./backend-links.ts";
import { EventKind, Priority } from "./event-order.ts";

const NOT_RUNNING = -1;

/** The longest silence that the proxy allows on each running exchange; begun anew by every part of an answer. */
export class SilenceDeadlines {
  readonly lanes: TimerLanes;
  private readonly links: BackendLinks;
  private lastSilenceUs = -1;
  private lastLane = 0;

  constructor(queue: EventQueue, links: BackendLinks) {
    this.lanes = new TimerLanes(queue, EventKind.SILENCE_DEADLINE, Priority.TIMEOUT);
    this.links = links;
  }

  start(nowUs: number, exchange: number, silenceUs: number): void {
    const { links } = this;
    links.exchangeTimes[(exchange << 2) | ExchangeTime.SILENCE] = silenceUs;
    if (silenceUs !== this.lastSilenceUs) {
      this.lastSilenceUs = silenceUs;
      this.lastLane = this.lanes.lane(silenceUs);
    }
    links.exchangeTimes[(exchange << 2) | ExchangeTime.DEADLINE] = this.lanes.start(this.lastLane, nowUs, exchange);
  }

  /** The same silence again, from now on. */
  restart(nowUs: number, exchange: number): void {
    this.start(nowUs, exchange, this.links.exchangeTimes[(exchange << 2) | ExchangeTime.SILENCE] as number);
  }

  stop(exchange: number): void {
    const handle = this.links.exchangeTimes[(exchange << 2) | ExchangeTime.DEADLINE] as number;
    if (handle < 0) return;
    this.lanes.cancel(handle);
    this.links.exchangeTimes[(exchange << 2) | ExchangeTime.DEADLINE] = NOT_RUNNING;
  }
}
