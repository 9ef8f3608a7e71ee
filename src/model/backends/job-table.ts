import { longerFloat64, longerInt32, longerUint8 } from "../growing.ts";
import type { SessionKey } from "../sessions/session-key.ts";

/** Where a job stands. */
export const JobState = {
  FREE: 0,
  /** In the queue. */
  WAITING: 1,
  /** Holds a place; the proxy was told to go on and sends the body. */
  AWAITS_BODY: 2,
  RUNNING: 3,
  /** A switched connection: holds no place and no core. */
  TUNNEL: 4,
} as const;

const INITIAL = 256;

/**
 * Requests inside the backends. A job is not the driver's exchange: it lives on when its requester is gone and the backend
 * finishes the work all the same. Columns instead of objects: nothing is allocated per request.
 */
export class JobTable {
  /** Ids in use are below this. */
  used = 0;
  state = new Uint8Array(INITIAL);
  backend = new Int32Array(INITIAL);
  /** -1 = the requester is gone. */
  exchange = new Int32Array(INITIAL);
  connection = new Int32Array(INITIAL);
  request = new Int32Array(INITIAL);
  /** Serial of the try in the journal: proves that `request` still means this try. */
  serial = new Int32Array(INITIAL);
  // who asked
  slot = new Int32Array(INITIAL);
  slotGeneration = new Int32Array(INITIAL);
  client = new Int32Array(INITIAL);
  session = new Int32Array(INITIAL);
  ordinal = new Int32Array(INITIAL);
  classIndex = new Int32Array(INITIAL);
  /** Last index of the address of the job's error coins: try and attempt. */
  coinAddress = new Int32Array(INITIAL);
  /** 1 = asks to switch protocols. */
  upgrade = new Uint8Array(INITIAL);
  /** 1 = wants "100 Continue" before it sends the body. */
  expectsContinue = new Uint8Array(INITIAL);
  // session as it arrived
  key: (SessionKey | null)[] = new Array(INITIAL).fill(null);
  expected = new Int32Array(INITIAL);
  expectedSerial = new Int32Array(INITIAL);
  presented = new Uint8Array(INITIAL);
  // service; who writes these is the discipline
  demandUs = new Float64Array(INITIAL);
  startedUs = new Float64Array(INITIAL);
  inService = new Uint8Array(INITIAL);
  remainingUs = new Float64Array(INITIAL);
  sinceUs = new Float64Array(INITIAL);
  finishUs = new Float64Array(INITIAL);
  heapPlace = new Int32Array(INITIAL);
  /** Counts up with every job: order of arrival. */
  order = new Float64Array(INITIAL);
  // queue
  next = new Int32Array(INITIAL);
  previous = new Int32Array(INITIAL);

  private firstFree = -1;
  private orders = 0;

  take(): number {
    let job = this.firstFree;
    if (job >= 0) this.firstFree = this.next[job] as number;
    else {
      if (this.used === this.state.length) this.grow();
      job = this.used++;
    }
    this.order[job] = this.orders++;
    return job;
  }

  release(job: number): void {
    this.state[job] = JobState.FREE;
    this.key[job] = null;
    this.next[job] = this.firstFree;
    this.firstFree = job;
  }

  private grow(): void {
    const length = this.state.length * 2;
    this.state = longerUint8(this.state, length);
    this.upgrade = longerUint8(this.upgrade, length);
    this.expectsContinue = longerUint8(this.expectsContinue, length);
    this.presented = longerUint8(this.presented, length);
    this.inService = longerUint8(this.inService, length);
    this.backend = longerInt32(this.backend, length);
    this.exchange = longerInt32(this.exchange, length);
    this.connection = longerInt32(this.connection, length);
    this.request = longerInt32(this.request, length);
    this.serial = longerInt32(this.serial, length);
    this.slot = longerInt32(this.slot, length);
    this.slotGeneration = longerInt32(this.slotGeneration, length);
    this.client = longerInt32(this.client, length);
    this.session = longerInt32(this.session, length);
    this.ordinal = longerInt32(this.ordinal, length);
    this.classIndex = longerInt32(this.classIndex, length);
    this.coinAddress = longerInt32(this.coinAddress, length);
    this.expected = longerInt32(this.expected, length);
    this.expectedSerial = longerInt32(this.expectedSerial, length);
    this.heapPlace = longerInt32(this.heapPlace, length);
    this.next = longerInt32(this.next, length);
    this.previous = longerInt32(this.previous, length);
    this.demandUs = longerFloat64(this.demandUs, length);
    this.startedUs = longerFloat64(this.startedUs, length);
    this.remainingUs = longerFloat64(this.remainingUs, length);
    this.sinceUs = longerFloat64(this.sinceUs, length);
    this.finishUs = longerFloat64(this.finishUs, length);
    this.order = longerFloat64(this.order, length);
    while (this.key.length < length) this.key.push(null);
  }
}
