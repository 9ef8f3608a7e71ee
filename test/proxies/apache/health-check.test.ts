import { describe, expect, it } from "vitest";
import type { Probe } from "../../../src/contract/outbox.ts";
import type { HealthCheckConfig, MemberConfig } from "../../../src/proxies/apache/config/apache-config.ts";
import { balancer, config, healthCheck, member } from "./build-config.ts";
import { ProxyBench } from "./proxy-bench.ts";

const START_US = -200_000;
const SECOND = 1_000_000;

function checked(check: Partial<HealthCheckConfig>, part: Partial<MemberConfig> = {}, expressions = {}): ProxyBench {
  const healthy = healthCheck({ method: "GET", intervalUs: SECOND, uri: "/h", ...check });
  return new ProxyBench(
    config({
      balancers: [balancer([member("a", { healthCheck: healthy, ...part }), member("b")])],
      healthExpressions: expressions,
    }),
    START_US,
  );
}

/** Runs the watchdog's timer and answers the probe with `status`; answers when the check began. */
function check(bench: ProxyBench, status: number, body = ""): number {
  const timer = bench.steps(true).find(({ kind, a }) => kind === "SET_TIMER" && a % 8 === 4);
  bench.nowUs += timer?.us ?? Number.NaN;
  bench.machine.timer(bench.nowUs, timer?.a ?? -1);
  const at = bench.nowUs;
  const probe = bench.steps(true).find(({ kind }) => kind === "PROBE");
  bench.machine.probeResult(bench.nowUs, probe?.a ?? -1, 0, status, body);
  return at;
}

describe("health checks", () => {
  it("begin strictly more than one interval after the start, on the grid of 0.1 s, and go on like that", () => {
    const bench = checked({});
    bench.nowUs = START_US;
    expect([check(bench, 200), check(bench, 200), check(bench, 200)]).toEqual([900_000, 2_000_000, 3_100_000]);
  });

  it("ask for the member's path and hcuri, with OPTIONS for *", () => {
    const asked = (part: Partial<HealthCheckConfig>, path = ""): Probe => {
      const bench = checked(part, { path });
      bench.nowUs = START_US;
      bench.machine.timer(900_000, 4);
      return bench.steps().find(({ kind }) => kind === "PROBE")?.ref as Probe;
    };
    expect(asked({})).toEqual({ method: "GET", target: "/h", host: "a:8080" });
    expect(asked({ method: "HEAD11" }, "/base").target).toBe("/base//h");
    expect(asked({ method: "OPTIONS" })).toMatchObject({ method: "OPTIONS", target: "*" });
    expect(asked({ method: "TCP" }).method).toBe("TCP");
  });

  it("take a member out after hcfails failures and bring it back after hcpasses, not necessarily in a row", () => {
    const bench = checked({ fails: 2, passes: 2 });
    bench.nowUs = START_US;
    const seen = [500, 200, 500, 200, 500, 200].map((status) => {
      check(bench, status);
      return bench.states()[0];
    });
    expect(seen).toEqual(["Ok", "Ok", "HcFl", "HcFl", "HcFl", "Ok"]);
  });

  it("heal an error before its retry window is over", () => {
    const bench = checked({});
    bench.nowUs = 0;
    const request = bench.request();
    bench.steps(true);
    bench.fails(request, 1);
    expect(bench.states()[0]).toBe("Err");
    bench.machine.timer(900_000, 4);
    const probe = bench.steps().find(({ kind }) => kind === "PROBE");
    bench.machine.probeResult(900_000, probe?.a ?? -1, 0, 204, "");
    expect(bench.states()[0]).toBe("Ok");
  });

  it("obey a condition instead of the status", () => {
    const bench = checked({ expression: "good" }, {}, { good: "{hc('body') !~ /maintenance/}" });
    bench.nowUs = START_US;
    check(bench, 503, "ok");
    expect(bench.states()[0]).toBe("Ok");
    check(bench, 200, "under maintenance");
    expect(bench.states()[0]).toBe("HcFl");
  });

  it("skip a stopped member until it goes on", () => {
    const bench = checked({});
    bench.machine.operate(0, 0, "status=+S");
    bench.steps(true);
    bench.machine.timer(2_000_000, 4);
    expect(bench.steps(true)).toEqual([]);
    bench.machine.operate(2_050_000, 0, "status=-S");
    expect(bench.steps(true).map(({ kind, us }) => [kind, us])).toEqual([["SET_TIMER", 50_000]]);
  });
});
