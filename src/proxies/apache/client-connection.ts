import type { ClientRequest } from "../../contract/http-message.ts";
import type { KeepAliveQueue } from "./keep-alive-queue.ts";
import type { ServerProcess } from "./server-process.ts";

/** Where a client connection is. */
export const ConnectionState = {
  FREE: 0,
  /** Established by the kernel, nothing sent yet: not handed over (deferred accept). */
  SILENT: 1,
  /** In the accept queue, with data. */
  QUEUED: 2,
  /** A thread reads the rest of its request head. */
  READING: 3,
  /** A thread serves its request. */
  SERVING: 4,
  /** Kept alive between two requests; holds no thread. */
  IDLE: 5,
  /** Not read any more; waits for a thread that closes it. */
  GIVEN_UP: 6,
} as const;

/** A connection of a client to the server. Records are reused; the driver gives the ids. */
export class ClientConnection {
  readonly id: number;
  state: number = ConnectionState.FREE;
  process: ServerProcess | null = null;
  /** Answers after which the connection stayed open (httpd: c->keepalives). */
  keepalives = 0;
  /** Request in progress or waiting on it; -1 = none. */
  request = -1;
  what: ClientRequest | null = null;
  /** The client has closed its end. */
  gone = false;
  /** Where it waits while it is idle, and its place there. */
  queue: KeepAliveQueue | null = null;
  place = 0;
  remote = "";
  listener = 0;

  constructor(id: number) {
    this.id = id;
  }

  /** Ready for a new connection of the same id. */
  reset(remote: string, listener: number): void {
    this.state = ConnectionState.SILENT;
    this.process = null;
    this.remote = remote;
    this.listener = listener;
    this.keepalives = 0;
    this.request = -1;
    this.what = null;
    this.gone = false;
  }
}
