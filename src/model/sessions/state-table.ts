import { longerInt32 } from "../../engine/growing.ts";
import { invariant } from "../../engine/invariant.ts";
import type { BackendSpec } from "../world-spec.ts";
import type { SessionKey } from "./session-key.ts";

/** What is known about a state; bits. */
export const StateFlag = {
  /** The client does not use it any more since a request of it was processed without it. */
  LOST: 1,
  /** A Set-Cookie with its id reached the client. */
  RECEIVED: 2,
  /** The id travels as a path parameter. */
  BY_PATH: 4,
  /** Lives in the store that all backends share. */
  SHARED: 8,
  /** Counted as lost, which a state is once, even if the client wanders back to it. */
  COUNTED: 16,
} as const;

/** What is kept of a state: column of `rows[(state << 3) | …]`. */
export const StateField = {
  /** Unique per state ever made: tells a reference from one to a state that had the same index before. */
  SERIAL: 0,
  BACKEND: 1,
  EPOCH: 2,
  FLAGS: 3,
  /** Next state of the same client session, -1 = last. */
  NEXT_OF_SESSION: 4,
  /** Next state with the same id (only where applications take over unknown ids), -1 = last. */
  NEXT_OF_ID: 5,
  /** Instant of the last request that found it, in two halves: a µs count has more bits than a column. */
  TOUCHED_HIGH: 6,
  TOUCHED_LOW: 7,
} as const;

const TWO_POW_32 = 4_294_967_296;
const INITIAL = 64;

/**
 * Session states of the application, wherever they live. Every state belongs to one client session and is forgotten
 * when that ends: nobody else knows its id, so nobody can ever ask for it again. That keeps the table as small as the
 * number of live sessions although real stores keep states until they expire.
 *
 * A memory store has an epoch per backend; crash and wipe raise it, and states of an older epoch are gone.
 */
export class StateTable {
  rows = new Int32Array(INITIAL << 3).fill(-1);
  id: string[] = [];
  /** States that exist. */
  count = 0;

  private capacity = INITIAL;
  private readonly byId = new Map<string, number>();
  private readonly epochs: Int32Array;
  /** When each epoch of each backend ended. */
  private readonly epochEnds: number[][];
  private readonly expiryUs: readonly number[];
  private readonly isShared: readonly boolean[];
  private serials = 0;
  private used = 0;
  private firstFree = -1;

  constructor(backends: readonly BackendSpec[]) {
    this.epochs = new Int32Array(backends.length);
    this.epochEnds = backends.map(() => []);
    this.expiryUs = backends.map((backend) => backend.session.expiryUs);
    this.isShared = backends.map((backend) => backend.session.store === "shared");
  }

  create(nowUs: number, backend: number, id: string, byPath: boolean): number {
    const state = this.take();
    const isShared = this.isShared[backend] as boolean;
    this.rows[(state << 3) | StateField.SERIAL] = this.serials;
    this.serials = (this.serials + 1) & 0x7fffffff;
    this.rows[(state << 3) | StateField.BACKEND] = backend;
    this.rows[(state << 3) | StateField.EPOCH] = this.epochs[backend] as number;
    this.rows[(state << 3) | StateField.FLAGS] = (byPath ? StateFlag.BY_PATH : 0) | (isShared ? StateFlag.SHARED : 0);
    this.id[state] = id;
    this.touch(state, nowUs);
    this.rows[(state << 3) | StateField.NEXT_OF_ID] = this.byId.get(id) ?? -1;
    this.byId.set(id, state);
    this.count++;
    return state;
  }

  release(state: number): void {
    const id = this.id[state] as string;
    this.unlinkId(state, id);
    this.rows[(state << 3) | StateField.SERIAL] = -1;
    this.id[state] = "";
    this.rows[(state << 3) | StateField.NEXT_OF_SESSION] = this.firstFree;
    this.firstFree = state;
    this.count--;
    invariant(this.count >= 0, "no state is forgotten twice");
  }

  /** Any state with the id of the key, whether it still exists or not; -1 = none. */
  lookUp(key: SessionKey): number {
    if (key.state >= 0 && this.rows[(key.state << 3) | StateField.SERIAL] === key.serial) return key.state;
    if (key.id === "") return -1;
    const state = this.byId.get(key.id) ?? -1;
    key.state = state;
    if (state < 0) key.serial = -1;
    else {
      key.serial = this.rows[(state << 3) | StateField.SERIAL] as number;
      key.id = this.id[state] as string;
    }
    return state;
  }

  /** The state that a backend finds for a key at an instant, or -1. */
  find(key: SessionKey, backend: number, nowUs: number): number {
    const first = this.lookUp(key);
    if (first < 0) return -1;
    if (this.isAt(first, backend) && this.exists(first, nowUs)) return first;
    let state = this.byId.get(key.id) ?? -1;
    while (state >= 0 && !(this.isAt(state, backend) && this.exists(state, nowUs)))
      state = this.rows[(state << 3) | StateField.NEXT_OF_ID] as number;
    return state;
  }

  /** A request finds the state at an instant (not before 0). */
  touch(state: number, nowUs: number): void {
    this.rows[(state << 3) | StateField.TOUCHED_HIGH] = Math.floor(nowUs / TWO_POW_32);
    this.rows[(state << 3) | StateField.TOUCHED_LOW] = nowUs | 0;
  }

  private touchedUs(state: number): number {
    const { rows } = this;
    const low = rows[(state << 3) | StateField.TOUCHED_LOW] as number;
    return (rows[(state << 3) | StateField.TOUCHED_HIGH] as number) * TWO_POW_32 + (low >>> 0);
  }

  /** Whether the state is still in its store: neither wiped nor expired. */
  exists(state: number, nowUs: number): boolean {
    const backend = this.rows[(state << 3) | StateField.BACKEND] as number;
    if (this.isWiped(state)) return false;
    return nowUs - this.touchedUs(state) < (this.expiryUs[backend] as number);
  }

  /** For a state that is gone: true when it had expired before its memory was wiped. */
  expiredFirst(state: number): boolean {
    if (!this.isWiped(state)) return true;
    const backend = this.rows[(state << 3) | StateField.BACKEND] as number;
    const wipedUs = (this.epochEnds[backend] as number[])[
      this.rows[(state << 3) | StateField.EPOCH] as number
    ] as number;
    return wipedUs - this.touchedUs(state) >= (this.expiryUs[backend] as number);
  }

  /** The memory of a backend's process is gone; a shared store is not in it. */
  wipe(nowUs: number, backend: number): void {
    (this.epochEnds[backend] as number[]).push(nowUs);
    this.epochs[backend] = (this.epochs[backend] as number) + 1;
  }

  private isWiped(state: number): boolean {
    if (((this.rows[(state << 3) | StateField.FLAGS] as number) & StateFlag.SHARED) !== 0) return false;
    return (
      this.rows[(state << 3) | StateField.EPOCH] !== this.epochs[this.rows[(state << 3) | StateField.BACKEND] as number]
    );
  }

  private isAt(state: number, backend: number): boolean {
    if (this.rows[(state << 3) | StateField.BACKEND] === backend) return true;
    return (
      ((this.rows[(state << 3) | StateField.FLAGS] as number) & StateFlag.SHARED) !== 0 &&
      (this.isShared[backend] as boolean)
    );
  }

  private unlinkId(state: number, id: string): void {
    const first = this.byId.get(id) as number;
    const after = this.rows[(state << 3) | StateField.NEXT_OF_ID] as number;
    if (first === state) {
      if (after < 0) this.byId.delete(id);
      else this.byId.set(id, after);
      return;
    }
    let before = first;
    while (this.rows[(before << 3) | StateField.NEXT_OF_ID] !== state)
      before = this.rows[(before << 3) | StateField.NEXT_OF_ID] as number;
    this.rows[(before << 3) | StateField.NEXT_OF_ID] = after;
  }

  private take(): number {
    const free = this.firstFree;
    if (free >= 0) {
      this.firstFree = this.rows[(free << 3) | StateField.NEXT_OF_SESSION] as number;
      return free;
    }
    if (this.used === this.capacity) {
      this.capacity *= 2;
      this.rows = longerInt32(this.rows, this.capacity << 3, -1);
    }
    return this.used++;
  }
}
