import type { Outbox } from "../../contract/outbox.ts";
import { SpareIds } from "../shared/spare-ids.ts";

/** A place in a pool: a connection to the member, or room for one (httpd: proxy_conn_rec). */
export class BackendConnection {
  /** Id of the open connection; meaningless while it is not open. */
  id = -1;
  open = false;
  /** Requests that this connection has carried to their answer. */
  requests = 0;
  freedAtUs = 0;
  readonly pool: ConnectionPool;

  constructor(pool: ConnectionPool) {
    this.pool = pool;
  }
}

/** Ids of backend connections, and who has which. */
export class BackendConnections {
  private readonly owners: (BackendConnection | null)[] = [];
  private readonly ids = new SpareIds();
  private readonly outbox: Outbox;

  constructor(outbox: Outbox) {
    this.outbox = outbox;
  }

  /** Gives a place a fresh id, for a connect. */
  open(connection: BackendConnection): number {
    const id = this.ids.take();
    this.owners[id] = connection;
    connection.id = id;
    connection.open = true;
    connection.requests = 0;
    return id;
  }

  /** The connection is gone: closed by its peer, or never came to stand. */
  lost(connection: BackendConnection): void {
    if (!connection.open) return;
    connection.open = false;
    this.owners[connection.id] = null;
    this.ids.give(connection.id);
  }

  close(connection: BackendConnection): void {
    if (!connection.open) return;
    this.outbox.closeBackend(connection.id);
    this.lost(connection);
  }

  ownerOf(id: number): BackendConnection | null {
    return this.owners[id] ?? null;
  }
}

/** Limits of the pools of one member. */
export interface PoolLimits {
  readonly max: number;
  readonly smax: number;
  readonly ttlUs: number;
}

/**
 * The connections of one process to one member (httpd: apr_reslist). The place used last is taken first, whether its
 * connection still stands or not; beyond `max` places a request waits, in order.
 */
export class ConnectionPool {
  private readonly limits: PoolLimits;
  private readonly connections: BackendConnections;
  /** Idle places, the one used last at the end. */
  private readonly idle: BackendConnection[] = [];
  private count = 0;
  /** Requests that wait for a place, by id, in order. */
  readonly waiting: number[] = [];

  constructor(limits: PoolLimits, connections: BackendConnections) {
    this.limits = limits;
    this.connections = connections;
  }

  /** A place, or null when all are taken. */
  take(nowUs: number): BackendConnection | null {
    const { idle, limits } = this;
    while (idle.length > 0) {
      const connection = idle.pop() as BackendConnection;
      if (limits.ttlUs === 0 || nowUs - connection.freedAtUs < limits.ttlUs) return connection;
      this.destroy(connection);
    }
    if (this.count >= limits.max) return null;
    this.count++;
    return new BackendConnection(this);
  }

  /** A place comes back. Idle ones beyond `smax` go when they are older than `ttl`. */
  give(nowUs: number, connection: BackendConnection): void {
    const { idle, limits } = this;
    connection.freedAtUs = nowUs;
    idle.push(connection);
    while (idle.length > limits.smax) {
      const oldest = idle[0] as BackendConnection;
      if (nowUs - oldest.freedAtUs < limits.ttlUs) break;
      idle.shift();
      this.destroy(oldest);
    }
  }

  /** The process ends. */
  closeIdle(): void {
    for (const connection of this.idle.splice(0)) this.destroy(connection);
  }

  private destroy(connection: BackendConnection): void {
    this.connections.close(connection);
    this.count--;
  }
}
