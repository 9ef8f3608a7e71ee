import type { ClientConnection } from "./client-connection.ts";

/** One child process of the event MPM (spec/apache.md 20.5). */
export class ServerProcess {
  /** Slot in the scoreboard: the key of its connection pools. */
  readonly slot: number;
  readonly threads: number;
  private readonly factor: number;
  /** Idle threads. */
  idle: number;
  /** Open client connections but those being closed: served, kept alive. */
  connections = 0;
  /** It listens for new connections. */
  open = true;
  /** It was told to finish what it has and end. */
  ending = false;
  /** Connections that wait for a thread to close them. */
  readonly closing: ClientConnection[] = [];

  constructor(slot: number, threads: number, factor: number) {
    this.slot = slot;
    this.threads = threads;
    this.factor = factor;
    this.idle = threads;
  }

  /**
   * Too many connections for the idle threads: T + idle × F is the limit, one thread less when it does not listen, so
   * that it comes back later than it left (httpd: connections_above_limit and should_enable_listensocks of event.c).
   */
  isAboveLimit(): boolean {
    if (this.idle === 0) return true;
    return this.connections >= this.threads + (this.idle - (this.open ? 0 : 1)) * this.factor;
  }
}
