import type { Outbox } from "../../contract/outbox.ts";
import type { NginxConfig } from "./config/nginx-config.ts";
import { methodOf } from "./lbmethods/index.ts";
import type { PeerLine } from "./peer-list.ts";
import { Upstream } from "./upstream.ts";
import { type BackendConnections, KeptConnections } from "./upstream-connections.ts";
import type { Worker } from "./worker.ts";
import { WorkerPlaces } from "./worker-places.ts";

/** The place of the channel to the master process. */
const CHANNEL = 1;

/** The peers of each upstream; members are numbered in their order. */
export function peerLinesOf({ upstreams }: NginxConfig): readonly (readonly PeerLine[])[] {
  let member = 0;
  return upstreams.map(({ servers }) =>
    servers.flatMap((line) => line.addresses.map((address) => ({ line, address, member: member++ }))),
  );
}

/**
 * The worker processes: each with places, idle connections and upstreams of its own, except that upstreams with a zone are the
 * same for all (spec/nginx.md section 1 and C.6).
 */
export function makeWorkers(
  config: NginxConfig,
  lines: readonly (readonly PeerLine[])[],
  outbox: Outbox,
  connections: BackendConnections,
  clients: { close(connection: number): void },
): readonly Worker[] {
  const make = (u: number): Upstream => {
    const upstream = config.upstreams[u] as NginxConfig["upstreams"][number];
    return new Upstream(upstream, lines[u] as readonly PeerLine[], methodOf(upstream));
  };
  const shared = config.upstreams.map(({ zone }, u) => (zone === null ? null : make(u)));
  const taken = config.listeningSockets.length + (config.masterProcess ? CHANNEL : 0);
  const free = Math.max(0, config.workerConnections - taken);
  return Array.from({ length: config.workerProcesses }, (_, index) => ({
    index,
    places: new WorkerPlaces(config.workerConnections, free, clients),
    upstreams: shared.map((upstream, u) => upstream ?? make(u)),
    kept: config.upstreams.map(({ keepalive }) =>
      keepalive === null ? null : new KeptConnections(keepalive, connections, outbox),
    ),
  }));
}
