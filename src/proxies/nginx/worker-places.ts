/** A worker's connections that may be closed to make room. */
interface Reusable {
  /** Closes the connection; its place has been given back when this returns. */
  close(connection: number): void;
}

/** At most this many idle connections are closed at once. */
const MOST_CLOSED = 32;

/**
 * The places of one worker process (spec/nginx.md appendix C.2; nginx 1.22.1: ngx_get_connection and
 * ngx_drain_connections): every client connection and every connection to a server takes one. There is no queue: when none is free,
 * idle clients are closed, and then there is none.
 */
export class WorkerPlaces {
  free: number;
  private readonly all: number;
  private readonly owner: Reusable;
  /** Idle client connections, the one that has been idle longest first. */
  private readonly reusable = new Set<number>();

  constructor(all: number, free: number, owner: Reusable) {
    this.all = all;
    this.free = free;
    this.owner = owner;
  }

  /** Takes a place; false when there is none. */
  take(): boolean {
    if (this.free <= Math.floor(this.all / 16) && this.reusable.size > 0) this.drain();
    if (this.free === 0) return false;
    this.free--;
    return true;
  }

  give(): void {
    this.free++;
  }

  /** A client connection has no request in progress. */
  idle(connection: number): void {
    this.reusable.add(connection);
  }

  /** A client connection begins a request, or is gone. */
  busy(connection: number): void {
    this.reusable.delete(connection);
  }

  private drain(): void {
    let left = Math.max(1, Math.min(MOST_CLOSED, Math.floor(this.reusable.size / 8)));
    for (const connection of this.reusable) {
      if (left-- === 0) return;
      this.reusable.delete(connection);
      this.owner.close(connection);
    }
  }
}
