import type { ClientConnection } from "./client-connection.ts";

/** Connections that the kernel has established and no process has accepted yet: one order over all listeners. */
export class AcceptQueue {
  private ring: (ClientConnection | null)[] = new Array(64).fill(null);
  private head = 0;
  /** How many wait, over all listeners. */
  length = 0;
  private readonly perListener: number[] = [];
  private readonly capacity: number;

  /** @param backlog ListenBacklog; the kernel keeps one connection more */
  constructor(backlog: number) {
    this.capacity = backlog + 1;
  }

  isFull(listener: number): boolean {
    return (this.perListener[listener] ?? 0) >= this.capacity;
  }

  push(connection: ClientConnection): void {
    if (this.length === this.ring.length) this.grow();
    this.ring[(this.head + this.length) & (this.ring.length - 1)] = connection;
    this.length++;
    this.perListener[connection.listener] = (this.perListener[connection.listener] ?? 0) + 1;
  }

  shift(): ClientConnection {
    const connection = this.ring[this.head] as ClientConnection;
    this.ring[this.head] = null;
    this.head = (this.head + 1) & (this.ring.length - 1);
    this.length--;
    this.perListener[connection.listener] = (this.perListener[connection.listener] as number) - 1;
    return connection;
  }

  private grow(): void {
    const { ring, head } = this;
    const wider: (ClientConnection | null)[] = new Array(ring.length * 2).fill(null);
    for (let i = 0; i < this.length; i++) wider[i] = ring[(head + i) & (ring.length - 1)] as ClientConnection;
    this.ring = wider;
    this.head = 0;
  }
}
