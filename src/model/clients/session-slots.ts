import type { Text } from "../../contract/text.ts";
import { longerInt32 } from "../../engine/growing.ts";
import type { CookieJar } from "../cookie-jar.ts";
import type { SessionLinks } from "./session-links.ts";

export const SlotState = {
  FREE: 0,
  /** Between requests. */
  THINKING: 1,
  /** Requests are out. */
  ACTIVE: 2,
} as const;

/** What is kept of a session: column of `rows[(slot << 4) | …]`. */
export const SlotField = {
  STATE: 0,
  /** Tells one occupant of the slot from the next. */
  GENERATION: 1,
  CLIENT: 2,
  SESSION: 3,
  REQUESTS_LEFT: 4,
  /** Number of the next request of the session. */
  NEXT_ORDINAL: 5,
  /** Requests of the present burst that are not over. */
  ACTIVE: 6,
  /** 1 = never sends cookies. */
  WITHOUT_COOKIES: 7,
  /** 1 = gives up after the present burst. */
  LEAVING: 8,
  // ledger
  /** The state that the client's logical session lives in, or -1 (none yet, or lost). */
  CURRENT_STATE: 9,
  /** First of all states that were made for the session, or -1. */
  FIRST_STATE: 10,
  /** States made for the session so far. */
  STATES_MADE: 11,
  /** 1 = interrupted and not yet told otherwise by a good answer. */
  INTERRUPTED: 12,
  // what the client sends
  /** Index of the place whose Cookie header is in `header`; -1 = the jar must be asked. */
  HEADER_PLACE: 13,
  /** 1 = the session travels as a path parameter, in `links`. */
  HAS_LINKS: 14,
} as const;

const INITIAL = 64;

/** Client sessions that live, by slot: dense, reused. A row is one cache line. */
export class SessionSlots {
  /** Slots ever used. */
  used = 0;
  /** Sessions that live. */
  count = 0;
  rows = new Int32Array(INITIAL << 4);
  // what the client remembers
  jar: (CookieJar | null)[] = [];
  header: (Text | null)[] = [];
  links: (SessionLinks | null)[] = [];

  private capacity = INITIAL;
  private readonly free: number[] = [];

  take(client: number, session: number): number {
    const slot = this.free.pop() ?? this.next();
    const { rows } = this;
    const at = slot << 4;
    this.count++;
    rows[at | SlotField.STATE] = SlotState.THINKING;
    rows[at | SlotField.CLIENT] = client;
    rows[at | SlotField.SESSION] = session;
    rows[at | SlotField.NEXT_ORDINAL] = 0;
    rows[at | SlotField.ACTIVE] = 0;
    rows[at | SlotField.WITHOUT_COOKIES] = 0;
    rows[at | SlotField.LEAVING] = 0;
    rows[at | SlotField.CURRENT_STATE] = -1;
    rows[at | SlotField.FIRST_STATE] = -1;
    rows[at | SlotField.STATES_MADE] = 0;
    rows[at | SlotField.INTERRUPTED] = 0;
    rows[at | SlotField.HEADER_PLACE] = -1;
    rows[at | SlotField.HAS_LINKS] = 0;
    this.jar[slot] = null;
    this.header[slot] = null;
    this.links[slot] = null;
    return slot;
  }

  release(slot: number): void {
    const at = slot << 4;
    this.rows[at | SlotField.STATE] = SlotState.FREE;
    this.rows[at | SlotField.GENERATION] = ((this.rows[at | SlotField.GENERATION] as number) + 1) | 0;
    this.jar[slot] = null;
    this.header[slot] = null;
    this.links[slot] = null;
    this.count--;
    this.free.push(slot);
  }

  private next(): number {
    if (this.used === this.capacity) {
      this.capacity *= 2;
      this.rows = longerInt32(this.rows, this.capacity << 4);
    }
    return this.used++;
  }
}
