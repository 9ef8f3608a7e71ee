import { describe, expect, it } from "vitest";
import type { Decision } from "../../../src/contract/decision.ts";
import { ConnectFailure } from "../../../src/contract/failure.ts";
import { member, pass } from "./build-config.ts";
import { answer, bench, nodes } from "./proxy-bench.ts";

describe("a request", () => {
  it("goes to a member and back, on a connection that the next request uses again", () => {
    const proxy = bench([member("a")]);
    const first = proxy.request();
    expect(proxy.words()).toEqual(["CONNECT a:8080"]);
    proxy.connected(first);
    expect(proxy.words()).toEqual(["SEND"]);
    proxy.answers(first);
    expect(proxy.words()).toEqual(["RELAY 200", "DONE"]);
    proxy.request();
    expect(proxy.words()).toEqual(["SEND"]);
  });

  it("counts what was sent, the status line and the body, and is busy until it is over", () => {
    const proxy = bench([member("a")]);
    const request = proxy.request();
    proxy.connected(request);
    proxy.machine.requestSent(0, request, 174);
    expect(proxy.column("Busy")).toEqual(["1"]);
    proxy.answers(request, 500);
    // "HTTP/1.1 500 Internal Server Error" = 34, body 64.
    expect([proxy.column("ToBytes"), proxy.column("FromBytes"), proxy.column("Busy")]).toEqual([[174], [98], ["0"]]);
  });

  it("means the same in parts as at one instant", () => {
    const proxy = bench([member("a")]);
    const request = proxy.request();
    proxy.connected(request);
    proxy.steps();
    proxy.machine.head(0, request, answer(200));
    proxy.machine.body(0, request, 30);
    proxy.machine.body(0, request, 34);
    proxy.machine.end(0, request);
    expect(proxy.words()).toEqual(["RELAY_HEAD 200", "RELAY_BODY", "RELAY_BODY", "RELAY_END", "DONE"]);
    expect(proxy.column("FromBytes")).toEqual([79]);
  });

  it("is answered by the server itself when it leads to no balancer", () => {
    const proxy = bench([member("a")], {}, { passRules: [pass("/app", "balancer://b/app")] });
    proxy.request({ path: "/none" });
    expect(proxy.words()).toEqual(["REPLY 404", "DONE"]);
  });
});

describe("keep-alive", () => {
  it("is offered for MaxKeepAliveRequests more answers, with headers that say how many", () => {
    const proxy = bench([member("a")], {}, { maxKeepAliveRequests: 1 });
    const connection = proxy.connect();
    const headers = [0, 1].map(() => {
      const request = proxy.request({ connection, keepAlive: true });
      if (proxy.words()[0] !== "SEND") proxy.connected(request);
      proxy.answers(request);
      proxy.steps();
      return proxy.machine.keepAliveHeaders(request).map(({ name, value }) => `${name}: ${value}`);
    });
    expect(headers).toEqual([["Connection: Keep-Alive", "Keep-Alive: timeout=5, max=1"], ["Connection: close"]]);
  });

  it("ends with an answer of 500 or 503", () => {
    const proxy = bench([member("a", { status: "D" })]);
    proxy.request({ keepAlive: true });
    expect(proxy.steps()[0]).toMatchObject({ kind: "REPLY", b: 0 });
  });

  it("answers 408 to a head that never comes whole, on the connection itself", () => {
    const proxy = bench([member("a")], {}, { timeoutUs: 4_000_000 });
    const connection = proxy.connect();
    proxy.machine.headStarted(0, connection);
    proxy.machine.timer(4_000_000, 1 + connection * 8);
    expect(proxy.steps()[0]).toMatchObject({ kind: "REFUSE", a: connection, ref: { status: 408 } });
  });
});

describe("a listener", () => {
  it("hears why, and what became of members", () => {
    const proxy = bench(nodes({}, {}, { status: "D" }), { stickySession: { cookie: "S", path: "S" } });
    const decisions: Decision[] = [];
    const changes: string[] = [];
    const log: string[] = [];
    proxy.machine.listener = {
      decided: (decision) => decisions.push(decision),
      memberChanged: (_nowUs, index, state) => changes.push(`${index} ${state}`),
      logged: (_nowUs, line) => log.push(line.slice(0, 7)),
    };
    const request = proxy.request({ cookies: "S=x.a" });
    proxy.fails(request, ConnectFailure.REFUSED);
    expect(decisions.map(({ method, winner, ordinal }) => [method, winner, ordinal])).toEqual([
      ["session", 0, 0],
      ["byrequests", 1, 1],
    ]);
    expect(decisions[1]?.sticky).toBe("S: route=a -> member a is Err since 0 s, retry after 60 s");
    expect(decisions[1]?.candidates.map(({ excluded }) => excluded)).toEqual([
      "Err since 0 s, retry after 60 s",
      null,
      "Dis",
    ]);
    // A session hit gave a and b 100 each and took 200 from a; then b gained 100 and paid 100.
    expect(decisions[1]?.candidates[1]?.scores).toEqual([{ name: "lbstatus", before: 100, after: 100 }]);
    expect(changes).toEqual(["0 Init Err"]);
    expect(log).toEqual(["AH00957", "AH00959"]);
  });
});

it("an operator's command takes effect at once, and asking changes nothing", () => {
  const proxy = bench(nodes({}, {}));
  proxy.machine.operate(0, 0, "status=+D");
  expect([0, 1].map((m) => proxy.machine.isUsable(0, m))).toEqual([false, true]);
  expect(proxy.served()).toBe("http://b:8080");
  expect(() => proxy.machine.operate(0, 7, "disable")).toThrow(RangeError);
});

it("a member in error is usable again when its retry window is over, though nothing happened since", () => {
  const proxy = bench([member("a", { retryUs: 5_000_000 }), member("b")]);
  proxy.machine.attemptFailed(1_000_000, proxy.request(), ConnectFailure.REFUSED);
  // httpd: now > errorTime + retry, strictly; at 6 s to the microsecond it is not yet over.
  expect([1_000_000, 6_000_000, 6_000_001].map((nowUs) => proxy.machine.isUsable(nowUs, 0))).toEqual([
    false,
    false,
    true,
  ]);
  expect(proxy.machine.memberState(0)).toBe("Err");
  expect(proxy.machine.usableAgainUs(0)).toBe(6_000_000);
});

it("all members in error are usable at once, because the next request tries all, unless forcerecovery is Off", () => {
  const afterBothFailed = (forceRecovery: boolean) => {
    const proxy = bench([member("a"), member("b")], { forceRecovery });
    const request = proxy.request();
    proxy.machine.attemptFailed(1_000_000, request, ConnectFailure.REFUSED);
    proxy.machine.attemptFailed(1_000_000, request, ConnectFailure.REFUSED);
    return [0, 1].map((m) => [proxy.machine.memberState(m), proxy.machine.isUsable(1_000_000, m)]);
  };
  expect(afterBothFailed(true)).toEqual([
    ["Err", true],
    ["Err", true],
  ]);
  expect(afterBothFailed(false)).toEqual([
    ["Err", false],
    ["Err", false],
  ]);
});

it("a standby that waits becomes usable by an event only", () => {
  const proxy = bench([member("a"), member("b", { status: "H" })]);
  expect([proxy.machine.isUsable(0, 1), proxy.machine.usableAgainUs(1)]).toEqual([false, Number.POSITIVE_INFINITY]);
  proxy.machine.attemptFailed(0, proxy.request(), ConnectFailure.REFUSED);
  expect(proxy.machine.isUsable(0, 1)).toBe(true);
});

describe("load reports", () => {
  it("are filed under the address that they came from: a member written as a name finds none", () => {
    const proxy = bench([member("app"), member("10.0.0.2")], { lbmethod: "heartbeat" });
    proxy.machine.loadReport(0, 0, 0, 4);
    proxy.request();
    expect(proxy.words()).toEqual(["REPLY 503", "DONE"]);
    proxy.machine.loadReport(0, 1, 0, 4);
    proxy.request();
    expect(proxy.words()).toEqual(["CONNECT 10.0.0.2:8080"]);
  });
});
