import type { Outbox } from "../../contract/outbox.ts";
import type { ClientConnection } from "./client-connection.ts";
import { TimerKind, timerId } from "./timer-ids.ts";

/**
 * Idle client connections with one KeepAliveTimeout, in the order in which they run out (httpd event MPM: a
 * timeout_queue). One timer runs for the first of them and is not moved when that one leaves early: it finds the next.
 */
export class KeepAliveQueue {
  readonly timeoutUs: number;
  first: ClientConnection | null = null;
  private last: ClientConnection | null = null;
  private armed = false;
  private readonly timer: number;
  private readonly outbox: Outbox;

  constructor(timeoutUs: number, index: number, outbox: Outbox) {
    this.timeoutUs = timeoutUs;
    this.timer = timerId(TimerKind.KEEP_ALIVE, index);
    this.outbox = outbox;
  }

  push(nowUs: number, connection: ClientConnection): void {
    connection.deadlineUs = nowUs + this.timeoutUs;
    connection.queue = this;
    connection.previous = this.last;
    connection.next = null;
    if (this.last === null) this.first = connection;
    else this.last.next = connection;
    this.last = connection;
    if (!this.armed) {
      this.armed = true;
      this.outbox.setTimer(this.timer, this.timeoutUs);
    }
  }

  remove(connection: ClientConnection): void {
    const { previous, next } = connection;
    if (previous === null) this.first = next;
    else previous.next = next;
    if (next === null) this.last = previous;
    else next.previous = previous;
    connection.previous = null;
    connection.next = null;
    connection.queue = null;
  }

  /** Takes out a connection whose time is over, or null; then the timer runs for the first that is left. */
  expire(nowUs: number): ClientConnection | null {
    const { first } = this;
    if (first !== null && first.deadlineUs <= nowUs) {
      this.remove(first);
      return first;
    }
    this.armed = first !== null;
    if (first !== null) this.outbox.setTimer(this.timer, first.deadlineUs - nowUs);
    return null;
  }
}
