import { describe, expect, it } from "vitest";
import { constant } from "../../src/engine/random/distributions/constant.ts";
import { exponential } from "../../src/engine/random/distributions/exponential.ts";
import { MS, prepare, requestClass, runWorld, SECOND } from "./world-fixture.ts";

describe("SimulatedClients", () => {
  it("send the next request a think time after the last answer, on the same connection", () => {
    const { diary, proxy } = runWorld({});
    // Service takes 10 ms, think time is 1 s.
    expect(diary.startsUs).toEqual([0, 1010 * MS, 2020 * MS]);
    expect(proxy.remotes.length).toBe(1);
  });

  it("open a new connection for every request when they keep none", () => {
    expect(runWorld({ clients: { keepAlive: false } }).proxy.remotes.length).toBe(3);
  });

  it("close a connection that was idle for the limit, before a longer think time is over", () => {
    const idle = (idleUs: number) => runWorld({ clients: { idleUs } }).proxy.remotes.length;
    expect([idle(SECOND - 1), idle(SECOND), idle(SECOND + 1)]).toEqual([3, 1, 1]);
    const { proxy } = prepare({ clients: { idleUs: 300 * MS } });
    proxy.run(309 * MS);
    expect(proxy.openConnections).toBe(1);
    proxy.run(310 * MS);
    expect(proxy.openConnections).toBe(0);
  });

  it("take source addresses round robin by their number", () => {
    const { proxy } = runWorld({
      clients: { arrivals: { kind: "constant", ratePerSec: 1 }, addresses: 2, requestsPerSession: constant(1) },
      endUs: 3 * SECOND,
    });
    expect(proxy.remotes).toEqual(["100.64.0.1", "100.64.0.2", "100.64.0.1"]);
  });

  it("send the first request alone and then bursts, the next burst when the last answer is there", () => {
    const { diary, proxy } = runWorld({ clients: { parallel: 3, requestsPerSession: constant(6) } });
    expect(diary.startsUs).toEqual([0, 1010 * MS, 1010 * MS, 1010 * MS, 2020 * MS, 2020 * MS]);
    expect(proxy.remotes.length).toBe(3);
  });

  it("time out when their patience is over, not when the answer comes at that instant", () => {
    const outcome = (patienceUs: number) =>
      runWorld({ clients: { patienceUs, requestsPerSession: constant(1) } }).diary.outcomes;
    expect(outcome(10 * MS - 1)).toEqual(["timed out 0"]);
    expect(outcome(10 * MS)).toEqual(["good 200"]);
  });

  it("have the patience of the request's class where it has one", () => {
    const classes = [requestClass({ patienceUs: 5 * MS })];
    expect(runWorld({ clients: { classes, requestsPerSession: constant(1) } }).diary.outcomes).toEqual(["timed out 0"]);
  });

  it("report that they never connected when they did not within their patience", () => {
    const { diary } = runWorld({ clients: { patienceUs: SECOND, requestsPerSession: constant(1) } }, { deaf: true });
    expect(diary.outcomes).toEqual(["not connected 0"]);
    expect(diary.finishesUs).toEqual([SECOND]);
  });

  it("try again after a back-off that grows by the factor, and count all tries as one user request", () => {
    const { diary } = runWorld({
      clients: {
        retry: { attempts: 3, backoff: constant(100 * MS), factor: 3 },
        requestsPerSession: constant(1),
      },
      backends: [{ errors: { rate: 1, status: 500 } }],
    });
    // Each try lasts 10 ms; waits of 100, 300 and 900 ms in between.
    expect(diary.startsUs).toEqual([0, 110 * MS, 420 * MS, 1330 * MS]);
    expect(diary.userRequests).toEqual([{ startedUs: 0, nowUs: 1340 * MS, outcome: "bad status", tries: 4 }]);
    expect(diary.lines.filter((line) => line.includes("final")).length).toBe(1);
  });

  it("leave after a failed request with the given probability", () => {
    const failing = { backends: [{ errors: { rate: 1, status: 500 } }] };
    const sure = runWorld({ ...failing, clients: { leaveAfterFailure: 1 } }).diary;
    expect([sure.started, sure.left]).toEqual([1, 1]);
    const arrivals = { kind: "trace", atUs: Array.from({ length: 1000 }, (_, k) => k) } as const;
    const half = runWorld({ ...failing, clients: { leaveAfterFailure: 0.5, arrivals } }).diary;
    // 1000 clients with at most 3 requests: all failing, so 1 - 1/8 leave by the third, give or take 4 × 10.5.
    expect(half.left).toBeGreaterThan(833);
    expect(half.left).toBeLessThan(917);
  });

  it("take a status outside the good ones of its class for a failure", () => {
    const classes = [requestClass({ good: [{ from: 500, to: 500 }] })];
    const { diary } = runWorld({ clients: { classes, requestsPerSession: constant(1) } });
    expect(diary.outcomes).toEqual(["bad status 200"]);
  });

  it("report a break in the middle of an answer as truncated, and before it as no answer", () => {
    const { diary, proxy } = prepare({ clients: { requestsPerSession: constant(2) } });
    proxy.at(5 * MS, () => proxy.dropRequest(0));
    proxy.run(200 * SECOND);
    expect(diary.outcomes).toEqual(["no answer 0", "good 200"]);
  });

  it("understand answers that come in parts", () => {
    const whole = runWorld({ backends: [{}, {}] }).diary;
    const parts = runWorld({ backends: [{}, {}] }, { inParts: true }).diary;
    expect(parts.lines).toEqual(whole.lines);
    expect(parts.sessions).toEqual(whole.sessions);
  });

  it("draw classes by their weights", () => {
    const classes = [requestClass({ weight: 1 }), requestClass({ name: "b", target: "/b", weight: 3 })];
    const arrivals = { kind: "constant", ratePerSec: 1000 } as const;
    const { diary } = runWorld({ clients: { classes, arrivals, requestsPerSession: constant(1) }, endUs: 4 * SECOND });
    const second = diary.identities.filter((each) => each.classIndex === 1).length;
    // Binomial(4000, 0.75): mean 3000, sd 27.4.
    expect(Math.abs(second - 3000)).toBeLessThan(4 * 27.4);
  });

  it("never have more sessions in a closed loop than there are users, each with its own numbers", () => {
    const { diary, world, proxy } = prepare({
      clients: {
        arrivals: { kind: "closed", users: 5, pause: exponential(200 * MS) },
        requestsPerSession: constant(2),
        think: exponential(100 * MS),
      },
      endUs: 20 * SECOND,
    });
    for (let second = 1; second <= 20; second++) {
      proxy.run(second * SECOND);
      expect(world.counts().sessions).toBeLessThanOrEqual(5);
    }
    const sessions = new Set(diary.identities.map((each) => `${each.client}/${each.session}`));
    expect(diary.identities.every((each) => each.client < 5)).toBe(true);
    // A cycle takes 200 + 100 + 2 × 10 ms on average: 5 users do about 312 of them in 20 s.
    expect(sessions.size).toBeGreaterThan(250);
    expect(sessions.size).toBeLessThan(375);
  });
});

describe("tunnels", () => {
  const tunnel = (lastsUs: number) => ({
    requestsPerSession: constant(2),
    classes: [requestClass({ tunnel: constant(lastsUs) })],
  });

  it("are good when the 101 came in time; the client closes them and goes on", () => {
    const { diary, proxy } = runWorld({ clients: tunnel(5 * SECOND) });
    expect(diary.outcomes).toEqual(["good 101", "good 101"]);
    // Upgrade takes 10 ms, the tunnel 5 s, thinking 1 s.
    expect(diary.startsUs).toEqual([0, 6010 * MS]);
    expect(diary.userRequests[0]).toEqual({ startedUs: 0, nowUs: 10 * MS, outcome: "good", tries: 1 });
    expect([diary.tunnelsCut, proxy.openConnections]).toEqual([0, 0]);
  });

  it("that are cut are counted apart, and the client goes on", () => {
    const { diary, proxy } = prepare({ clients: tunnel(5 * SECOND) });
    proxy.at(2 * SECOND, () => proxy.dropRequest(0));
    proxy.run(200 * SECOND);
    expect(diary.tunnelsCut).toBe(1);
    expect(diary.startsUs).toEqual([0, 3 * SECOND]);
    expect([diary.started, diary.finished]).toEqual([2, 2]);
  });

  it("fail when the proxy does not pass the upgrade on", () => {
    const { diary } = runWorld({ clients: tunnel(SECOND) }, { passUpgrade: false });
    expect(diary.outcomes).toEqual(["bad status 426", "bad status 426"]);
  });
});
