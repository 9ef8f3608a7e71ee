import type { Worker } from "./worker.ts";

/** Where a client connection is. */
export const ConnectionState = {
  FREE: 0,
  /** Nothing has come yet, or nothing after the last answer: may be closed to make room. */
  IDLE: 1,
  /** A request head has begun. */
  READING: 2,
  /** A request is in progress. */
  BUSY: 3,
} as const;

/** A client's connection; the record is reused, the driver gives the ids. */
export class ClientConnection {
  readonly id: number;
  state: number = ConnectionState.FREE;
  worker!: Worker;
  remote = "";
  listener = 0;
  acceptedUs = 0;
  /** Requests that came over it. */
  requests = 0;
  /** Request in progress, or -1. */
  request = -1;
  isGone = false;

  constructor(id: number) {
    this.id = id;
  }

  accepted(nowUs: number, worker: Worker, remote: string, listener: number): void {
    this.state = ConnectionState.IDLE;
    this.worker = worker;
    this.remote = remote;
    this.listener = listener;
    this.acceptedUs = nowUs;
    this.requests = 0;
    this.request = -1;
    this.isGone = false;
  }
}
