import type { Text } from "../../contract/text.ts";
import type { CookieJar } from "../cookie-jar.ts";
import { longerInt32, longerUint8 } from "../growing.ts";

export const SlotState = {
  FREE: 0,
  /** Between requests. */
  THINKING: 1,
  /** Requests are out. */
  ACTIVE: 2,
} as const;

const INITIAL = 64;

/** Client sessions that live, by slot: dense, reused; `generation` tells one occupant from the next. */
export class SessionSlots {
  /** Slots ever used. */
  used = 0;
  /** Sessions that live. */
  count = 0;
  state = new Uint8Array(INITIAL);
  generation = new Int32Array(INITIAL);
  client = new Int32Array(INITIAL);
  session = new Int32Array(INITIAL);
  requestsLeft = new Int32Array(INITIAL);
  /** Number of the next request of the session. */
  nextOrdinal = new Int32Array(INITIAL);
  /** Requests of the present burst that are not over. */
  active = new Int32Array(INITIAL);
  /** 1 = never sends cookies. */
  withoutCookies = new Uint8Array(INITIAL);
  /** 1 = gives up after the present burst. */
  leaving = new Uint8Array(INITIAL);
  // ledger
  /** The state that the client's logical session lives in, or -1 (none yet, or lost). */
  currentState = new Int32Array(INITIAL);
  /** First of all states that were made for the session, or -1. */
  firstState = new Int32Array(INITIAL);
  /** States made for the session so far. */
  statesMade = new Int32Array(INITIAL);
  /** 1 = interrupted and not yet told otherwise by a good answer. */
  interrupted = new Uint8Array(INITIAL);
  // what the client remembers
  jar: (CookieJar | null)[] = [];
  /** ";name=id.route" that the client appends to its paths, or "". */
  suffix: string[] = [];
  /** Targets with the suffix, by class; made when first used. */
  targets: (Text[] | null)[] = [];

  private free: number[] = [];

  take(client: number, session: number): number {
    const slot = this.free.pop() ?? this.next();
    this.count++;
    this.state[slot] = SlotState.THINKING;
    this.client[slot] = client;
    this.session[slot] = session;
    this.nextOrdinal[slot] = 0;
    this.active[slot] = 0;
    this.withoutCookies[slot] = 0;
    this.leaving[slot] = 0;
    this.currentState[slot] = -1;
    this.firstState[slot] = -1;
    this.statesMade[slot] = 0;
    this.interrupted[slot] = 0;
    this.jar[slot] = null;
    this.suffix[slot] = "";
    this.targets[slot] = null;
    return slot;
  }

  release(slot: number): void {
    this.state[slot] = SlotState.FREE;
    this.generation[slot] = ((this.generation[slot] as number) + 1) | 0;
    this.jar[slot] = null;
    this.targets[slot] = null;
    this.suffix[slot] = "";
    this.count--;
    this.free.push(slot);
  }

  private next(): number {
    if (this.used === this.state.length) this.grow();
    return this.used++;
  }

  private grow(): void {
    const length = this.state.length * 2;
    this.state = longerUint8(this.state, length);
    this.withoutCookies = longerUint8(this.withoutCookies, length);
    this.leaving = longerUint8(this.leaving, length);
    this.interrupted = longerUint8(this.interrupted, length);
    this.generation = longerInt32(this.generation, length);
    this.client = longerInt32(this.client, length);
    this.session = longerInt32(this.session, length);
    this.requestsLeft = longerInt32(this.requestsLeft, length);
    this.nextOrdinal = longerInt32(this.nextOrdinal, length);
    this.active = longerInt32(this.active, length);
    this.currentState = longerInt32(this.currentState, length);
    this.firstState = longerInt32(this.firstState, length);
    this.statesMade = longerInt32(this.statesMade, length);
  }
}
