import { describe, expect, it } from "vitest";
import { BreakCause, BreakPhase } from "../../../src/contract/failure.ts";
import { Text } from "../../../src/contract/text.ts";
import { limits, member } from "./build-config.ts";
import { answer, bench, nodes } from "./proxy-bench.ts";

describe("an exchange that breaks", () => {
  it("before the status line gives 502 without failover and leaves the member usable", () => {
    const it = bench(nodes({}, {}));
    const request = it.request();
    it.connected(request);
    it.steps();
    it.breaks(request);
    const [reply] = it.steps();
    expect(it.machine.page(reply?.c ?? -1)).toContain("502 Proxy Error");
    expect(it.states()).toEqual(["Ok", "Ok"]);
  });

  it("by timeout closes the connection, and takes the member out only with failontimeout", () => {
    for (const failOnTimeout of [false, true]) {
      const it = bench(nodes({ timeoutUs: 1_000_000 }), { failOnTimeout });
      const request = it.request();
      it.connected(request);
      expect(it.steps().at(-1)?.us).toBe(1_000_000);
      it.breaks(request, BreakCause.TIMEOUT);
      expect(it.words()).toEqual(["REPLY 502", "CLOSE_BACKEND", "DONE"]);
      expect(it.states()).toEqual([failOnTimeout ? "Err" : "Ok"]);
    }
  });

  it("on a kept-alive client gives no answer at all, and blames the member only when its connection was new", () => {
    const it = bench([member("a")]);
    const connection = it.connect();
    const ask = (): number => it.request({ connection, keepAlive: true });
    const first = ask();
    it.connected(first);
    it.answers(first);
    it.steps();
    it.breaks(ask());
    expect(it.words()).toEqual(["SEND", "DROP", "DONE"]);
    expect(it.states()).toEqual(["Ok"]);
    const other = it.connect();
    const second = it.request({ connection: other, keepAlive: true });
    it.connected(second);
    it.answers(second);
    it.steps();
    it.machine.idleConnectionClosed(0, 1);
    const third = it.request({ connection: other, keepAlive: true });
    it.connected(third);
    it.breaks(third);
    expect(it.states()).toEqual(["Err"]);
  });

  it("in the body cuts the answer off", () => {
    const it = bench([member("a")], { failOnTimeout: true });
    const request = it.request();
    it.connected(request);
    it.machine.head(0, request, answer(200));
    it.steps();
    it.breaks(request, BreakCause.TIMEOUT, BreakPhase.BODY);
    expect(it.words()).toEqual(["DROP", "CLOSE_BACKEND", "DONE"]);
    expect(it.states()).toEqual(["Ok"]);
  });

  it("on a dead pooled connection is repeated on a new one, silently", () => {
    const it = bench([member("a")]);
    it.served();
    const request = it.request();
    it.steps();
    it.breaks(request, BreakCause.STALE);
    expect(it.words()).toEqual(["CONNECT a:8080"]);
    expect(it.states()).toEqual(["Ok"]);
  });
});

describe("the end of a request", () => {
  it("takes the member out for a listed status, the proxy's own included", () => {
    const listed = bench(nodes({}, {}), { failOnStatus: [500, 502] });
    listed.served({}, 500);
    expect(listed.states()).toEqual(["Err", "Ok"]);
    const request = listed.request();
    listed.connected(request);
    listed.breaks(request);
    expect(listed.states()).toEqual(["Err", "Err"]);
  });

  it("replaces an error of the member by the proxy's page with ProxyErrorOverride, and counts its status line only", () => {
    const it = bench(nodes({}), { failOnStatus: [500] }, { errorOverride: [] });
    const request = it.request();
    it.connected(request);
    it.steps();
    it.answers(request, 500);
    expect(it.words()).toEqual(["REPLY 500", "DONE"]);
    expect(it.column("FromBytes")).toEqual([34]);
    expect(it.states()).toEqual(["Err"]);
  });

  it("does not fail over for an overridden 503", () => {
    const it = bench(nodes({}, {}), {}, { errorOverride: [503] });
    expect(it.served({}, 503)).toBe("http://a:8080");
    expect(it.states()).toEqual(["Ok", "Ok"]);
  });
});

describe("a switch of protocols", () => {
  it("keeps thread and busy until the tunnel closes, and counts the 101 only", () => {
    const it = bench(nodes({ upgrade: "websocket" }), {}, {}, { limits: limits({ threadsPerChild: 1 }) });
    const request = it.request({ upgrade: "WebSocket" });
    it.connected(request);
    expect(it.forwarded().upgrade).toBe("websocket");
    it.machine.head(0, request, answer(101));
    it.request();
    expect(it.words()).toEqual(["RELAY_HEAD 101", "TUNNEL"]);
    expect([it.column("Busy"), it.column("FromBytes")]).toEqual([["1"], [32]]);
    it.machine.tunnelClosed(1, request);
    expect(it.words()).toEqual(["DROP", "CLOSE_BACKEND", "DONE", "CONNECT a:8080"]);
  });

  it("is not asked for when the member does not allow it", () => {
    const it = bench(nodes({}));
    it.connected(it.request({ upgrade: "websocket" }));
    expect(it.forwarded().upgrade).toBeNull();
  });
});

describe("what clients see", () => {
  it("is the very head of the member when nothing changes it", () => {
    const it = bench([member("a")]);
    const request = it.request();
    it.connected(request);
    it.steps();
    const head = answer(200);
    it.machine.answered(0, request, head, 1);
    expect(it.steps()[0]?.ref).toBe(head);
  });

  it("has a rewritten Location and the environment of the choice in its headers", () => {
    const position = { file: "", line: 1, column: 1, length: 0 };
    const it = bench(
      nodes({}, {}),
      { stickySession: { cookie: "S", path: "S" } },
      {
        reverse: [{ path: "/", url: "balancer://b/", position }],
        headers: [
          {
            where: "response",
            always: false,
            action: "set",
            name: "X-Changed",
            value: "%{BALANCER_ROUTE_CHANGED}e %{BALANCER_WORKER_ROUTE}e %{BALANCER_SESSION_ROUTE}e",
            replacement: "",
            condition: null,
            position,
          },
        ],
      },
    );
    const request = it.request({ cookies: "S=x.gone" });
    it.connected(request);
    it.steps();
    it.machine.answered(0, request, answer(302, { location: new Text("http://a:8080/in") }), 0);
    expect(it.steps()[0]?.ref).toMatchObject({
      location: { text: "http://lab.test/in" },
      headers: [{ name: "X-Changed", value: "1 a gone" }],
    });
  });
});
