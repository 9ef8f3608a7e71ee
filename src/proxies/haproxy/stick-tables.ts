import type { StickTableConfig } from "./config/haproxy-config.ts";
import {
  Address,
  hexadecimal,
  type SampleValue,
  sampleAddress,
  sampleBytes,
  sampleNumber,
  sampleText,
} from "./samples/sample-value.ts";

/** A key that waits for its answer to be stored; it takes a place in its table from the request on. */
export interface StoredKey {
  readonly table: number;
  readonly key: string;
  /** When the place was taken. */
  readonly sinceUs: number;
}

interface Entry {
  readonly key: string;
  server: number;
  touchedUs: number;
  /** Where it stands in the order of expiry: moved only when it is looked at there. */
  queuedUs: number;
  order: number;
}

/** Entries taken away at once from a full table: this many and the 256th part of its size. */
const AT_LEAST_TRASHED = 1;

/**
 * A stick-table: keys to servers (src/stick_table.c, 2.6.12; spec/haproxy.md 7). Entries stand in the order of expiry as it
 * was when they came; a touch moves none, and only a search for the oldest puts those it meets to where they belong.
 */
export class StickTable {
  private readonly config: StickTableConfig;
  private readonly entries = new Map<string, Entry>();
  /** A binary heap by (queuedUs, order); entries that are gone stay until they come up. */
  private readonly queue: Entry[] = [];
  private orders = 0;
  private reserved = 0;

  constructor(config: StickTableConfig) {
    this.config = config;
  }

  /** The key of a sample in this table, null when it can't be cast to the table's type. */
  keyOf(value: SampleValue): string | null {
    const { type, length } = this.config;
    if (value === null) return null;
    if (type === "integer") {
      const number = sampleNumber(value);
      return number === null ? null : String(Number(BigInt.asUintN(32, BigInt(number))));
    }
    if (type === "string") return sampleText(value).slice(0, length);
    // Shorter ones are filled up with zeros.
    if (type === "binary") return hexadecimal(sampleBytes(value).slice(0, length)).padEnd(2 * length, "0");
    const address = sampleAddress(value);
    const isV4 = address !== null && !address.text.includes(":");
    if (address === null || (type === "ip" && !isV4)) return null;
    return type === "ipv6" && isV4 ? new Address(`::ffff:${address.text}`).text : address.text;
  }

  /** The id of the server stored for a key, null = none; touches the entry. */
  match(nowUs: number, key: string): number | null {
    this.expire(nowUs);
    const entry = this.entries.get(key);
    if (entry === undefined) return null;
    entry.touchedUs = nowUs;
    return entry.server;
  }

  /** Takes a place for a key that may be stored later; in a full table the oldest go first. False = there is none. */
  reserve(nowUs: number): boolean {
    this.expire(nowUs);
    if (this.entries.size + this.reserved >= this.config.size) {
      if (this.config.nopurge || !this.purge()) return false;
    }
    this.reserved++;
    return true;
  }

  /** The place is not needed. */
  release(): void {
    this.reserved--;
  }

  /** Stores a key in the place that was taken for it at `sinceUs`. */
  store(nowUs: number, key: string, server: number, sinceUs = nowUs): void {
    this.expire(nowUs);
    this.reserved--;
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = { key, server, touchedUs: sinceUs, queuedUs: sinceUs, order: this.orders++ };
      this.entries.set(key, entry);
      this.push(entry);
    }
    entry.server = server;
    entry.touchedUs = nowUs;
  }

  /**
   * `__stktable_trash_oldest`: looks at twice as many entries as are to go; those touched since they were queued are queued
   * anew. False = none went.
   */
  private purge(): boolean {
    const wanted = Math.floor(this.config.size / 256) + AT_LEAST_TRASHED;
    let gone = 0;
    for (let looks = 2 * wanted; gone < wanted && looks > 0 && this.queue.length > 0; looks--) {
      const entry = this.pop();
      if (entry.touchedUs !== entry.queuedUs) this.requeue(entry);
      else {
        this.entries.delete(entry.key);
        gone++;
      }
    }
    return gone > 0;
  }

  private expire(nowUs: number): void {
    const { expireUs } = this.config;
    if (expireUs === null) return;
    for (let first = this.queue[0]; first !== undefined && nowUs - first.queuedUs >= expireUs; first = this.queue[0]) {
      const entry = this.pop();
      if (nowUs - entry.touchedUs >= expireUs) this.entries.delete(entry.key);
      else this.requeue(entry);
    }
  }

  private requeue(entry: Entry): void {
    entry.queuedUs = entry.touchedUs;
    entry.order = this.orders++;
    this.push(entry);
  }

  private push(entry: Entry): void {
    const { queue } = this;
    let at = queue.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, queue[parent] as Entry)) break;
      queue[at] = queue[parent] as Entry;
      at = parent;
    }
    queue[at] = entry;
  }

  private pop(): Entry {
    const { queue } = this;
    const first = queue[0] as Entry;
    const last = queue.pop() as Entry;
    if (queue.length === 0) return first;
    let at = 0;
    for (let child = 1; child < queue.length; child = 2 * at + 1) {
      if (child + 1 < queue.length && isBefore(queue[child + 1] as Entry, queue[child] as Entry)) child++;
      if (!isBefore(queue[child] as Entry, last)) break;
      queue[at] = queue[child] as Entry;
      at = child;
    }
    queue[at] = last;
    return first;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.queuedUs !== b.queuedUs ? a.queuedUs < b.queuedUs : a.order < b.order;
}
