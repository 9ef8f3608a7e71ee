import { describe, expect, it } from "vitest";
import { NO_HEADERS } from "../../../src/contract/http-message.ts";
import { Action, ActionField, Outbox } from "../../../src/contract/outbox.ts";
import { Listen } from "../../../src/contract/proxy-machine.ts";
import { Text } from "../../../src/contract/text.ts";
import type { ClientConnection } from "../../../src/proxies/apache/client-connection.ts";
import type { LimitsConfig } from "../../../src/proxies/apache/config/apache-config.ts";
import { EventMpm } from "../../../src/proxies/apache/mpm-event.ts";
import { TimerKind } from "../../../src/proxies/apache/timer-kind.ts";
import { timerId } from "../../../src/proxies/shared/timer-id.ts";
import { limits } from "./build-config.ts";

const WHAT = {
  method: "GET",
  target: new Text("/"),
  host: new Text("h"),
  cookie: null,
  headers: NO_HEADERS,
  bodyBytes: 0,
  chunked: false,
  upgrade: null,
  keepAlive: true,
};

const KEEP_ALIVE_US = 2_000_000;

/** An MPM whose requests are held until the test ends them. */
class Server {
  readonly outbox = new Outbox();
  readonly serving: ClientConnection[] = [];
  readonly timedOut: number[] = [];
  readonly mpm: EventMpm;
  nowUs = 0;

  constructor(part: Partial<LimitsConfig>) {
    this.mpm = new EventMpm(
      limits(part),
      this.outbox,
      { next: () => 0.5, nextInt: () => 0 },
      {
        serve: (_nowUs, connection) => this.serving.push(connection),
        headTimedOut: (_nowUs, connection) => this.timedOut.push(connection.id),
        headTimeoutUs: () => 4_000_000,
        processEnded: () => {},
      },
    );
    this.mpm.start();
  }

  /** A new connection with a request; answers whether the kernel took it. */
  arrive(id: number): boolean {
    const taken = this.mpm.connectionArrived(id, "", 0) === Listen.ESTABLISHED;
    if (taken) this.ask(id);
    return taken;
  }

  ask(id: number): void {
    this.mpm.requestArrived(this.nowUs, id, id, WHAT);
  }

  end(id: number, staysOpen = true): void {
    const at = this.serving.findIndex((connection) => connection.id === id);
    const [connection] = this.serving.splice(at, 1);
    this.mpm.finished(this.nowUs, connection as ClientConnection, staysOpen, KEEP_ALIVE_US);
  }

  ids(): number[] {
    return this.serving.map(({ id }) => id);
  }

  /** Kind and thing of each action since the last look. */
  actions(): [kind: number, a: number][] {
    const { rows, count } = this.outbox;
    return Array.from({ length: count }, (_, i) => [
      rows[(i << 2) | ActionField.KIND] as number,
      rows[(i << 2) | ActionField.A] as number,
    ]);
  }

  /** Connections dropped and requests given up since the last look. */
  dropped(): { drops: number[]; done: number[] } {
    const actions = this.actions();
    const of = (wanted: number): number[] => actions.flatMap(([kind, a]) => (kind === wanted ? [a] : []));
    const result = { drops: of(Action.DROP), done: of(Action.DONE) };
    this.outbox.count = 0;
    return result;
  }
}

describe("the event MPM", () => {
  it("takes what waits strictly in order of arrival, one per free thread", () => {
    const server = new Server({ threadsPerChild: 2 });
    for (const id of [0, 1, 2, 3]) server.arrive(id);
    expect(server.ids()).toEqual([0, 1]);
    server.end(1, false);
    expect(server.ids()).toEqual([0, 2]);
    server.end(0, false);
    expect(server.ids()).toEqual([2, 3]);
  });

  it("keeps backlog + 1 connections waiting and loses the next SYN", () => {
    const server = new Server({ threadsPerChild: 1, listenBacklog: 1 });
    expect([0, 1, 2, 3].map((id) => server.arrive(id))).toEqual([true, true, true, false]);
    server.end(0, false);
    expect(server.arrive(3)).toBe(true);
  });

  it("serves a client that left while it waited, and forgets one that sent nothing", () => {
    const server = new Server({ threadsPerChild: 1 });
    server.arrive(0);
    server.arrive(1);
    server.mpm.connectionArrived(2, "", 0);
    server.mpm.clientGone(0, 1);
    server.mpm.clientGone(0, 2);
    server.end(0, false);
    expect(server.ids()).toEqual([1]);
  });

  it("accepts fewer than T + idle × F connections, and comes back one thread's worth later", () => {
    const server = new Server({ threadsPerChild: 2, asyncFactor: 1 });
    for (const id of [0, 1, 2, 3]) {
      server.arrive(id);
      server.end(id);
    }
    // Four kept-alive connections: 2 + 2·1 = 4 is the limit.
    server.arrive(4);
    expect(server.ids()).toEqual([]);
    server.mpm.clientGone(0, 0);
    expect(server.ids()).toEqual([]);
    // Below 2 + (2 − 1)·1 = 3 it listens again.
    server.mpm.clientGone(0, 1);
    expect(server.ids()).toEqual([4]);
    expect(server.dropped().drops).toEqual([]);
  });

  it("gives up every idle connection when a newcomer finds no thread; they hear it when one is free", () => {
    const server = new Server({ threadsPerChild: 2, asyncFactor: 4 });
    for (const id of [0, 1]) {
      server.arrive(id);
      server.end(id);
    }
    server.arrive(2);
    server.arrive(3);
    server.arrive(4);
    expect(server.dropped().drops).toEqual([]);
    server.ask(0);
    server.end(2, false);
    // The request of connection 0 was never read.
    expect(server.dropped()).toEqual({ drops: [0, 1], done: [0] });
    expect(server.ids()).toEqual([3, 4]);
  });

  it("gives up a kept-alive request that finds no thread, and the other idle connections with it", () => {
    const server = new Server({ threadsPerChild: 1, asyncFactor: 4 });
    for (const id of [0, 1]) {
      server.arrive(id);
      server.end(id);
    }
    server.arrive(2);
    server.ask(1);
    expect(server.ids()).toEqual([2]);
    server.end(2, false);
    expect(server.dropped()).toEqual({ drops: [0, 1], done: [1] });
  });

  it("serves kept-alive clients at once while newcomers starve behind a closed listener", () => {
    const server = new Server({ threadsPerChild: 2, asyncFactor: 2 });
    server.arrive(0);
    server.arrive(1);
    server.arrive(2);
    server.end(0);
    // One idle thread, two connections: 2 ≥ 2 + (1 − 1)·2, so the listener stays closed.
    expect(server.ids()).toEqual([1]);
    server.ask(0);
    expect(server.ids()).toEqual([1, 0]);
    server.end(0);
    server.end(1);
    expect(server.ids()).toEqual([2]);
  });

  it("closes an idle connection after KeepAliveTimeout, with one timer for all of them", () => {
    const server = new Server({ threadsPerChild: 2 });
    server.arrive(0);
    server.end(0);
    server.nowUs = 500_000;
    server.arrive(1);
    server.end(1);
    expect(server.actions().map(([kind]) => kind)).toEqual([Action.SET_TIMER]);
    server.outbox.count = 0;
    server.mpm.keepAliveTimer(2_000_000, 0);
    expect(server.actions()[0]).toEqual([Action.DROP, 0]);
    expect([server.actions()[1]?.[0], server.outbox.us[1]]).toEqual([Action.SET_TIMER, 500_000]);
  });

  it("lets a partial request head hold a thread until its time is over, and silence hold none", () => {
    const server = new Server({ threadsPerChild: 1 });
    server.mpm.connectionArrived(0, "", 0);
    server.mpm.connectionArrived(1, "", 0);
    server.mpm.headStarted(0, 1);
    server.arrive(2);
    expect(server.ids()).toEqual([]);
    expect(server.actions()[0]?.[1]).toBe(timerId(TimerKind.REQUEST_HEAD, 1));
    server.mpm.requestHeadTimer(4_000_000, 1);
    expect(server.timedOut).toEqual([1]);
    expect(server.ids()).toEqual([2]);
  });

  it("starts a second process at the parent's next look, not when a request ends", () => {
    const server = new Server({
      serverLimit: 2,
      startServers: 1,
      threadsPerChild: 1,
      maxRequestWorkers: 2,
      minSpareThreads: 1,
      maxSpareThreads: 2,
    });
    server.arrive(0);
    server.arrive(1);
    expect(server.ids()).toEqual([0]);
    server.mpm.maintenanceTimer(1_000_000);
    expect(server.ids()).toEqual([0, 1]);
  });
});
