import type { BackendConnection } from "./backend-connections.ts";
import type { Bind } from "./listeners.ts";

/** What a client connection waits for. */
export const ClientPhase = { KERNEL: 0, FIRST_HEAD: 1, HEAD: 2, BUSY: 3, IDLE: 4, CLOSED: 5 } as const;

/** A connection of a client. */
export class ClientConnection {
  readonly id: number;
  readonly remote: string;
  readonly bind: Bind;
  /** Number of its timer: not reused as fast as the driver's ids. */
  readonly slot: number;
  phase: number = ClientPhase.KERNEL;
  /** Requests begun so far. */
  requests = 0;
  /** A request that came before the connection was accepted, -1 = none. */
  pendingRequest = -1;
  /** Request in progress, -1 = none. */
  request = -1;
  /** First bytes of a head came before the connection was accepted. */
  headStarted = false;
  gone = false;
  /** The connection to the server of the last request, for prefer-last-server. */
  lastLink: BackendConnection | null = null;
  /** With `http-reuse never`: connections to servers that wait for this client alone. */
  ownLinks: readonly BackendConnection[] = [];

  constructor(id: number, remote: string, bind: Bind, slot: number) {
    this.id = id;
    this.remote = remote;
    this.bind = bind;
    this.slot = slot;
  }
}
