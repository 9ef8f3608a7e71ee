import type { ResponseHead } from "../contract/http-message.ts";
import type { EventQueue } from "../engine/event-queue.ts";
import { EventKind } from "./event-order.ts";

/** What travels between clients, proxy and backends; `a` is the thing it is about, `b` its generation. */
export const Message = {
  // client to proxy
  SYN: 1,
  HEAD_STARTED: 2,
  REQUEST: 3,
  CLIENT_CLOSED: 4,
  // proxy to client (only with latency, else told at once)
  ESTABLISHED: 5,
  ANSWER: 6,
  ANSWER_HEAD: 7,
  ANSWER_BODY: 8,
  ANSWER_END: 9,
  REFUSED: 10,
  DROPPED: 11,
  // proxy to backend
  BACKEND_SYN: 12,
  BACKEND_REQUEST: 13,
  BACKEND_BODY: 14,
  ABANDONED: 15,
  CONNECTION_CLOSED: 16,
  BACKEND_TUNNEL_CLOSED: 17,
  // backend to proxy
  CONNECTED: 18,
  CONNECT_FAILED: 19,
  INTERIM: 20,
  BACKEND_ANSWER: 21,
  BACKEND_HEAD: 22,
  BACKEND_PART: 23,
  BACKEND_END: 24,
  IDLE_CLOSED: 25,
  BROKEN: 26,
  // health checks, there and back
  PROBE: 27,
  PROBE_RESULT: 28,
  // what a backend says by itself
  LOAD_REPORT: 29,
} as const;

/** What a message says: column of `rows[(slot << 3) | …]`. */
export const MessageField = { TYPE: 0, A: 1, B: 2, C: 3, D: 4 } as const;

/**
 * Messages under way. One without latency waits in a ring and is delivered before the next event; one with latency is
 * an event of its own. Both live in the same pool of slots, so nothing is allocated per message.
 */
export class Messages {
  rows = new Int32Array(256 << 3);
  amount = new Float64Array(256);
  /** Head that a message carries; of a message without one, that of an earlier one in its slot. */
  ref: (ResponseHead | null)[] = new Array(256).fill(null);

  private free = new Int32Array(256);
  private freeCount = 0;
  private used = 0;
  private ring = new Int32Array(256);
  private head = 0;
  private tail = 0;
  private readonly queue: EventQueue;

  constructor(queue: EventQueue) {
    this.queue = queue;
  }

  /** Sends a message that arrives after `latencyUs`; `priority` orders it among events of that instant. */
  post(
    nowUs: number,
    latencyUs: number,
    priority: number,
    type: number,
    a: number,
    b: number,
    c = 0,
    d = 0,
    amount = 0,
    ref: ResponseHead | null = null,
  ): void {
    const slot = this.freeCount > 0 ? (this.free[--this.freeCount] as number) : this.nextSlot();
    const { rows } = this;
    const at = slot << 3;
    rows[at | MessageField.TYPE] = type;
    rows[at | MessageField.A] = a;
    rows[at | MessageField.B] = b;
    rows[at | MessageField.C] = c;
    rows[at | MessageField.D] = d;
    this.amount[slot] = amount;
    if (ref !== null) this.ref[slot] = ref;
    if (latencyUs > 0) this.queue.push(nowUs + latencyUs, priority, EventKind.DELIVERY, slot);
    else this.enqueue(slot);
  }

  /** Next message of this instant, or -1. The slot must be given back with `release` once it was read. */
  take(): number {
    if (this.head === this.tail) return -1;
    const slot = this.ring[this.head] as number;
    this.head = (this.head + 1) & (this.ring.length - 1);
    return slot;
  }

  release(slot: number): void {
    this.free[this.freeCount++] = slot;
  }

  private enqueue(slot: number): void {
    const mask = this.ring.length - 1;
    if (((this.tail + 1) & mask) === this.head) this.growRing();
    this.ring[this.tail] = slot;
    this.tail = (this.tail + 1) & (this.ring.length - 1);
  }

  private growRing(): void {
    const old = this.ring;
    const mask = old.length - 1;
    const ring = new Int32Array(old.length * 2);
    let count = 0;
    for (let i = this.head; i !== this.tail; i = (i + 1) & mask) ring[count++] = old[i] as number;
    this.ring = ring;
    this.head = 0;
    this.tail = count;
  }

  private nextSlot(): number {
    if (this.used === this.amount.length) this.growSlots();
    return this.used++;
  }

  private growSlots(): void {
    const size = this.amount.length * 2;
    const rows = new Int32Array(size << 3);
    rows.set(this.rows);
    this.rows = rows;
    const free = new Int32Array(size);
    free.set(this.free);
    this.free = free;
    while (this.ref.length < size) this.ref.push(null);
    const amount = new Float64Array(size);
    amount.set(this.amount);
    this.amount = amount;
  }
}
