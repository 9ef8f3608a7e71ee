import type { Outbox } from "../../contract/outbox.ts";
import type { ClientConnection } from "./client-connection.ts";
import { TimerKind, timerId } from "./timer-ids.ts";

const LEFT = -1;
const INITIAL = 64;

/**
 * Idle client connections with one KeepAliveTimeout, in the order in which they run out (httpd event MPM: a
 * timeout_queue). One timer runs for the first of them and is not moved when that one leaves early: it finds the next.
 *
 * A ring: who comes is written behind the last, who leaves early leaves an empty cell, so that neither touches its
 * neighbours. Places are int32 that count up and wrap; a cell is `place & mask`, and the first is never empty.
 */
export class KeepAliveQueue {
  readonly timeoutUs: number;
  private ids = new Int32Array(INITIAL);
  private duesUs = new Float64Array(INITIAL);
  private mask = INITIAL - 1;
  private head = 0;
  private tail = 0;
  private armed = false;
  private readonly timer: number;
  private readonly outbox: Outbox;

  constructor(timeoutUs: number, index: number, outbox: Outbox) {
    this.timeoutUs = timeoutUs;
    this.timer = timerId(TimerKind.KEEP_ALIVE, index);
    this.outbox = outbox;
  }

  push(nowUs: number, connection: ClientConnection): void {
    const place = this.tail;
    if (((place - this.head) | 0) > this.mask) this.grow();
    const cell = place & this.mask;
    this.ids[cell] = connection.id;
    this.duesUs[cell] = nowUs + this.timeoutUs;
    this.tail = (place + 1) | 0;
    connection.queue = this;
    connection.place = place;
    if (!this.armed) {
      this.armed = true;
      this.outbox.setTimer(this.timer, this.timeoutUs);
    }
  }

  remove(connection: ClientConnection): void {
    const { place } = connection;
    connection.queue = null;
    this.ids[place & this.mask] = LEFT;
    if (place === this.head) this.skipLeft();
  }

  /** Id of the first connection when its time is over, else -1; then the timer runs for the first that is left. */
  due(nowUs: number): number {
    const { head } = this;
    this.armed = head !== this.tail;
    if (!this.armed) return -1;
    const dueUs = this.duesUs[head & this.mask] as number;
    if (dueUs <= nowUs) return this.ids[head & this.mask] as number;
    this.outbox.setTimer(this.timer, dueUs - nowUs);
    return -1;
  }

  /** Ids of all connections in the queue, in order. */
  all(): number[] {
    const ids: number[] = [];
    for (let place = this.head; place !== this.tail; place = (place + 1) | 0) {
      const id = this.ids[place & this.mask] as number;
      if (id !== LEFT) ids.push(id);
    }
    return ids;
  }

  private skipLeft(): void {
    const { ids, mask, tail } = this;
    let { head } = this;
    while (head !== tail && ids[head & mask] === LEFT) head = (head + 1) | 0;
    this.head = head;
  }

  private grow(): void {
    const ids = new Int32Array(this.ids.length * 2);
    const duesUs = new Float64Array(ids.length);
    const mask = ids.length - 1;
    for (let place = this.head; place !== this.tail; place = (place + 1) | 0) {
      ids[place & mask] = this.ids[place & this.mask] as number;
      duesUs[place & mask] = this.duesUs[place & this.mask] as number;
    }
    this.ids = ids;
    this.duesUs = duesUs;
    this.mask = mask;
  }
}
