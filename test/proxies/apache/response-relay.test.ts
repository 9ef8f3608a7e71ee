import { describe, expect, it } from "vitest";
import { BreakCause, BreakPhase } from "../../../src/contract/failure.ts";
import { Text } from "../../../src/contract/text.ts";
import { limits, member } from "./build-config.ts";
import { answer, bench, nodes } from "./proxy-bench.ts";

describe("an exchange that breaks", () => {
  it("before the status line gives 502 without failover and leaves the member usable", () => {
    const proxy = bench(nodes({}, {}));
    const request = proxy.request();
    proxy.connected(request);
    proxy.steps();
    proxy.breaks(request);
    const [reply] = proxy.steps();
    expect(proxy.machine.page(reply?.c ?? -1)).toContain("502 Proxy Error");
    expect(proxy.states()).toEqual(["Ok", "Ok"]);
  });

  it("by timeout closes the connection, and takes the member out only with failontimeout", () => {
    for (const failOnTimeout of [false, true]) {
      const proxy = bench(nodes({ timeoutUs: 1_000_000 }), { failOnTimeout });
      const request = proxy.request();
      proxy.connected(request);
      expect(proxy.steps().at(-1)?.us).toBe(1_000_000);
      proxy.breaks(request, BreakCause.TIMEOUT);
      expect(proxy.words()).toEqual(["REPLY 502", "CLOSE_BACKEND", "DONE"]);
      expect(proxy.states()).toEqual([failOnTimeout ? "Err" : "Ok"]);
    }
  });

  it("on a kept-alive client gives no answer at all, and blames the member only when its connection was new", () => {
    const proxy = bench([member("a")]);
    const connection = proxy.connect();
    const ask = (): number => proxy.request({ connection, keepAlive: true });
    const first = ask();
    proxy.connected(first);
    proxy.answers(first);
    proxy.steps();
    proxy.breaks(ask());
    expect(proxy.words()).toEqual(["SEND", "DROP", "DONE"]);
    expect(proxy.states()).toEqual(["Ok"]);
    const other = proxy.connect();
    const second = proxy.request({ connection: other, keepAlive: true });
    proxy.connected(second);
    proxy.answers(second);
    proxy.steps();
    proxy.machine.idleConnectionClosed(0, 1);
    const third = proxy.request({ connection: other, keepAlive: true });
    proxy.connected(third);
    proxy.breaks(third);
    expect(proxy.states()).toEqual(["Err"]);
  });

  it("in the body cuts the answer off", () => {
    const proxy = bench([member("a")], { failOnTimeout: true });
    const request = proxy.request();
    proxy.connected(request);
    proxy.machine.head(0, request, answer(200));
    proxy.steps();
    proxy.breaks(request, BreakCause.TIMEOUT, BreakPhase.BODY);
    expect(proxy.words()).toEqual(["DROP", "CLOSE_BACKEND", "DONE"]);
    expect(proxy.states()).toEqual(["Ok"]);
  });

  it("on a dead pooled connection is repeated on a new one, silently", () => {
    const proxy = bench([member("a")]);
    proxy.served();
    const request = proxy.request();
    proxy.steps();
    proxy.breaks(request, BreakCause.STALE);
    expect(proxy.words()).toEqual(["CONNECT a:8080"]);
    expect(proxy.states()).toEqual(["Ok"]);
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
    const proxy = bench(nodes({}), { failOnStatus: [500] }, { errorOverride: [] });
    const request = proxy.request();
    proxy.connected(request);
    proxy.steps();
    proxy.answers(request, 500);
    expect(proxy.words()).toEqual(["REPLY 500", "DONE"]);
    expect(proxy.column("FromBytes")).toEqual([34]);
    expect(proxy.states()).toEqual(["Err"]);
  });

  it("does not fail over for an overridden 503", () => {
    const proxy = bench(nodes({}, {}), {}, { errorOverride: [503] });
    expect(proxy.served({}, 503)).toBe("http://a:8080");
    expect(proxy.states()).toEqual(["Ok", "Ok"]);
  });
});

describe("a switch of protocols", () => {
  it("keeps thread and busy until the tunnel closes, and counts the 101 only", () => {
    const proxy = bench(nodes({ upgrade: "websocket" }), {}, {}, { limits: limits({ threadsPerChild: 1 }) });
    const request = proxy.request({ upgrade: "WebSocket" });
    proxy.connected(request);
    expect(proxy.forwarded().upgrade).toBe("WebSocket");
    proxy.machine.head(0, request, answer(101));
    proxy.request();
    expect(proxy.words()).toEqual(["RELAY_HEAD 101", "TUNNEL"]);
    expect([proxy.column("Busy"), proxy.column("FromBytes")]).toEqual([["1"], [32]]);
    proxy.machine.tunnelClosed(1, request);
    expect(proxy.words()).toEqual(["DROP", "CLOSE_BACKEND", "DONE", "CONNECT a:8080"]);
  });

  it("is not asked for when the member does not allow it", () => {
    const proxy = bench(nodes({}));
    proxy.connected(proxy.request({ upgrade: "websocket" }));
    expect(proxy.forwarded().upgrade).toBeNull();
  });
});

describe("what clients see", () => {
  it("is the very head of the member when nothing changes it", () => {
    const proxy = bench([member("a")]);
    const request = proxy.request();
    proxy.connected(request);
    proxy.steps();
    const head = answer(200);
    proxy.machine.answered(0, request, head, 1);
    expect(proxy.steps()[0]?.ref).toBe(head);
  });

  it("has a rewritten Location and the environment of the choice in its headers", () => {
    const position = { file: "", line: 1, column: 1, length: 0 };
    const proxy = bench(
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
    const request = proxy.request({ cookies: "S=x.gone" });
    proxy.connected(request);
    proxy.steps();
    proxy.machine.answered(0, request, answer(302, { location: new Text("http://a:8080/in") }), 0);
    expect(proxy.steps()[0]?.ref).toMatchObject({
      location: { text: "http://lab.test/in" },
      headers: [{ name: "X-Changed", value: "1 a gone" }],
    });
  });
});
