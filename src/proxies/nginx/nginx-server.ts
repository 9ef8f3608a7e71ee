import type { Outbox } from "../../contract/outbox.ts";
import type { MachineListener, RandomSource } from "../../contract/proxy-machine.ts";
import type { LocationConfig } from "./config/location-config.ts";
import type { NginxConfig } from "./config/nginx-config.ts";
import { Exchange } from "./exchange.ts";
import { ForwardPlan } from "./forward-plan.ts";
import type { OwnPages } from "./own-pages.ts";
import { RelayPlan } from "./relay-plan.ts";
import { SharedTexts } from "./shared-texts.ts";
import type { LearnedSessions } from "./sticky.ts";
import type { BackendConnections } from "./upstream-connections.ts";
import { Variables } from "./variables.ts";

/** What all parts of the machine share. */
export class NginxServer {
  readonly config: NginxConfig;
  readonly outbox: Outbox;
  readonly random: RandomSource;
  readonly epochOffsetUs: number;
  readonly pages: OwnPages;
  readonly connections: BackendConnections;
  /** Index of each address in ProxyMachine.addresses. */
  readonly addressOf: ReadonlyMap<string, number>;
  /** By upstream; null where nothing is learned. */
  readonly learned: readonly (LearnedSessions | null)[];
  readonly variables: Variables;
  readonly texts = new SharedTexts();
  listener: MachineListener | null = null;
  private readonly exchanges: Exchange[] = [];
  private readonly forwardPlans = new Map<LocationConfig, ForwardPlan>();
  private readonly relayPlans = new Map<LocationConfig, RelayPlan>();

  constructor(parts: {
    readonly config: NginxConfig;
    readonly outbox: Outbox;
    readonly random: RandomSource;
    readonly epochOffsetUs: number;
    readonly pages: OwnPages;
    readonly connections: BackendConnections;
    readonly addressOf: ReadonlyMap<string, number>;
    readonly learned: readonly (LearnedSessions | null)[];
  }) {
    this.config = parts.config;
    this.outbox = parts.outbox;
    this.random = parts.random;
    this.epochOffsetUs = parts.epochOffsetUs;
    this.pages = parts.pages;
    this.connections = parts.connections;
    this.addressOf = parts.addressOf;
    this.learned = parts.learned;
    this.variables = new Variables(parts.config);
  }

  /** nginx's clock of bans: whole seconds of the wall clock. */
  secondOf(nowUs: number): number {
    return Math.floor((nowUs + this.epochOffsetUs) / 1_000_000);
  }

  /** The place for a connection is missing. */
  logFull(nowUs: number): void {
    this.listener?.logged?.(nowUs, `${this.config.workerConnections} worker_connections are not enough`);
  }

  exchangeOf(request: number): Exchange {
    for (let id = this.exchanges.length; id <= request; id++) this.exchanges.push(new Exchange(id));
    return this.exchanges[request] as Exchange;
  }

  forwardPlan(location: LocationConfig): ForwardPlan {
    let plan = this.forwardPlans.get(location);
    if (plan === undefined) {
      plan = new ForwardPlan(location, this.variables, this.texts);
      this.forwardPlans.set(location, plan);
    }
    return plan;
  }

  relayPlan(location: LocationConfig): RelayPlan {
    let plan = this.relayPlans.get(location);
    if (plan === undefined) {
      plan = new RelayPlan(location, this.variables, this.texts);
      this.relayPlans.set(location, plan);
    }
    return plan;
  }
}
