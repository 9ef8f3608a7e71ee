import { describe, expect, it } from "vitest";
import type { ProxyFamily } from "../../../src/contract/proxy-family.ts";
import { CADDY } from "../../../src/proxies/caddy/caddy-family.ts";
import { outcomes, plain, played } from "../scripted-case.ts";

const FAMILY = CADDY as ProxyFamily;
type Script = Parameters<typeof outcomes>;

const conf = (upstreams: number, lines: string): string => {
  const names = Array.from({ length: upstreams }, (_, i) => `{{node${i + 1}}}`).join(" ");
  return `http://:{{listen.port}} {\n reverse_proxy ${names} {\n ${lines.split("; ").join("\n ")}\n }\n}\n`;
};

function proxied(lines: string, backends: Script[2], requests: Script[3], more: Script[4] = {}): readonly string[] {
  return outcomes(FAMILY, conf(backends.length, lines), backends, requests, more);
}

const at = (...times: readonly number[]) => times.map((at_ms) => ({ at_ms }));
const status = (code: number) => ({ mode: "status", status: code });

describe("a failure of an upstream", () => {
  it("is remembered for exactly fail_duration", () => {
    const node1 = [{ mode: "refuse" }, { from_ms: 500, mode: "ok" }];
    const told = proxied("lb_policy first; fail_duration 1s", [node1, "ok"], at(0, 600, 990, 1010));
    expect(told).toEqual(["1! 502", "2 200", "2 200", "1 200"]);
  });

  it("expires by itself, so max_fails counts those of the last fail_duration", () => {
    // Failures at 0, 800 and 1200 ms live 1 s each: two at once from 800 to 1000 ms, and from 1200 ms on.
    const lines = "lb_policy first; fail_duration 1s; max_fails 2";
    expect(proxied(lines, ["refuse", "ok"], at(0, 800, 900, 1200, 1300, 1900))).toEqual([
      "1! 502",
      "1! 502",
      "2 200",
      "1! 502",
      "2 200",
      "1! 502",
    ]);
  });

  it("may be a head that is as late as unhealthy_latency; the answer is passed on", () => {
    const lines = "lb_policy first; fail_duration 10s; unhealthy_latency 300ms";
    const late = (service_ms: number) => ({ mode: "slow", service_ms });
    expect(proxied(lines, [late(300), "ok"], plain(2))).toEqual(["1 200", "2 200"]);
    expect(proxied(lines, [late(299), "ok"], plain(2))).toEqual(["1 200", "1 200"]);
  });

  it("counts twice when the answer is late and bad", () => {
    const lines = "lb_policy first; fail_duration 10s; max_fails 2; unhealthy_status 5xx; unhealthy_latency 200ms";
    const slow = { ...status(503), service_ms: 250 };
    expect(proxied(lines, [slow, "ok"], plain(2))).toEqual(["1 503", "2 200"]);
    expect(proxied(lines, [status(503), "ok"], plain(3))).toEqual(["1 503", "1 503", "2 200"]);
  });

  it("is no client that leaves, and no body that breaks off", () => {
    const lines = "lb_policy first; fail_duration 10s";
    expect(proxied(lines, ["hang", "ok"], [{ abort_ms: 100 }, { abort_ms: 100 }])).toEqual(["1 0", "1 0"]);
    expect(proxied(lines, ["truncate", "ok"], plain(2)).map(([node]) => node)).toEqual(["1", "1"]);
  });
});

describe("without an available upstream", () => {
  const lines = "lb_policy first; fail_duration 1s; lb_try_duration 3s; lb_try_interval 100ms";
  const node1 = [{ mode: "refuse" }, { from_ms: 300, mode: "ok" }];

  it("a GET waits within lb_try_duration, a POST gets 503 at once", () => {
    // The first GET fails at 0 and waits till its own failure is forgotten at 1000 ms; the POST comes meanwhile.
    const requests = [
      { at_ms: 0, client: "a" },
      { at_ms: 400, client: "b", method: "POST" },
      { at_ms: 500, client: "c" },
    ];
    const { requests: all } = played(FAMILY, conf(1, lines), [node1], requests, { wait: "timed", record_timing: true });
    expect(all.map(({ status: code, finish_ms }) => [code, finish_ms])).toEqual([
      [200, 1000],
      [503, 400],
      [200, 1000],
    ]);
  });

  it("the last error of an attempt is answered rather than 503", () => {
    expect(proxied("lb_policy first; fail_duration 10s; lb_retries 2", ["refuse"], plain(2))).toEqual([
      "1! 502",
      " 503",
    ]);
  });
});

describe("retries", () => {
  it("are made lb_retries times after a dial error, whatever the method, on the same upstream", () => {
    for (const method of ["GET", "POST", "HEAD"])
      expect(proxied("lb_policy first; lb_retries 2", ["refuse", "ok"], [{ method }])).toEqual(["1!1!1! 502"]);
  });

  it.each([
    ["GET", "12 200"],
    ["HEAD", "1 502"],
    ["PUT", "1 502"],
    ["DELETE", "1 502"],
  ])("of a %s once the upstream has it: %s", (method, expected) => {
    expect(proxied("lb_policy first; lb_retries 1; fail_duration 10s", ["close", "ok"], [{ method }])).toEqual([
      expected,
    ]);
  });

  it("follow lb_retry_match alone when it is given", () => {
    const lines = "lb_policy first; lb_retries 1; fail_duration 10s; lb_retry_match method PUT";
    expect(proxied(lines, ["close", "ok"], [{ method: "PUT" }])).toEqual(["12 200"]);
    expect(proxied(lines, ["close", "ok"], [{ method: "GET" }])).toEqual(["1 502"]);
  });

  it("look at lb_try_duration before the pause: the last may start an interval later", () => {
    // Attempts at 0, 400 and 800 ms; at 800 the 700 ms are over.
    const lines = "lb_policy first; lb_try_duration 700ms; lb_try_interval 400ms";
    expect(proxied(lines, ["refuse", "ok"], plain(1))).toEqual(["1!1!1! 502"]);
  });

  it("need both limits to be open", () => {
    const lines = "lb_policy first; lb_try_duration 10s; lb_try_interval 10ms; lb_retries 1";
    expect(proxied(lines, ["refuse", "ok"], plain(1))).toEqual(["1!1! 502"]);
  });

  it("move round_robin's counter as well", () => {
    // 1: node2 (refused), then node3; 2: node1; 3: node2 is out, node3.
    const lines = "lb_policy round_robin; lb_retries 1; fail_duration 10s";
    expect(proxied(lines, ["ok", "refuse", "ok"], plain(3))).toEqual(["2!3 200", "1 200", "3 200"]);
  });
});

describe("the status of an error", () => {
  it("is 502 for a connect timeout, 504 for response_header_timeout", () => {
    const lines = "lb_policy first; transport http {; dial_timeout 200ms; response_header_timeout 300ms; }";
    expect(proxied(lines, ["blackhole"], plain(1))).toEqual(["1! 502"]);
    expect(proxied(lines, ["hang"], plain(1))).toEqual(["1 504"]);
    expect(proxied(lines, ["close"], plain(1))).toEqual(["1 502"]);
  });
});

describe("limits of requests in flight", () => {
  it("step over full upstreams, and answer 503 when all are full", () => {
    const lines = "lb_policy first; unhealthy_request_count 1; fail_duration 10s";
    const slow = { mode: "slow", service_ms: 500 };
    const requests = [0, 10, 20, 600].map((at_ms) => ({ at_ms, client: `c${at_ms}` }));
    expect(proxied(lines, [slow, slow], requests, { wait: "timed" })).toEqual(["1 200", "2 200", " 503", "1 200"]);
  });

  it("make nobody available for ever when nothing is said of fail_duration or max_fails", () => {
    for (const line of ["unhealthy_request_count 5", "unhealthy_status 5xx", "unhealthy_latency 1s"])
      expect(proxied(`lb_policy first; ${line}`, ["ok", "ok"], plain(1))).toEqual([" 503"]);
    expect(proxied("lb_policy first; max_fails 1", ["refuse", "ok"], plain(2))).toEqual(["1! 502", "1! 502"]);
  });
});

describe("active health checks", () => {
  it("take an upstream out and bring it back with one answer each", () => {
    // Checks at about -200, 300, 800, 1300 … ms: bad from 0, so out between 300 and 1300 ms at the latest.
    const node1 = [{ mode: "ok" }, { from_ms: 0, ...status(503) }, { from_ms: 900, mode: "ok" }];
    const lines = "lb_policy first; health_uri /h; health_interval 500ms";
    expect(proxied(lines, [node1, "ok"], at(600, 1900))).toEqual(["2 200", "1 200"]);
  });
});
