import { describe, expect, it } from "vitest";
import { constant } from "../../src/engine/random/distributions/constant.ts";
import { exponential } from "../../src/engine/random/distributions/exponential.ts";
import { lognormal } from "../../src/engine/random/distributions/lognormal.ts";
import type { RequestIdentity } from "../../src/model/world-listener.ts";
import { MS, requestClass, runWorld, SECOND, type WorldChange } from "./world-fixture.ts";

const BUSY: WorldChange = {
  clients: {
    arrivals: { kind: "poisson", ratePerSec: 20 },
    requestsPerSession: exponential(5),
    think: exponential(500 * MS),
    patienceUs: 2 * SECOND,
    retry: { attempts: 2, backoff: exponential(50 * MS), factor: 2 },
    leaveAfterFailure: 0.3,
    withoutCookies: 0.1,
    parallel: 2,
    classes: [
      requestClass({ weight: 3, service: exponential(20 * MS), responseBytes: exponential(2000) }),
      requestClass({ name: "static", session: "ignores", target: "/static", requestBytes: exponential(100) }),
    ],
  },
  backends: [
    { concurrency: 4 },
    { discipline: "ps", cores: 2, whenClientGone: "cancel" },
    { errors: { rate: 0.05, status: 500 } },
  ],
  faults: [
    {
      id: "crash",
      backends: [0],
      effect: { kind: "crash" },
      timing: { kind: "scheduled", atUs: 5 * SECOND, forUs: 5 * SECOND },
    },
    {
      id: "hang",
      backends: [1],
      effect: { kind: "hang" },
      timing: { kind: "drawn", mtbf: exponential(6 * SECOND), mttr: exponential(2 * SECOND) },
    },
    {
      id: "hole",
      backends: [2],
      effect: { kind: "blackhole" },
      timing: { kind: "flap", atUs: 2 * SECOND, forUs: 10 * SECOND, downUs: 1 * SECOND, upUs: 2 * SECOND },
    },
  ],
  endUs: 20 * SECOND,
};

describe("SimulatedWorld", () => {
  it("ends every try that it starts, and nothing stays behind, through crashes, hangs and black holes", () => {
    const { diary, world, proxy } = runWorld(BUSY, { failovers: 1 });
    expect(diary.started).toBeGreaterThan(500);
    // Patience is 2 s and the drain 60 s: everything that was out at the end has ended, so nothing is unresolved.
    expect(diary.finished).toBe(diary.started);
    expect(world.counts()).toEqual({ sessions: 0, states: 0 });
    expect(proxy.openConnections).toBe(0);
  });

  it("reports each user request once, with as many tries as were made for it", () => {
    const { diary } = runWorld(BUSY, { failovers: 1 });
    const tries = diary.userRequests.reduce((sum, each) => sum + each.tries, 0);
    expect(tries).toBe(diary.started);
    expect(diary.userRequests.length).toBe(diary.identities.filter((each) => each.tryNumber === 0).length);
  });

  it("tells the same story again with the same seed, and another with another replication", () => {
    const first = runWorld(BUSY).diary.lines;
    expect(runWorld(BUSY).diary.lines).toEqual(first);
    expect(runWorld(BUSY, {}, 1, 1).diary.lines).not.toEqual(first);
    expect(runWorld(BUSY, {}, 2).diary.lines).not.toEqual(first);
  });

  it("leaves what is still running at the end of the drain without an end", () => {
    const { diary } = runWorld({
      clients: { patienceUs: Number.POSITIVE_INFINITY },
      faults: [
        {
          id: "hang",
          backends: [0],
          effect: { kind: "hang" },
          timing: { kind: "scheduled", atUs: 0, forUs: Number.POSITIVE_INFINITY },
        },
      ],
      endUs: SECOND,
    });
    expect([diary.started, diary.finished]).toEqual([1, 0]);
  });

  it("starts nothing new at and after the end, but lets retries come to theirs", () => {
    const { diary } = runWorld({
      clients: {
        arrivals: { kind: "trace", atUs: [0, 999 * MS, SECOND] },
        requestsPerSession: constant(5),
        think: constant(400 * MS),
        retry: { attempts: 1, backoff: constant(100 * MS), factor: 1 },
      },
      backends: [{ errors: { rate: 1, status: 500 } }],
      endUs: SECOND,
    });
    // Requests at 0 and 999 ms; their first tries last 10 ms, each retry starts 100 ms later and lasts 10 ms. Session 0
    // thinks from 120 ms to 520 ms, its second request ends at 640 ms, and the third would start at 1,040 ms: too late.
    expect(diary.startsUs).toEqual([0, 110 * MS, 520 * MS, 630 * MS, 999 * MS, 1109 * MS]);
    expect(diary.finished).toBe(6);
  });
});

describe("common random numbers", () => {
  const change = (patience: number | null): WorldChange => ({
    clients: {
      arrivals: { kind: "poisson", ratePerSec: 5 },
      requestsPerSession: exponential(4),
      think: lognormal(SECOND, 1),
      retry: { attempts: 3, backoff: exponential(70 * MS), factor: 2 },
      leaveAfterFailure: 0.5,
      classes: [
        requestClass({ service: exponential(30 * MS), weight: 2 }),
        requestClass({ name: "b", service: exponential(10 * MS), patienceUs: patience }),
      ],
    },
    // Each request has a core of its own, so that one client's retries delay nobody else.
    backends: [{ concurrency: 10_000 }, { concurrency: 10_000 }],
    endUs: 30 * SECOND,
  });

  /** Client, request and start of every first try, and how long it took, by identity. */
  const story = (world: WorldChange): Map<string, string[]> => {
    const { diary } = runWorld(world);
    const byClient = new Map<string, string[]>();
    for (const line of diary.lines) {
      const client = (line.split(" ")[2] as string).split("/")[0] as string;
      byClient.set(client, [...(byClient.get(client) ?? []), line]);
    }
    return byClient;
  };

  it("clients that time out, retry and leave shift no draw of any other client", () => {
    const patient = story(change(null));
    const impatient = story(change(15 * MS));
    const changed = [...patient].filter(([client, lines]) => lines.join() !== impatient.get(client)?.join());
    const retrying = [...impatient].filter(([, lines]) => lines.some((line) => line.includes("timed out")));
    expect(retrying.length).toBeGreaterThan(10);
    expect(patient.size).toBeGreaterThan(retrying.length + 10);
    // Whoever did not time out has, to the microsecond, the same requests, classes, service and think times.
    expect(changed.map(([client]) => client)).toEqual(retrying.map(([client]) => client));
  });

  it("a request has the same service demand on every try and on every backend", () => {
    const world = change(null);
    const on = (backend: number) => runWorld(world, { choose: () => backend }).diary;
    expect(on(0).lines).toEqual(on(1).lines);
    const lasts = durations(on(0).identities, on(0).startsUs, on(0).lines);
    expect(new Set(lasts.values()).size).toBeGreaterThan(50);
  });
});

function durations(identities: readonly RequestIdentity[], startsUs: readonly number[], lines: readonly string[]) {
  const ends = new Map(
    lines.filter((line) => line.includes(" end ")).map((line) => [line.split(" ")[2], Number(line.split(" ")[0])]),
  );
  return new Map(
    identities.map((each, i) => {
      const key = `${each.client}/${each.session}/${each.ordinal}/${each.tryNumber}`;
      return [key, (ends.get(key) as number) - (startsUs[i] as number)];
    }),
  );
}
