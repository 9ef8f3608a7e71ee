import { describe, expect, it } from "vitest";
import { Text } from "../../../src/contract/text.ts";
import { ForwardRecord } from "../../../src/proxies/apache/forwarded-request.ts";

function recorded(): ForwardRecord {
  const forward = new ForwardRecord();
  forward.method = "GET";
  forward.target = new Text("/app/x");
  forward.host = new Text("127.0.0.1:20001");
  forward.own = [{ name: "X-Lab-Id", value: "00007" }];
  forward.forwardedFor = "127.0.0.1";
  forward.forwardedHost = "lab.test";
  forward.forwardedServer = "127.0.0.1";
  return forward;
}

/** The head written out, to count what `measure` only adds up. */
function written(forward: ForwardRecord, ...more: string[]): number {
  const lines = [
    `${forward.method} ${forward.target.text} HTTP/1.1`,
    `Host: ${forward.host.text}`,
    ...forward.headers.map(({ name, value }) => `${name}: ${value}`),
    ...more,
    "",
    "",
  ];
  return lines.join("\r\n").length;
}

describe("a forwarded request", () => {
  it("is 174 bytes for the request of the recordings", () => {
    const forward = recorded();
    forward.measure();
    expect(forward.headBytes).toBe(174);
    expect(written(forward, "Connection: Keep-Alive")).toBe(174);
  });

  it("counts cookies, a body, the 100-continue probe and Max-Forwards as they are written", () => {
    const forward = recorded();
    forward.method = "POST";
    forward.cookie = new Text("S=1");
    forward.bodyBytes = 1000;
    forward.expects = true;
    forward.maxForwards = 10;
    forward.measure();
    expect(forward.headBytes).toBe(written(forward, "Cookie: S=1", "Content-Length: 1000", "Connection: Keep-Alive"));
  });

  it("appends to X-Forwarded headers that the client sent", () => {
    const forward = recorded();
    forward.own = [{ name: "x-forwarded-for", value: "1.2.3.4" }];
    forward.measure();
    expect(forward.headers).toContainEqual({ name: "x-forwarded-for", value: "1.2.3.4, 127.0.0.1" });
    expect(forward.headBytes).toBe(written(forward, "Connection: Keep-Alive"));
  });

  it("asks for the switch of protocols, or for a close", () => {
    const forward = recorded();
    forward.upgrade = "websocket";
    forward.measure();
    expect(forward.headBytes).toBe(written(forward, "Upgrade: websocket", "Connection: Upgrade"));
    forward.upgrade = null;
    forward.closes = true;
    forward.measure();
    expect(forward.headBytes).toBe(written(forward, "Connection: close"));
  });
});
