import { type Operate, SimulatedBackends } from "./simulated-backends.ts";
import { SimulatedClients } from "./simulated-clients.ts";
import type { WorldListener } from "./world-listener.ts";
import { WorldRecords } from "./world-records.ts";
import type { WorldSpec } from "./world-spec.ts";

/** What a world holds at present; for reports, tests and the check that nothing was lost. */
export interface WorldCounts {
  /** Client sessions that live. */
  readonly sessions: number;
  /** Application states that are remembered. */
  readonly states: number;
}

/** The world around a proxy: users in front of it, backends and their faults behind it. One world makes one run. */
export class SimulatedWorld {
  readonly clients: SimulatedClients;
  readonly backends: SimulatedBackends;
  /** Takes the commands that faults give to the proxy; set by whoever drives the world. */
  operate: Operate | null = null;
  private readonly records: WorldRecords;

  /**
   * @param seed the experiment
   * @param replication the repetition: other draws of the same experiment
   */
  constructor(spec: WorldSpec, seed: number, replication: number, listener: WorldListener) {
    this.records = new WorldRecords(spec, listener);
    this.clients = new SimulatedClients(spec, seed, replication, this.records, listener);
    this.backends = new SimulatedBackends(spec, seed, replication, this.records, listener, (nowUs, backend, command) =>
      this.operate?.(nowUs, backend, command),
    );
  }

  counts(): WorldCounts {
    return { sessions: this.records.slots.count, states: this.records.states.count };
  }
}
