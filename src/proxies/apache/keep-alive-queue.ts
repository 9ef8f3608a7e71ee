import type { Outbox } from "../../contract/outbox.ts";
import { timerId } from "../shared/timer-id.ts";
import type { ClientConnection } from "./client-connection.ts";
import { TimerKind } from "./timer-kind.ts";

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
  /** Client connections by id. */
  private readonly connections: readonly ClientConnection[];

  constructor(timeoutUs: number, index: number, outbox: Outbox, connections: readonly ClientConnection[]) {
    this.timeoutUs = timeoutUs;
    this.timer = timerId(TimerKind.KEEP_ALIVE, index);
    this.outbox = outbox;
    this.connections = connections;
  }

  push(nowUs: number, connection: ClientConnection): void {
    if (((this.tail - this.head) | 0) > this.mask) this.makeRoom();
    const place = this.tail;
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

  /** Closes the empty cells up; the ring doubles only when more than half of its cells are taken. */
  private makeRoom(): void {
    const live = this.all();
    const cells = 2 * live.length > this.ids.length ? this.ids.length * 2 : this.ids.length;
    const ids = new Int32Array(cells);
    const duesUs = new Float64Array(cells);
    for (const [place, id] of live.entries()) {
      const connection = this.connections[id] as ClientConnection;
      ids[place] = id;
      duesUs[place] = this.duesUs[connection.place & this.mask] as number;
      connection.place = place;
    }
    this.ids = ids;
    this.duesUs = duesUs;
    this.mask = cells - 1;
    this.head = 0;
    this.tail = live.length;
  }
}
