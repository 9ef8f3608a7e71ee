import { invariant } from "../../engine/invariant.ts";
import { longerFloat64, longerInt32, longerUint8 } from "../growing.ts";
import type { BackendSpec } from "../world-spec.ts";
import type { SessionKey } from "./session-key.ts";

/** What is known about a state; bits. */
export const StateFlag = {
  /** Counted as lost. */
  LOST: 1,
  /** A Set-Cookie with its id reached the client. */
  RECEIVED: 2,
  /** The id travels as a path parameter. */
  BY_PATH: 4,
  /** Lives in the store that all backends share. */
  SHARED: 8,
} as const;

const INITIAL = 64;

/**
 * Session states of the application, wherever they live. Every state belongs to one client session and is forgotten
 * when that ends: nobody else knows its id, so nobody can ever ask for it again. That keeps the table as small as the
 * number of live sessions although real stores keep states until they expire.
 *
 * A memory store has an epoch per backend; crash and wipe raise it, and states of an older epoch are gone.
 */
export class StateTable {
  /** Unique per state ever made: tells a reference from one to a state that had the same index before. */
  serial = new Int32Array(INITIAL).fill(-1);
  backend = new Int32Array(INITIAL);
  flags = new Uint8Array(INITIAL);
  id: string[] = [];
  /** Next state of the same client session, -1 = last. */
  nextOfSession = new Int32Array(INITIAL);
  /** Instant of the last request that found it. */
  touchedUs = new Float64Array(INITIAL);
  /** States that exist. */
  count = 0;

  private epoch = new Int32Array(INITIAL);
  /** Next state with the same id (only where applications take over unknown ids), -1 = last. */
  private nextOfId = new Int32Array(INITIAL);
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
    this.serial[state] = this.serials;
    this.serials = (this.serials + 1) & 0x7fffffff;
    this.backend[state] = backend;
    this.epoch[state] = this.epochs[backend] as number;
    this.flags[state] = (byPath ? StateFlag.BY_PATH : 0) | (isShared ? StateFlag.SHARED : 0);
    this.id[state] = id;
    this.touchedUs[state] = nowUs;
    this.nextOfId[state] = this.byId.get(id) ?? -1;
    this.byId.set(id, state);
    this.count++;
    return state;
  }

  release(state: number): void {
    const id = this.id[state] as string;
    this.unlinkId(state, id);
    this.serial[state] = -1;
    this.id[state] = "";
    this.nextOfSession[state] = this.firstFree;
    this.firstFree = state;
    this.count--;
    invariant(this.count >= 0, "no state is forgotten twice");
  }

  /** Any state with the id of the key, whether it still exists or not; -1 = none. */
  lookUp(key: SessionKey): number {
    if (key.state >= 0 && this.serial[key.state] === key.serial) return key.state;
    if (key.id === "") return -1;
    const state = this.byId.get(key.id) ?? -1;
    key.state = state;
    key.serial = state < 0 ? -1 : (this.serial[state] as number);
    return state;
  }

  /** The state that a backend finds for a key at an instant, or -1. */
  find(key: SessionKey, backend: number, nowUs: number): number {
    const first = this.lookUp(key);
    if (first < 0) return -1;
    if (this.isAt(first, backend) && this.exists(first, nowUs)) return first;
    let state = this.byId.get(key.id) ?? -1;
    while (state >= 0 && !(this.isAt(state, backend) && this.exists(state, nowUs)))
      state = this.nextOfId[state] as number;
    return state;
  }

  /** Whether the state is still in its store: neither wiped nor expired. */
  exists(state: number, nowUs: number): boolean {
    const backend = this.backend[state] as number;
    if (this.isWiped(state)) return false;
    return nowUs - (this.touchedUs[state] as number) < (this.expiryUs[backend] as number);
  }

  /** For a state that is gone: true when it had expired before its memory was wiped. */
  expiredFirst(state: number): boolean {
    if (!this.isWiped(state)) return true;
    const backend = this.backend[state] as number;
    const wipedUs = (this.epochEnds[backend] as number[])[this.epoch[state] as number] as number;
    return wipedUs - (this.touchedUs[state] as number) >= (this.expiryUs[backend] as number);
  }

  /** The memory of a backend's process is gone; a shared store is not in it. */
  wipe(nowUs: number, backend: number): void {
    (this.epochEnds[backend] as number[]).push(nowUs);
    this.epochs[backend] = (this.epochs[backend] as number) + 1;
  }

  private isWiped(state: number): boolean {
    if (((this.flags[state] as number) & StateFlag.SHARED) !== 0) return false;
    return this.epoch[state] !== this.epochs[this.backend[state] as number];
  }

  private isAt(state: number, backend: number): boolean {
    if (this.backend[state] === backend) return true;
    return ((this.flags[state] as number) & StateFlag.SHARED) !== 0 && (this.isShared[backend] as boolean);
  }

  private unlinkId(state: number, id: string): void {
    const first = this.byId.get(id) as number;
    const after = this.nextOfId[state] as number;
    if (first === state) {
      if (after < 0) this.byId.delete(id);
      else this.byId.set(id, after);
      return;
    }
    let before = first;
    while (this.nextOfId[before] !== state) before = this.nextOfId[before] as number;
    this.nextOfId[before] = after;
  }

  private take(): number {
    const free = this.firstFree;
    if (free >= 0) {
      this.firstFree = this.nextOfSession[free] as number;
      return free;
    }
    if (this.used === this.serial.length) this.grow();
    return this.used++;
  }

  private grow(): void {
    const length = this.serial.length * 2;
    this.serial = longerInt32(this.serial, length, -1);
    this.backend = longerInt32(this.backend, length);
    this.epoch = longerInt32(this.epoch, length);
    this.flags = longerUint8(this.flags, length);
    this.nextOfSession = longerInt32(this.nextOfSession, length);
    this.nextOfId = longerInt32(this.nextOfId, length);
    this.touchedUs = longerFloat64(this.touchedUs, length);
  }
}
