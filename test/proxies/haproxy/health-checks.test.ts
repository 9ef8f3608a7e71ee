import { describe, expect, it } from "vitest";
import type { Outbox } from "../../../src/contract/outbox.ts";
import { HealthChecks } from "../../../src/proxies/haproxy/health-checks.ts";
import type { Server } from "../../../src/proxies/haproxy/server.ts";
import { ServerStatus } from "../../../src/proxies/haproxy/server-status.ts";
import { timerSlot } from "../../../src/proxies/shared/timer-id.ts";
import { buildBackend } from "./build-backend.ts";

const MS = 1000;

/** Checks of a backend, with what they ask of the driver written down. */
function checksOf(lines: readonly string[], global: { spreadChecks?: number; maxSpreadChecksUs?: number } = {}) {
  const backend = buildBackend(lines);
  const { servers } = backend;
  const timers: number[] = [];
  const outbox = {
    setTimer: (id: number, us: number) => {
      timers[timerSlot(id)] = us / MS;
    },
    probe: () => undefined,
  } as unknown as Outbox;
  const status = new ServerStatus(servers, () => null, outbox);
  status.effects = { redistribute: () => undefined, serveQueue: () => undefined, shutdownSessions: () => undefined };
  const limits = {
    maxconn: null,
    nbthread: null,
    spreadChecks: 0,
    maxSpreadChecksUs: null,
    bufferBytes: 16_384,
    maxRewriteBytes: 1024,
    position: null,
    ...global,
  };
  const random = { next: () => 0.25, nextInt: () => 0 };
  const places = servers.map((_, i) => i);
  const checks = new HealthChecks(servers, places, status, outbox, limits, random);
  const check = (nowMs: number, i: number, answer: number | "refused", body = ""): void => {
    checks.timer(nowMs * MS, i);
    checks.result(nowMs * MS, i, answer === "refused" ? 1 : 0, answer === "refused" ? 0 : answer, body);
  };
  const word = (i: number) => status.wordOf(servers[i] as Server);
  return { servers, timers, checks, check, word };
}

const of = (name: string, words = "") => `server ${name} 10.0.0.1:80 check ${words}`;

describe("health checks", () => {
  it("start spread over the shortest interval of a second and more, each over its own when that is longer", () => {
    const { checks, timers } = checksOf([of("a", "inter 3s"), of("b", "inter 500"), of("c", "inter 9s fastinter 6s")]);
    checks.start(0);
    // shortest = min(3000, 6000) = 3000; b: 3000·1/3, c: 6000·2/3
    expect(timers).toEqual([0, 1000, 4000]);
  });

  it("start within max-spread-checks, and move by spread-checks afterwards", () => {
    const settings = { spreadChecks: 0.2, maxSpreadChecksUs: 600 * MS };
    const { checks, check, timers } = checksOf([of("a"), of("b"), of("c")], settings);
    checks.start(0);
    expect(timers).toEqual([0, 200, 400]);
    // 2000 + 2000 · 0.2 · (1 − 2 · 0.25); the successful check has brought full health
    check(0, 0, 200);
    expect(timers[0]).toBe(2200);
  });

  it("take a server down at the first failure after the start, later after `fall`, and up after `rise`", () => {
    const { check, word } = checksOf([of("a", "rise 2 fall 3")]);
    check(0, 0, "refused");
    expect(word(0)).toBe("DOWN");
    check(1, 0, 200);
    expect(word(0)).toBe("DOWN 1/2");
    check(2, 0, 200);
    expect(word(0)).toBe("UP");
    check(3, 0, "refused");
    check(4, 0, "refused");
    expect(word(0)).toBe("UP 1/3");
    check(5, 0, "refused");
    expect(word(0)).toBe("DOWN");
  });

  it("come every inter in full health, every fastinter on the way, every downinter while down", () => {
    const { check, timers } = checksOf([of("a", "inter 5s fastinter 1s downinter 20s rise 2 fall 2")]);
    check(0, 0, 200);
    expect(timers[0]).toBe(5000);
    check(1, 0, "refused");
    expect(timers[0]).toBe(1000);
    check(2, 0, "refused");
    expect(timers[0]).toBe(20_000);
    check(3, 0, 200);
    expect(timers[0]).toBe(1000);
  });

  it("pass on 2xx and 3xx, or on what all expect rules say", () => {
    const outcome = (rules: readonly string[], status: number, body = "") => {
      const { check, word } = checksOf(["option httpchk GET /", ...rules, of("a", "fall 1")]);
      check(0, 0, status, body);
      return word(0);
    };
    expect([200, 302, 404, 503].map((status) => outcome([], status))).toEqual(["UP", "UP", "DOWN", "DOWN"]);
    const list = ["http-check expect status 200,410-412"];
    expect([200, 204, 411].map((status) => outcome(list, status))).toEqual(["UP", "DOWN", "UP"]);
    const not = ["http-check expect ! string error"];
    expect([outcome(not, 200, "fine"), outcome(not, 200, "an error")]).toEqual(["UP", "DOWN"]);
    const regex = ["http-check expect rstring ^ok$"];
    expect([outcome(regex, 200, "ok"), outcome(regex, 200, "ok!")]).toEqual(["UP", "DOWN"]);
  });

  it("that find 404 with disable-on-404 stop a server that stands, and fail on one that is down", () => {
    const { check, word } = checksOf(["option httpchk", "http-check disable-on-404", of("a", "rise 2 fall 1")]);
    check(0, 0, 404);
    expect(word(0)).toBe("NOLB");
    check(1, 0, 200);
    expect(word(0)).toBe("UP");
    check(2, 0, 503);
    check(3, 0, 200);
    expect(word(0)).toBe("DOWN 1/2");
    check(4, 0, 404);
    expect(word(0)).toBe("DOWN");
  });
});

describe("observed traffic", () => {
  it("layer4 counts failed connects in a row, layer7 failed connects and 5xx other than 501 and 505", () => {
    const words = "fall 1 error-limit 2 on-error mark-down";
    const { checks, servers, word } = checksOf([
      of("a", `observe layer4 ${words}`),
      of("b", `observe layer7 ${words}`),
    ]);
    const [a, b] = [servers[0] as Server, servers[1] as Server];
    checks.connected(0, a, false);
    checks.connected(0, a, true);
    checks.connected(0, a, false);
    checks.answered(0, a, 503);
    expect(word(0)).toBe("UP");
    checks.connected(0, a, false);
    expect(word(0)).toBe("DOWN");
    for (const status of [503, 501, 503, 505, 503, 404, 503]) checks.answered(0, b, status);
    checks.connected(0, b, true);
    expect(word(1)).toBe("UP");
    checks.answered(0, b, 0);
    expect(word(1)).toBe("DOWN");
  });

  it("a passing check clears the count", () => {
    const { checks, check, servers } = checksOf([of("a", "observe layer7 error-limit 2 on-error mark-down")]);
    checks.answered(0, servers[0] as Server, 500);
    check(1, 0, 200);
    checks.answered(2, servers[0] as Server, 500);
    expect(servers[0]?.consecutiveErrors).toBe(1);
  });

  it("at the limit: one failed check, one check before death, death, or only a sooner check", () => {
    const after = (mode: string, errors: number) => {
      const { checks, check, servers, word } = checksOf([
        of("a", `fall 3 observe layer7 error-limit 1 on-error ${mode}`),
      ]);
      check(0, 0, 200);
      for (let i = 0; i < errors; i++) checks.answered(0, servers[0] as Server, 500);
      return word(0);
    };
    // full health is 4 of rise 2 and fall 3
    expect([1, 2, 3].map((errors) => after("fail-check", errors))).toEqual(["UP 2/3", "UP 1/3", "DOWN"]);
    // sudden-death: health becomes rise + 1 = 3, then one failed check: 2, the last life
    expect([1, 2].map((errors) => after("sudden-death", errors))).toEqual(["UP 1/3", "DOWN"]);
    expect(after("mark-down", 1)).toBe("DOWN");
    expect(after("fastinter", 5)).toBe("UP");
  });

  it("bring the next check forward to fastinter, never back", () => {
    const { checks, check, servers, timers } = checksOf([
      of("a", "inter 2s fastinter 1s observe layer7 error-limit 1 on-error fastinter"),
    ]);
    check(0, 0, 200);
    checks.answered(1500 * MS, servers[0] as Server, 500);
    // due at 2000; 1500 + 1000 would be later
    expect(timers[0]).toBe(2000);
    checks.answered(500 * MS, servers[0] as Server, 500);
    expect(timers[0]).toBe(1000);
  });
});

describe("slowstart", () => {
  it("gives a server that came up a growing share of weight and maxconn", () => {
    const { servers, check } = checksOf([of("a", "rise 1 fall 1 weight 10 maxconn 40 slowstart 3500")]);
    const server = servers[0] as Server;
    server.backend.second = 100;
    check(0, 0, "refused");
    check(1, 0, 200);
    const at = (second: number) => {
      server.backend.second = second;
      server.warmUp();
      return [server.warmth, server.dynamicMaxconn(second)];
    };
    // S = 4 s: (16·s + 4) div 4 sixteenths; maxconn 40 · (100·s div 4) div 100, at least 1
    expect([100, 101, 102, 103, 104].map(at)).toEqual([
      [1, 1],
      [5, 10],
      [9, 20],
      [13, 30],
      [16, 40],
    ]);
  });
});
