import type { EventQueue } from "../engine/event-queue.ts";
import { grownFloat64, grownInt32 } from "../engine/growing.ts";
import { TimerLanes } from "../engine/timer-lanes.ts";
import { EventKind, Priority } from "./event-order.ts";

const NOT_RUNNING = -1;
/** Distinct delays that get a lane; the delays after these are taken to be one-offs. */
const MOST_LANES = 64;

/**
 * The machine's timers by its own ids. Delays that come again and again (a keep-alive timeout, a tick) share a lane each;
 * a machine may also ask for any other delay, and those are events of their own.
 */
export class MachineTimers {
  readonly lanes: TimerLanes;
  private readonly queue: EventQueue;
  /** By timer: handle of its lane, or −2 − slot of its own event, or NOT_RUNNING. */
  private handles = new Float64Array(256).fill(NOT_RUNNING);
  private readonly laneOfDelay = new Map<number, number>();
  private lastDelayUs = -1;
  private lastLane = 0;
  /** By slot of an event: the timer that it rings, or NOT_RUNNING when it was cancelled. */
  private timerOfSlot = new Int32Array(16);
  private slots = 0;
  private readonly freeSlots: number[] = [];

  constructor(queue: EventQueue) {
    this.queue = queue;
    this.lanes = new TimerLanes(queue, EventKind.MACHINE_TIMER, Priority.TIMEOUT);
  }

  /** A timer that runs already is moved. */
  set(nowUs: number, timer: number, delayUs: number): void {
    this.handles = grownFloat64(this.handles, timer, NOT_RUNNING);
    this.cancel(timer);
    const lane = delayUs === this.lastDelayUs ? this.lastLane : this.laneFor(delayUs);
    this.handles[timer] = lane >= 0 ? this.lanes.start(lane, nowUs, timer) : this.startAlone(nowUs, timer, delayUs);
  }

  cancel(timer: number): void {
    if (timer >= this.handles.length) return;
    const running = this.handles[timer] as number;
    if (running === NOT_RUNNING) return;
    if (running >= 0) this.lanes.cancel(running);
    else this.timerOfSlot[-2 - running] = NOT_RUNNING;
    this.handles[timer] = NOT_RUNNING;
  }

  /** The timer went off. */
  expired(timer: number): void {
    this.handles[timer] = NOT_RUNNING;
  }

  /** An event of its own came up: answers the timer that it rings, or −1 when that was cancelled. */
  ring(slot: number): number {
    const timer = this.timerOfSlot[slot] as number;
    this.freeSlots.push(slot);
    return timer;
  }

  private laneFor(delayUs: number): number {
    let lane = this.laneOfDelay.get(delayUs);
    if (lane === undefined) {
      if (this.laneOfDelay.size >= MOST_LANES) return NOT_RUNNING;
      lane = this.lanes.lane(delayUs);
      this.laneOfDelay.set(delayUs, lane);
    }
    this.lastDelayUs = delayUs;
    this.lastLane = lane;
    return lane;
  }

  private startAlone(nowUs: number, timer: number, delayUs: number): number {
    const slot = this.freeSlots.pop() ?? this.slots++;
    this.timerOfSlot = grownInt32(this.timerOfSlot, slot);
    this.timerOfSlot[slot] = timer;
    this.queue.push(nowUs + delayUs, Priority.TIMEOUT, EventKind.MACHINE_ALARM, slot);
    return -2 - slot;
  }
}
