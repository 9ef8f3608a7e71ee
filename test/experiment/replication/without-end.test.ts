import { describe, expect, it } from "vitest";
import type { PreparedVariant } from "../../../src/experiment/prepare.ts";
import { runReplication } from "../../../src/experiment/run-replication.ts";
import { experimentOf } from "../small-experiment.ts";

const HTTPD_CONF = `<Proxy balancer://shop>
    BalancerMember http://10.0.0.1:8080
</Proxy>
ProxyPass / balancer://shop/
`;

function resultOf(scenario: string) {
  const { experiment } = experimentOf(`proxy: httpd.conf\n${scenario}`, { "httpd.conf": HTTPD_CONF });
  const result = runReplication(experiment, experiment.variants[0] as PreparedVariant, 0, {
    world: experiment.resolved.world,
    binUs: 1_000_000,
    keepRows: true,
  });
  if (result === null) throw new Error("it was stopped");
  return result;
}

describe("requests at the end of a run", () => {
  it("without an end are not good, and stand in the rows", () => {
    const { metrics, rows, units } = resultOf(`clients:
  requests: {trace: [0s, 1s, 5s, 6s]}
  patience: never
backends: {default: {service: 10ms}}
faults: [{at: 3s, hang: all}]
duration: 10s
drain: 5s
warm-up: 0s
`);
    expect(metrics.availability).toBe(0.5);
    expect(metrics.availability_attempts).toBe(0.5);
    expect(metrics.availability_sessions).toBe(0.5);
    expect(metrics.unresolved).toBe(2);
    expect([units.requests, units.tries, units.sessionsEnded]).toEqual([4, 4, 4]);
    expect(rows?.outcome).toEqual([0, 0, -1, -1]);
    expect(rows?.endUs).toEqual([10_000, 1_010_000, -1, -1]);
  });

  it("that pause before their next try are waited for", () => {
    const { metrics, rows } = resultOf(`clients:
  requests: {trace: [0s]}
  retry: {attempts: 3, backoff: 1s, factor: 2}
backends: {default: {service: 0ms, errors: {rate: 100%}}}
duration: 5s
warm-up: 0s
`);
    expect(rows?.startUs).toEqual([0, 1_000_000, 3_000_000, 7_000_000]);
    expect([metrics.availability, metrics.unresolved]).toEqual([0, 0]);
  });

  it("that are answered in the drain are good, but not within the observed time", () => {
    const { metrics, series } = resultOf(`clients:
  requests: {rate: 50/s, arrivals: constant}
  patience: never
backends: {default: {service: 40ms, discipline: fcfs, concurrency: 1, queue: unlimited, session: {store: none}}}
duration: 20s
warm-up: 0s
`);
    expect(metrics.availability).toBe(1);
    // One server at 40 ms: 25 a second, however many were asked for.
    expect(metrics.throughput).toBeGreaterThan(24.8);
    expect(metrics.throughput).toBeLessThanOrEqual(25);
    expect(Math.max(...series.good)).toBe(25);
  });
});
