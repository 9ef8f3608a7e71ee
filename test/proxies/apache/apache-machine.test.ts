import { describe, expect, it } from "vitest";
import type { Decision } from "../../../src/contract/decision.ts";
import { ConnectFailure } from "../../../src/contract/failure.ts";
import { member, pass } from "./build-config.ts";
import { answer, bench, nodes } from "./proxy-bench.ts";

describe("a request", () => {
  it("goes to a member and back, on a connection that the next request uses again", () => {
    const it = bench([member("a")]);
    const first = it.request();
    expect(it.words()).toEqual(["CONNECT a:8080"]);
    it.connected(first);
    expect(it.words()).toEqual(["SEND"]);
    it.answers(first);
    expect(it.words()).toEqual(["RELAY 200", "DONE"]);
    it.request();
    expect(it.words()).toEqual(["SEND"]);
  });

  it("counts what was sent, the status line and the body, and is busy until it is over", () => {
    const it = bench([member("a")]);
    const request = it.request();
    it.connected(request);
    it.machine.requestSent(0, request, 174);
    expect(it.column("Busy")).toEqual(["1"]);
    it.answers(request, 500);
    // "HTTP/1.1 500 Internal Server Error" = 34, body 64.
    expect([it.column("ToBytes"), it.column("FromBytes"), it.column("Busy")]).toEqual([[174], [98], ["0"]]);
  });

  it("means the same in parts as at one instant", () => {
    const it = bench([member("a")]);
    const request = it.request();
    it.connected(request);
    it.steps();
    it.machine.head(0, request, answer(200));
    it.machine.body(0, request, 30);
    it.machine.body(0, request, 34);
    it.machine.end(0, request);
    expect(it.words()).toEqual(["RELAY_HEAD 200", "RELAY_BODY", "RELAY_BODY", "RELAY_END", "DONE"]);
    expect(it.column("FromBytes")).toEqual([79]);
  });

  it("is answered by the server itself when it leads to no balancer", () => {
    const it = bench([member("a")], {}, { passRules: [pass("/app", "balancer://b/app")] });
    it.request({ path: "/none" });
    expect(it.words()).toEqual(["REPLY 404", "DONE"]);
  });
});

describe("keep-alive", () => {
  it("is offered for MaxKeepAliveRequests more answers, with headers that say how many", () => {
    const it = bench([member("a")], {}, { maxKeepAliveRequests: 1 });
    const connection = it.connect();
    const headers = [0, 1].map(() => {
      const request = it.request({ connection, keepAlive: true });
      if (it.words()[0] !== "SEND") it.connected(request);
      it.answers(request);
      it.steps();
      return it.machine.keepAliveHeaders(request).map(({ name, value }) => `${name}: ${value}`);
    });
    expect(headers).toEqual([["Connection: Keep-Alive", "Keep-Alive: timeout=5, max=1"], ["Connection: close"]]);
  });

  it("ends with an answer of 500 or 503", () => {
    const it = bench([member("a", { status: "D" })]);
    it.request({ keepAlive: true });
    expect(it.steps()[0]).toMatchObject({ kind: "REPLY", b: 0 });
  });

  it("answers 408 to a head that never comes whole, on the connection itself", () => {
    const it = bench([member("a")], {}, { timeoutUs: 4_000_000 });
    const connection = it.connect();
    it.machine.headStarted(0, connection);
    it.machine.timer(4_000_000, 1 + connection * 8);
    expect(it.steps()[0]).toMatchObject({ kind: "REFUSE", a: connection, ref: { status: 408 } });
  });
});

describe("a listener", () => {
  it("hears why, and what became of members", () => {
    const it = bench(nodes({}, {}, { status: "D" }), { stickySession: { cookie: "S", path: "S" } });
    const decisions: Decision[] = [];
    const changes: string[] = [];
    const log: string[] = [];
    it.machine.listener = {
      decided: (decision) => decisions.push(decision),
      memberChanged: (_nowUs, index, state) => changes.push(`${index} ${state}`),
      logged: (_nowUs, line) => log.push(line.slice(0, 7)),
    };
    const request = it.request({ cookies: "S=x.a" });
    it.fails(request, ConnectFailure.REFUSED);
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
  const it = bench(nodes({}, {}));
  it.machine.operate(0, 0, "status=+D");
  expect([0, 1].map((m) => it.machine.isUsable(0, m))).toEqual([false, true]);
  expect(it.served()).toBe("http://b:8080");
  expect(() => it.machine.operate(0, 7, "disable")).toThrow(RangeError);
});

it("a member in error is usable again when its retry window is over, though nothing happened since", () => {
  const it = bench([member("a", { retryUs: 5_000_000 }), member("b")]);
  it.machine.attemptFailed(1_000_000, it.request(), ConnectFailure.REFUSED);
  // httpd: now > errorTime + retry, strictly; at 6 s to the microsecond it is not yet over.
  expect([1_000_000, 6_000_000, 6_000_001].map((nowUs) => it.machine.isUsable(nowUs, 0))).toEqual([false, false, true]);
  expect(it.machine.memberState(0)).toBe("Err");
  expect(it.machine.usableAgainUs(0)).toBe(6_000_000);
});

it("all members in error are usable at once, because the next request tries all, unless forcerecovery is Off", () => {
  const afterBothFailed = (forceRecovery: boolean) => {
    const it = bench([member("a"), member("b")], { forceRecovery });
    const request = it.request();
    it.machine.attemptFailed(1_000_000, request, ConnectFailure.REFUSED);
    it.machine.attemptFailed(1_000_000, request, ConnectFailure.REFUSED);
    return [0, 1].map((m) => [it.machine.memberState(m), it.machine.isUsable(1_000_000, m)]);
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
  const it = bench([member("a"), member("b", { status: "H" })]);
  expect([it.machine.isUsable(0, 1), it.machine.usableAgainUs(1)]).toEqual([false, Number.POSITIVE_INFINITY]);
  it.machine.attemptFailed(0, it.request(), ConnectFailure.REFUSED);
  expect(it.machine.isUsable(0, 1)).toBe(true);
});

describe("load reports", () => {
  it("are filed under the address that they came from: a member written as a name finds none", () => {
    const it = bench([member("app"), member("10.0.0.2")], { lbmethod: "heartbeat" });
    it.machine.loadReport(0, 0, 0, 4);
    it.request();
    expect(it.words()).toEqual(["REPLY 503", "DONE"]);
    it.machine.loadReport(0, 1, 0, 4);
    it.request();
    expect(it.words()).toEqual(["CONNECT 10.0.0.2:8080"]);
  });
});
