import { constant } from "../../src/engine/random/distributions/constant.ts";
import { SimulatedWorld } from "../../src/model/simulated-world.ts";
import {
  LOSS_CAUSE_NAMES,
  OUTCOME_NAMES,
  type RequestIdentity,
  type WorldListener,
} from "../../src/model/world-listener.ts";
import type {
  BackendSpec,
  ClientsSpec,
  FaultSpec,
  RequestClassSpec,
  SessionStoreSpec,
  WorldSpec,
} from "../../src/model/world-spec.ts";
import { TinyProxy, type TinyProxyOptions } from "./tiny-proxy.ts";

export const MS = 1000;
export const SECOND = 1_000_000;

export const requestClass = (change: Partial<RequestClassSpec> = {}): RequestClassSpec => ({
  name: "page",
  weight: 1,
  method: "GET",
  target: "/app/page",
  host: "shop.example",
  headers: [],
  requestBytes: constant(0),
  responseBytes: constant(1000),
  service: null,
  session: "needs",
  good: [{ from: 200, to: 399 }],
  tunnel: null,
  patienceUs: null,
  ...change,
});

export const clientsSpec = (change: Partial<ClientsSpec> = {}): ClientsSpec => ({
  arrivals: { kind: "trace", atUs: [0] },
  requestsPerSession: constant(3),
  think: constant(1 * SECOND),
  patienceUs: 30 * SECOND,
  retry: { attempts: 0, backoff: constant(100 * MS), factor: 2 },
  leaveAfterFailure: 0,
  withoutCookies: 0,
  keepAlive: true,
  idleUs: Number.POSITIVE_INFINITY,
  addresses: 10,
  classes: [requestClass()],
  parallel: 1,
  ...change,
});

export const sessionStore = (change: Partial<SessionStoreSpec> = {}): SessionStoreSpec => ({
  store: "memory",
  cookie: "JSESSIONID",
  pathParameter: "jsessionid",
  jvmRoute: "",
  path: "/",
  attributes: "; Path=/",
  unknownId: "new",
  expiryUs: Number.POSITIVE_INFINITY,
  ...change,
});

export const backendSpec = (change: Partial<BackendSpec> = {}): BackendSpec => ({
  id: "node",
  names: [],
  service: constant(10 * MS),
  speed: 1,
  cores: 1,
  concurrency: 100,
  queue: Number.POSITIVE_INFINITY,
  queueFull: "reject",
  discipline: "fcfs",
  keepAlive: true,
  keepAliveIdleUs: Number.POSITIVE_INFINITY,
  session: sessionStore(),
  errors: { rate: 0, status: 500 },
  hiddenErrors: 0,
  coldStart: { factor: 1, forUs: 0 },
  sendsHeartbeats: false,
  whenClientGone: "continue",
  resolves: true,
  ...change,
});

export interface WorldChange {
  readonly clients?: Partial<ClientsSpec>;
  readonly backends?: readonly Partial<BackendSpec>[];
  readonly faults?: readonly FaultSpec[];
  readonly endUs?: number;
}

export const worldSpec = (change: WorldChange = {}): WorldSpec => ({
  clients: clientsSpec(change.clients),
  backends: (change.backends ?? [{}]).map((each, i) => backendSpec({ id: `node${i + 1}`, ...each })),
  faults: change.faults ?? [],
  network: { clientHopUs: 0, backendHopUs: 0 },
  endUs: change.endUs ?? 100 * SECOND,
  drainUs: 60 * SECOND,
  warmUpUs: 0,
});

/** Writes down everything it is told, in words that tests can compare. */
export class Diary implements WorldListener {
  readonly lines: string[] = [];
  /** Lines of one kind of event, without time: "lost elsewhere at 0". */
  readonly sessions: string[] = [];
  readonly outcomes: string[] = [];
  readonly identities: RequestIdentity[] = [];
  readonly startsUs: number[] = [];
  readonly finishesUs: number[] = [];
  readonly userRequests: { startedUs: number; nowUs: number; outcome: string; tries: number }[] = [];
  readonly checks: boolean[] = [];
  readonly wasted: number[] = [];
  started = 0;
  finished = 0;
  doneUs = 0;
  left = 0;
  tunnelsCut = 0;
  peakWaiting = 0;
  private readonly running = new Map<number, RequestIdentity>();

  requestStarted(nowUs: number, request: number, identity: RequestIdentity): void {
    this.started++;
    this.startsUs.push(nowUs);
    this.identities.push({ ...identity });
    if (this.running.has(request)) throw new Error("a request id was given twice");
    this.running.set(request, { ...identity });
    this.lines.push(`${nowUs} start ${name(identity)}`);
  }
  requestFinished(nowUs: number, request: number, outcome: number, status: number, final: boolean): void {
    const identity = this.running.get(request);
    if (identity === undefined) throw new Error("a request that did not run has finished");
    this.running.delete(request);
    this.finished++;
    this.finishesUs.push(nowUs);
    this.outcomes.push(`${OUTCOME_NAMES[outcome]} ${status}`);
    this.lines.push(`${nowUs} end ${name(identity)} ${OUTCOME_NAMES[outcome]} ${status}${final ? " final" : ""}`);
  }
  userRequestFinished(nowUs: number, startedUs: number, _class: number, outcome: number, tries: number): void {
    this.userRequests.push({ startedUs, nowUs, outcome: OUTCOME_NAMES[outcome] as string, tries });
  }
  sessionChecked(_nowUs: number, _request: number, _backend: number, found: boolean): void {
    this.checks.push(found);
  }
  sessionStarted(_nowUs: number, _slot: number, backend: number): void {
    this.sessions.push(`started at ${backend}`);
  }
  sessionLost(_nowUs: number, _slot: number, backend: number, cause: number): void {
    this.sessions.push(`lost from ${backend}: ${LOSS_CAUSE_NAMES[cause]}`);
  }
  sessionInterrupted(_nowUs: number, _slot: number, backend: number): void {
    this.sessions.push(`interrupted at ${backend}`);
  }
  sessionDoomed(_nowUs: number, _slot: number, backend: number): void {
    this.sessions.push(`doomed at ${backend}`);
  }
  sessionEnded(): void {
    this.sessions.push("ended");
  }
  clientLeft(): void {
    this.left++;
  }
  tunnelCut(): void {
    this.tunnelsCut++;
  }
  faultChanged(nowUs: number, fault: number, backend: number, active: boolean): void {
    this.lines.push(`${nowUs} fault ${fault} at ${backend} ${active ? "on" : "off"}`);
  }
  backendLevel(_nowUs: number, _backend: number, running: number, waiting: number): void {
    if (running < 0 || waiting < 0) throw new Error("a level is below zero");
    this.peakWaiting = Math.max(this.peakWaiting, waiting);
  }
  workWasted(_nowUs: number, _backend: number, wastedUs: number): void {
    this.wasted.push(wastedUs);
  }
  workDone(_nowUs: number, _backend: number, busyUs: number): void {
    this.doneUs += busyUs;
  }
}

const name = (identity: RequestIdentity): string =>
  `${identity.client}/${identity.session}/${identity.ordinal}/${identity.tryNumber}`;

export interface Run {
  readonly diary: Diary;
  readonly proxy: TinyProxy;
  readonly world: SimulatedWorld;
}

/** A world behind a tiny proxy, not run yet. */
export function prepare(change: WorldChange, options: Partial<TinyProxyOptions> = {}, seed = 1, replication = 0): Run {
  const spec = worldSpec(change);
  const diary = new Diary();
  const world = new SimulatedWorld(spec, seed, replication, diary);
  const proxy = new TinyProxy(world, { backends: spec.backends.length, ...options });
  return { diary, proxy, world };
}

/** Runs a world to the end of its drain. */
export function runWorld(change: WorldChange, options: Partial<TinyProxyOptions> = {}, seed = 1, replication = 0): Run {
  const run = prepare(change, options, seed, replication);
  run.proxy.run((change.endUs ?? 100 * SECOND) + 60 * SECOND);
  return run;
}

/** Always the same backend. */
export const always = (backend: number) => (): number => backend;

/** One after the other from a list, the last one for ever. */
export const inTurn =
  (...backends: number[]) =>
  (_what: unknown, count: number): number =>
    backends[Math.min(count, backends.length - 1)] as number;
