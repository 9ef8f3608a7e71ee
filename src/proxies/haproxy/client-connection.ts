import type { ClientRequest } from "../../contract/http-message.ts";
import type { Listener } from "./frontend.ts";
import type { BackendConnection } from "./server-connections.ts";

/** Where a client connection is. */
export const ConnectionState = {
  FREE: 0,
  /** Established by the kernel, not accepted by the proxy yet. */
  IN_KERNEL: 1,
  /** Accepted, no request yet. */
  SILENT: 2,
  /** A request is in progress. */
  BUSY: 3,
  /** Kept alive between two requests. */
  IDLE: 4,
} as const;

/** A client's connection. */
export class ClientConnection {
  readonly id: number;
  readonly listener: Listener;
  readonly remote: string;
  state: number = ConnectionState.IN_KERNEL;
  /** Requests that came over it. */
  requests = 0;
  /** A request that came while the connection was still in the kernel. */
  pending: { readonly request: number; readonly what: ClientRequest } | null = null;
  /** Request in progress, or -1. */
  request = -1;
  isGone = false;
  /** Connection to the server of the last answer, as long as it stands and nobody else has it. */
  last: BackendConnection | null = null;

  constructor(id: number, listener: Listener, remote: string) {
    this.id = id;
    this.listener = listener;
    this.remote = remote;
  }
}
