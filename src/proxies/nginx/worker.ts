import type { Upstream } from "./upstream.ts";
import type { KeptConnections } from "./upstream-connections.ts";
import type { WorkerPlaces } from "./worker-places.ts";

/** A worker process: its places, its view of the upstreams, its idle connections to servers. */
export interface Worker {
  readonly index: number;
  readonly places: WorkerPlaces;
  /** By upstream; the same object in all workers when the upstream has a zone. */
  readonly upstreams: readonly Upstream[];
  /** By upstream; null without `keepalive`. */
  readonly kept: readonly (KeptConnections | null)[];
}
