import type { EventQueue } from "../engine/event-queue.ts";
import { TimerLanes } from "../engine/timer-lanes.ts";
import { EventKind, Priority } from "./event-order.ts";
import { grownFloat64 } from "./growing.ts";

const NOT_RUNNING = -1;

/** The machine's timers by its own ids. */
export class MachineTimers {
  readonly lanes: TimerLanes;
  private handles = new Float64Array(256).fill(NOT_RUNNING);
  private lastDelayUs = -1;
  private lastLane = 0;

  constructor(queue: EventQueue) {
    this.lanes = new TimerLanes(queue, EventKind.MACHINE_TIMER, Priority.TIMEOUT);
  }

  /** A timer that runs already is moved. */
  set(nowUs: number, timer: number, delayUs: number): void {
    this.handles = grownFloat64(this.handles, timer, NOT_RUNNING);
    const running = this.handles[timer] as number;
    if (running >= 0) this.lanes.cancel(running);
    if (delayUs !== this.lastDelayUs) {
      this.lastDelayUs = delayUs;
      this.lastLane = this.lanes.lane(delayUs);
    }
    this.handles[timer] = this.lanes.start(this.lastLane, nowUs, timer);
  }

  cancel(timer: number): void {
    if (timer >= this.handles.length) return;
    const running = this.handles[timer] as number;
    if (running < 0) return;
    this.lanes.cancel(running);
    this.handles[timer] = NOT_RUNNING;
  }

  /** The timer went off. */
  expired(timer: number): void {
    this.handles[timer] = NOT_RUNNING;
  }
}
