import { describe, expect, it } from "vitest";
import { BreakCause, BreakPhase, ConnectFailure } from "../../../src/contract/failure.ts";
import type { ForwardedRequest } from "../../../src/contract/http-message.ts";
import { member } from "./build-config.ts";
import { bench, nodes } from "./proxy-bench.ts";

describe("failover", () => {
  it("takes the next member after a refused connect, and the failed one stays busy until the request is over", () => {
    const proxy = bench(nodes({}, {}));
    const request = proxy.request({ method: "POST", bodyBytes: 10 });
    proxy.steps();
    proxy.fails(request, ConnectFailure.REFUSED);
    expect(proxy.words()).toEqual(["CONNECT b:8080"]);
    expect(proxy.states()).toEqual(["Err", "Ok"]);
    expect(proxy.column("Busy")).toEqual(["1", "1"]);
    proxy.connected(request);
    proxy.answers(request);
    expect(proxy.column("Busy")).toEqual(["0", "0"]);
    expect(proxy.column("Load")).toEqual(["-100", "100"]);
  });

  it("makes members − 1 more tries, then answers 503, and the next request tries all again", () => {
    const proxy = bench(nodes({}, {}));
    const request = proxy.request();
    proxy.fails(request, ConnectFailure.REFUSED);
    proxy.fails(request, ConnectFailure.TIMEOUT);
    expect(proxy.words()).toEqual(["CONNECT a:8080", "CONNECT b:8080", "REPLY 503", "DONE"]);
    proxy.nowUs = 1;
    proxy.request();
    // Load was −100 and 100 after the failed request; with 100 more each it is b's turn.
    expect(proxy.words()).toEqual(["CONNECT b:8080"]);
    expect(proxy.column("retries")).toEqual([1, 1]);
  });

  it("does not happen with maxattempts=0, nor for a member whose errors are ignored", () => {
    const none = bench(nodes({}, {}), { maxAttempts: 0 });
    none.fails(none.request(), ConnectFailure.REFUSED);
    expect(none.words()).toEqual(["CONNECT a:8080", "REPLY 503", "DONE"]);
    const ignoring = bench(nodes({ status: "I" }, {}));
    ignoring.fails(ignoring.request(), ConnectFailure.REFUSED);
    expect(ignoring.words()).toEqual(["CONNECT a:8080", "REPLY 503", "DONE"]);
    expect(ignoring.states()[0]).toBe("Ign Ok");
  });

  it("burns all tries on the dead member of a session with retry=0", () => {
    const proxy = bench(nodes({ retryUs: 0 }, {}, {}), { stickySession: { cookie: "S", path: "S" } });
    const request = proxy.request({ cookies: "S=x.a" });
    for (let i = 0; i < 3; i++) proxy.fails(request, ConnectFailure.REFUSED);
    expect(proxy.words()).toEqual(["CONNECT a:8080", "CONNECT a:8080", "CONNECT a:8080", "REPLY 503", "DONE"]);
  });

  it("answers 503 to the session of a member that is out with nofailover, and balances unknown routes", () => {
    const proxy = bench(nodes({ status: "D" }, {}), { stickySession: { cookie: "S", path: "S" }, nofailover: true });
    proxy.request({ cookies: "S=x.a" });
    expect(proxy.words()).toEqual(["REPLY 503", "DONE"]);
    expect(proxy.served({ cookies: "S=x.gone" })).toBe("http://b:8080");
  });

  it("ends with 500 and an error when the member's name has no address", () => {
    const proxy = bench(nodes({}, {}));
    proxy.fails(proxy.request(), ConnectFailure.DNS);
    expect(proxy.words()).toEqual(["CONNECT a:8080", "REPLY 500", "DONE"]);
    expect(proxy.states()).toEqual(["Err", "Ok"]);
  });

  it("throws a connection away that came to stand after another request failed on the member", () => {
    const proxy = bench(nodes({}, {}));
    const first = proxy.request();
    proxy.request();
    const third = proxy.request();
    proxy.fails(first, ConnectFailure.TIMEOUT);
    proxy.steps();
    proxy.connected(third);
    expect(proxy.words()).toEqual(["CLOSE_BACKEND", "CONNECT b:8080"]);
  });

  it("ends with 500 when an https member is reached without SSLProxyEngine", () => {
    const proxy = bench([member("a", { scheme: "https" })]);
    proxy.connected(proxy.request());
    expect(proxy.words()).toEqual(["CONNECT a:8080", "CLOSE_BACKEND", "REPLY 500", "DONE"]);
    expect(proxy.states()).toEqual(["Err"]);
  });
});

describe("the 100-continue probe", () => {
  it("is sent with a body only, and fails over when nothing comes within ping", () => {
    const proxy = bench(nodes({ pingUs: 500_000 }, {}));
    const request = proxy.request({ method: "POST", bodyBytes: 10 });
    proxy.connected(request);
    const send = proxy.steps().at(-1);
    expect([send?.us, (send?.ref as ForwardedRequest | undefined)?.expectContinue]).toEqual([500_000, true]);
    proxy.breaks(request, BreakCause.TIMEOUT, BreakPhase.CONTINUE);
    expect(proxy.words()).toEqual(["CLOSE_BACKEND", "CONNECT b:8080"]);
    expect(proxy.states()).toEqual(["Err", "Ok"]);
    proxy.connected(request);
    const forwarded = proxy.forwarded();
    // The header stays on the request for the second member, though nobody waits for its interim answer.
    expect(forwarded.headers).toContainEqual({ name: "Expect", value: "100-Continue" });
    expect(forwarded.expectContinue).toBe(false);
  });

  it("lets the body follow and counts the interim status line", () => {
    const proxy = bench(nodes({ pingUs: 500_000, timeoutUs: 3_000_000 }));
    const request = proxy.request({ method: "POST", bodyBytes: 10 });
    proxy.connected(request);
    proxy.steps();
    proxy.machine.interim(0, request, 100);
    expect(proxy.steps().map(({ kind, us }) => [kind, us])).toEqual([["SEND", 3_000_000]]);
    expect(proxy.column("FromBytes")).toEqual(["HTTP/1.1 100 Continue".length]);
  });

  it("is left out for a request without a body", () => {
    const proxy = bench(nodes({ pingUs: 500_000 }));
    proxy.connected(proxy.request());
    expect(proxy.forwarded().expectContinue).toBe(false);
  });
});

describe("waiting", () => {
  it("for a member happens in 100 steps, one request at a time", () => {
    const proxy = bench(nodes({ retryUs: 1_000_000 }), { timeoutUs: 2_000_000, forceRecovery: false });
    proxy.fails(proxy.request(), ConnectFailure.REFUSED);
    proxy.steps();
    proxy.nowUs = 100_000;
    proxy.request();
    expect(proxy.steps(true).map(({ kind, us }) => [kind, us])).toEqual([["SET_TIMER", 20_000]]);
    proxy.request();
    expect(proxy.words()).toEqual(["REPLY 503", "DONE"]);
    for (let words: string[] = []; words.length === 0; words = proxy.words()) {
      proxy.nowUs += 20_000;
      proxy.machine.timer(proxy.nowUs, 3);
    }
    // 100 ms + 46 × 20 ms = 1020 ms is the first step after 1 s.
    expect(proxy.nowUs).toBe(1_020_000);
  });

  it("for a member gives up after the last step", () => {
    const proxy = bench(nodes({ status: "D" }), { timeoutUs: 100 });
    proxy.request();
    proxy.steps();
    for (let i = 1; i <= 100; i++) {
      expect(proxy.words()).toEqual([]);
      proxy.machine.timer(i, 3);
    }
    expect(proxy.words()).toEqual(["REPLY 503", "DONE"]);
  });

  it("for a pool connection ends in order, or with acquire in an error of a healthy member", () => {
    const patient = bench(nodes({ max: 1 }));
    const first = patient.request();
    patient.connected(first);
    patient.request();
    patient.steps();
    patient.answers(first);
    expect(patient.words()).toEqual(["RELAY 200", "SEND", "DONE"]);
    const hasty = bench(nodes({ max: 1, acquireUs: 300_000 }, { lbset: 1 }));
    hasty.request();
    const second = hasty.request();
    hasty.steps();
    hasty.machine.timer(300_000, 2 + second * 8);
    expect(hasty.words()).toEqual(["CONNECT b:8080"]);
    expect(hasty.states()).toEqual(["Err", "Ok"]);
  });
});
