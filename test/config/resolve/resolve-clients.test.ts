import { describe, expect, it } from "vitest";
import { resolveScenario } from "../../../src/config/resolve/resolve-scenario.ts";
import { facts, scenario } from "./scenario-fixture.ts";

function clientsOf(line: string) {
  const { resolved, problems } = resolveScenario(scenario(`clients: ${line}`), facts());
  if (resolved === null) throw new Error(problems.map((each) => each.message).join("\n"));
  return resolved.world.clients;
}

function codes(line: string, ...more: readonly string[]) {
  return resolveScenario(scenario(`clients: ${line}`, ...more), facts()).problems.map((each) => each.code);
}

describe("arrivals", () => {
  it("are open with a rate, a curve, bursts or a trace", () => {
    expect(clientsOf("{requests: {rate: 60/min, arrivals: constant}}").arrivals).toEqual({
      kind: "constant",
      ratePerSec: 1,
    });
    expect(clientsOf("{sessions: {curve: [{at: 0s, rate: 1/s}, {at: 1m, rate: 9/s}]}}").arrivals).toEqual({
      kind: "curve",
      points: [
        { atUs: 0, ratePerSec: 1 },
        { atUs: 60_000_000, ratePerSec: 9 },
      ],
    });
    expect(clientsOf("{sessions: {bursty: [{rate: 1/s, for: 10s}, {rate: 9/s, for: 1s}]}}").arrivals).toMatchObject({
      kind: "mmpp",
      states: [
        { ratePerSec: 1, sojourn: { mean: 10_000_000 } },
        { ratePerSec: 9, sojourn: { mean: 1_000_000 } },
      ],
    });
    expect(clientsOf("{sessions: {trace: [0s, 1s, 1s]}}").arrivals).toEqual({
      kind: "trace",
      atUs: [0, 1_000_000, 1_000_000],
    });
  });

  it("are closed with users", () => {
    expect(clientsOf("{users: {count: 50, pause: 2s, requests: 3, think: 1s}}")).toMatchObject({
      arrivals: { kind: "closed", users: 50, pause: { mean: 2_000_000 } },
      requestsPerSession: { mean: 3 },
      think: { mean: 1_000_000 },
    });
  });

  it("of single requests make sessions of one request", () => {
    expect(clientsOf("{requests: {rate: 1/s}}")).toMatchObject({
      requestsPerSession: { mean: 1, cv2: 0 },
      think: { mean: 0 },
    });
  });
});

describe("clients", () => {
  it("behave as the scenario says", () => {
    const line =
      "{requests: {rate: 1/s}, patience: never, retry: {attempts: 2, backoff: 10ms, factor: 3}, leave-after-failure: 25%, cookies: 90%, keep-alive: off, idle: 5s, addresses: 7, parallel: 6}";
    const clients = clientsOf(line);
    expect(clients).toMatchObject({
      patienceUs: Number.POSITIVE_INFINITY,
      retry: { attempts: 2, backoff: { mean: 10_000 }, factor: 3 },
      leaveAfterFailure: 0.25,
      keepAlive: false,
      idleUs: 5_000_000,
      addresses: 7,
      parallel: 6,
    });
    expect(clients.withoutCookies).toBeCloseTo(0.1, 12);
  });

  it("ask for what the classes say", () => {
    const line =
      "{requests: {rate: 1/s}, classes: [{name: ws, path: /ws, websocket: {open: 2m}, headers: {X-A: 1}}, {request-size: 1KiB, response-size: 2kB, service: 3ms, good: [200, 300-304], patience: 1s}, {}]}";
    const { classes } = clientsOf(line);
    expect(classes[0]).toMatchObject({
      name: "ws",
      target: "/ws",
      tunnel: { mean: 120_000_000 },
      headers: [{ name: "X-A", value: "1" }],
    });
    expect(classes[1]).toMatchObject({
      name: "GET /",
      requestBytes: { mean: 1024 },
      responseBytes: { mean: 2000 },
      service: { mean: 3000 },
      tunnel: null,
      patienceUs: 1_000_000,
      good: [
        { from: 200, to: 200 },
        { from: 300, to: 304 },
      ],
    });
    expect(classes[2]).toMatchObject({ name: "GET / (2)", service: null, patienceUs: null });
  });
});

describe("a scenario in which nobody makes a request", () => {
  it("is refused", () => {
    expect(codes("{requests: {rate: 0/s}}")).toEqual(["no-requests"]);
    expect(codes("{requests: {curve: [{at: 0s, rate: 0/s}]}}")).toEqual(["no-requests"]);
    expect(codes("{requests: {trace: [10m]}}")).toEqual(["no-requests"]);
    expect(codes("{requests: {rate: 1/s}}", "duration: 0s")).toEqual(["no-requests"]);
  });
});

describe("a scenario that can never end", () => {
  it("is refused: users without any pause, because a refused connection takes no time", () => {
    expect(codes("{users: {count: 1, pause: 0s, think: 0s}}")).toEqual(["never-ends"]);
    expect(codes("{users: {count: 1, pause: 0s, requests: 1}}")).toEqual(["never-ends"]);
    expect(codes("{users: {count: 1, pause: 0s, think: 1ms}}")).toEqual([]);
    // Numbers of requests are rounded: at most 1.4 is one request, and nobody thinks after the only one; 1.7 is two.
    expect(codes("{users: {count: 1, pause: 0s, requests: {uniform: {min: 0, max: 1.4}}}}")).toEqual(["never-ends"]);
    expect(codes("{users: {count: 1, pause: 0s, requests: 1.7}}")).toEqual([]);
    expect(codes("{users: {count: 1, pause: 1ms, think: 0s}}")).toEqual([]);
    // Who leaves at the first failure does not think either.
    expect(codes("{users: {count: 1, pause: 0s, think: 1s}, leave-after-failure: 100%}")).toEqual(["never-ends"]);
    expect(codes("{users: {count: 1, pause: 0s, think: 1s}, leave-after-failure: 50%}")).toEqual([]);
  });

  it("is refused: bursts that take no time, and rates beyond a lifetime", () => {
    expect(codes("{requests: {bursty: [{rate: 1/s, for: 0s}]}}")).toEqual(["never-ends"]);
    expect(codes("{requests: {rate: 1000000000/s}}")).toEqual(["never-ends"]);
    const { problems } = resolveScenario(scenario("clients: {requests: {rate: 1000000000/s}}"), facts());
    expect(problems).toMatchObject([{ hint: "lower the rate or shorten the duration" }]);
  });

  it("is refused: faults that come and go at once", () => {
    const rate = "{requests: {rate: 1/s}}";
    expect(codes(rate, "faults: [{crash: node1, mtbf: 0s, mttr: 0s}]")).toEqual(["never-ends"]);
    expect(codes(rate, "faults: [{crash: node1, at: 1s, flap: {down: 0s, up: 0s}}]")).toEqual(["never-ends"]);
  });
});

describe("curves and traces", () => {
  it("must not go back in time", () => {
    expect(codes("{requests: {curve: [{at: 2s, rate: 1/s}, {at: 1s, rate: 1/s}]}}")).toEqual(["out-of-range"]);
    expect(codes("{requests: {trace: [2s, 1s]}}")).toEqual(["out-of-range"]);
  });
});
