import type { Outbox } from "../../contract/outbox.ts";
import type { SpareIds } from "../shared/spare-ids.ts";
import type { TransportConfig } from "./config/caddy-config.ts";

/** A connection to an upstream. */
export class BackendConnection {
  readonly id: number;
  readonly host: number;
  readonly pool: TransportPool;
  freedAtUs = 0;

  constructor(id: number, host: number, pool: TransportPool) {
    this.id = id;
    this.host = host;
    this.pool = pool;
  }
}

/**
 * Kept-alive connections of one handler's transport (Go 1.19, net/http Transport as Caddy 2.6.2 sets it up): the one used
 * last is taken first; those beyond the limit per host and those idle too long are closed.
 */
export class TransportPool {
  private readonly config: TransportConfig;
  private readonly outbox: Outbox;
  private readonly ids: SpareIds;
  private readonly owners: (BackendConnection | null)[];
  private readonly idle = new Map<number, BackendConnection[]>();

  constructor(config: TransportConfig, outbox: Outbox, ids: SpareIds, owners: (BackendConnection | null)[]) {
    this.config = config;
    this.outbox = outbox;
    this.ids = ids;
    this.owners = owners;
  }

  /** An idle connection, or null. */
  take(nowUs: number, host: number): BackendConnection | null {
    const idle = this.idle.get(host);
    if (idle === undefined) return null;
    while (idle.length > 0) {
      const connection = idle.pop() as BackendConnection;
      if (this.config.idleTimeoutUs === 0 || nowUs - connection.freedAtUs < this.config.idleTimeoutUs)
        return connection;
      this.close(connection);
    }
    return null;
  }

  open(host: number): BackendConnection {
    const id = this.ids.take();
    const connection = new BackendConnection(id, host, this);
    this.owners[id] = connection;
    return connection;
  }

  give(nowUs: number, connection: BackendConnection): void {
    if (!this.config.keepAlive) {
      this.close(connection);
      return;
    }
    connection.freedAtUs = nowUs;
    let idle = this.idle.get(connection.host);
    if (idle === undefined) {
      idle = [];
      this.idle.set(connection.host, idle);
    }
    const limit = this.config.idlePerHost;
    if (limit > 0 && idle.length >= limit) this.close(connection);
    else idle.push(connection);
  }

  close(connection: BackendConnection): void {
    this.outbox.closeBackend(connection.id);
    this.lost(connection);
  }

  /** The connection is gone by itself. */
  lost(connection: BackendConnection): void {
    if (this.owners[connection.id] !== connection) return;
    this.owners[connection.id] = null;
    this.ids.give(connection.id);
    const idle = this.idle.get(connection.host);
    const at = idle?.indexOf(connection) ?? -1;
    if (at >= 0) idle?.splice(at, 1);
  }
}
