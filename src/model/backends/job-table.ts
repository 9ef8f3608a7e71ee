import { longerFloat64, longerInt32 } from "../../engine/growing.ts";
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

/** Whole numbers of a job: column of `rows[(job << 4) | …]`. */
export const JobField = {
  STATE: 0,
  BACKEND: 1,
  /** -1 = the requester is gone. */
  EXCHANGE: 2,
  CONNECTION: 3,
  /** The try it belongs to, and the serial that proves that the journal's row is still about that try. */
  REQUEST: 4,
  SERIAL: 5,
  /** Last index of the address of the job's error coins: try and attempt. */
  COIN_ADDRESS: 6,
  /** 1 = asks to switch protocols. */
  UPGRADE: 7,
  /** 1 = wants "100 Continue" before it sends the body. */
  EXPECTS_CONTINUE: 8,
  /** How the session id fared on its way; one of Presented. */
  PRESENTED: 9,
  // service; who writes these is the discipline
  IN_SERVICE: 10,
  HEAP_PLACE: 11,
  // queue and free list
  NEXT: 12,
  PREVIOUS: 13,
} as const;

/** Times of a job in µs: column of `times[(job << 3) | …]`. */
export const JobTime = {
  /** Work that it brings, at speed 1. */
  DEMAND: 0,
  /** Begin of the service. */
  STARTED: 1,
  // written by the discipline
  REMAINING: 2,
  SINCE: 3,
  FINISH: 4,
  /** No time: counts up with every job, the order of arrival. */
  ORDER: 5,
} as const;

const INITIAL = 256;

/**
 * Requests inside the backends. A job is not the driver's exchange: it lives on when its requester is gone and the backend
 * finishes the work all the same. Rows of numbers instead of objects: nothing is allocated per request, and all there is
 * about a job lies in two cache lines.
 */
export class JobTable {
  /** Ids in use are below this. */
  used = 0;
  rows = new Int32Array(INITIAL << 4);
  times = new Float64Array(INITIAL << 3);
  /** What the application read of the session, or null. */
  key: (SessionKey | null)[] = new Array(INITIAL).fill(null);

  private firstFree = -1;
  private orders = 0;

  take(): number {
    let job = this.firstFree;
    if (job >= 0) this.firstFree = this.rows[(job << 4) | JobField.NEXT] as number;
    else {
      if (this.used === this.key.length) this.grow();
      job = this.used++;
    }
    this.times[(job << 3) | JobTime.ORDER] = this.orders++;
    return job;
  }

  release(job: number): void {
    const at = job << 4;
    this.rows[at | JobField.STATE] = JobState.FREE;
    this.rows[at | JobField.NEXT] = this.firstFree;
    this.firstFree = job;
    this.key[job] = null;
  }

  private grow(): void {
    const length = this.key.length * 2;
    this.rows = longerInt32(this.rows, length << 4);
    this.times = longerFloat64(this.times, length << 3);
    while (this.key.length < length) this.key.push(null);
  }
}
