import type { ProxyMachine } from "../contract/proxy-machine.ts";
import { Drive } from "../drive/drive.ts";
import { SimulatedWorld } from "../model/simulated-world.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import { buildProxy } from "./build-proxy.ts";
import { slicesOf } from "./expectations/slice.ts";
import type { PreparedExperiment, PreparedVariant } from "./prepare.ts";
import { measure } from "./replication/measure.ts";
import { ReplicationRecorder } from "./replication/replication-recorder.ts";
import type { ReplicationResult } from "./replication/replication-result.ts";
import type { ReplicationWatch } from "./replication/replication-watch.ts";
import { MOST_ROWS } from "./replication/request-recorder.ts";
import { SliceRecorder } from "./replication/slice-recorder.ts";
import { makeWindow } from "./replication/window.ts";

/** How often the drain looks whether everything has ended. */
const DRAIN_STEP_US = 1_000_000;

export interface ReplicationOptions {
  /** World with warm-up and shifted faults. */
  readonly world: WorldSpec;
  readonly binUs: number;
  readonly keepRows: boolean;
  /** Rows that are kept at most; absent = 200,000. */
  readonly mostRows?: number;
  /** Follows requests with words; slows the run. */
  readonly watch?: ReplicationWatch;
  /** Called now and then with the simulated time; answering true stops the run. */
  readonly shouldStop?: (nowUs: number) => boolean;
}

/** One run of one variant, ready to go: explain and tests look inside, everybody else calls `runReplication`. */
export class Replication {
  readonly drive: Drive;
  readonly machine: ProxyMachine;
  readonly recorder: ReplicationRecorder;
  readonly world: WorldSpec;
  private readonly backendOfAddress: readonly number[];
  private readonly shouldStop: (nowUs: number) => boolean;
  private readonly watch: ReplicationWatch | null;

  constructor(
    experiment: PreparedExperiment,
    variant: PreparedVariant,
    replication: number,
    options: ReplicationOptions,
  ) {
    const { world, watch } = options;
    const { seed, resolved } = experiment;
    const { machine, outbox, startedAtUs } = buildProxy(experiment, variant, replication);
    this.machine = machine;
    this.world = world;
    this.watch = watch ?? null;
    this.shouldStop = options.shouldStop ?? (() => false);
    this.backendOfAddress = this.machine.addresses.map((address) => resolved.backendOfAddress.get(address) ?? -1);
    const window = makeWindow(world.warmUpUs, world.endUs, options.binUs);
    const slices = slicesOf(experiment.expectations);
    this.recorder = new ReplicationRecorder(
      this.machine,
      window,
      world.backends.length,
      options.keepRows ? (options.mostRows ?? MOST_ROWS) : 0,
      watch ?? null,
      slices.length === 0 ? null : new SliceRecorder(slices, world, window),
    );
    const simulated = new SimulatedWorld(world, seed, replication, this.recorder);
    simulated.operate = (_nowUs, backend, command) => this.operate(backend, command);
    this.machine.listener = {
      memberChanged: (nowUs, member) => {
        this.recorder.members.changed(nowUs, member, this.machine.memberState(member));
        watch?.memberChanged?.(nowUs);
      },
      ...(watch === undefined ? {} : { decided: (decision) => watch.decided(decision) }),
    };
    this.drive = new Drive({
      machine: this.machine,
      outbox,
      clients: simulated.clients,
      backends: simulated.backends,
      backendCount: world.backends.length,
      backendOfAddress: this.backendOfAddress,
      clientHopUs: world.network.clientHopUs,
      backendHopUs: world.network.backendHopUs,
      listener: this.recorder,
      startedAtUs,
    });
  }

  /** Runs to the end of arrivals and through the drain. Answers false when it was stopped. */
  run(): boolean {
    const { drive, world, recorder } = this;
    drive.start();
    this.watch?.settled?.(drive.nowUs, this.machine);
    while (!this.advance(world.endUs)) if (this.shouldStop(drive.nowUs)) return false;
    const lastUs = world.endUs + world.drainUs;
    // Until nothing is out any more: neither a try nor a request that waits for its next one.
    for (let untilUs = world.endUs; recorder.openRequests > 0 && untilUs < lastUs; ) {
      untilUs = Math.min(lastUs, untilUs + DRAIN_STEP_US);
      while (!this.advance(untilUs));
    }
    return true;
  }

  /** Goes some way towards `untilUs`; true when it is reached. */
  private advance(untilUs: number): boolean {
    const { drive, watch } = this;
    if (watch?.settled === undefined) return drive.run(untilUs, 200_000);
    const isThere = drive.run(untilUs, 1);
    watch.settled(drive.nowUs, this.machine);
    return isThere;
  }

  result(): ReplicationResult {
    const backendOfMember = this.machine.members.map(({ address }) => this.backendOfAddress[address] ?? -1);
    return measure(this.recorder, this.machine, this.world, backendOfMember, this.drive.nowUs, this.drive.events);
  }

  private operate(backend: number, command: string): void {
    for (const [m, { address }] of this.machine.members.entries())
      if (this.backendOfAddress[address] === backend) this.drive.operate(m, command);
  }
}

/** Runs one replication of one variant to its end. */
export function runReplication(
  experiment: PreparedExperiment,
  variant: PreparedVariant,
  replication: number,
  options: ReplicationOptions,
): ReplicationResult | null {
  const run = new Replication(experiment, variant, replication, options);
  return run.run() ? run.result() : null;
}
