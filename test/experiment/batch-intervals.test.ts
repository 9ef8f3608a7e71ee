import { describe, expect, it } from "vitest";
import { batchIntervals, isSteady } from "../../src/experiment/batch-intervals.ts";
import type { ReplicationResult } from "../../src/experiment/replication/replication-result.ts";
import { runExperiment } from "../../src/experiment/run-experiment.ts";
import { experimentOf, plainExecutor } from "./small-experiment.ts";

const STEADY = `proxy: httpd.conf
clients:
  requests: {rate: 50/s}
backends:
  default: {service: {exponential: {mean: 20ms}}}
duration: 100s
warm-up: 5s
`;

const OPTIONS = { firstReplication: 0, only: [], keepRows: false, version: "test", reproduce: "" };

describe("intervals from one long run", () => {
  it("come from twenty batches when the scenario is steady, for the means that batches have", async () => {
    const { experiment, inlined } = experimentOf(STEADY);
    expect(isSteady(experiment.resolved.world)).toBe(true);
    const outcome = await runExperiment(experiment, inlined, plainExecutor(), { ...OPTIONS, replications: 1 });
    expect(outcome?.result.batches?.count).toBe(20);
    const metrics = outcome?.result.variants[0]?.metrics;
    // 50 Poisson arrivals a second over 100 s: σ of the rate is √(50 / 100) = 0.71, so ± 2.09 · 0.71 = 1.5 or near it.
    expect(metrics?.throughput?.halfWidth).toBeGreaterThan(0.8);
    expect(metrics?.throughput?.halfWidth).toBeLessThan(2.4);
    expect(metrics?.response_mean?.halfWidth).toBeGreaterThan(0);
    expect(metrics?.response_p99?.halfWidth).toBeNull();
  });

  it("are not made for a scenario with faults, nor beside replications", async () => {
    const faulty = experimentOf();
    expect(isSteady(faulty.experiment.resolved.world)).toBe(false);
    const { experiment, inlined } = experimentOf(STEADY);
    const outcome = await runExperiment(experiment, inlined, plainExecutor(), { ...OPTIONS, replications: 2 });
    expect(outcome?.result.batches).toBeUndefined();
  });

  it("are exact for a series that alternates between batches", () => {
    // 100 bins of 1 s in 20 batches of 5: batches of 10 and of 12 good requests a second in turn, mean 11, s = 1.026.
    const good = Array.from({ length: 100 }, (_, bin) => (Math.floor(bin / 5) % 2 === 0 ? 10 : 12));
    const zeros = good.map(() => 0);
    const result = { fromUs: 0, toUs: 100_000_000, series: { good, failed: zeros, responseUs: good } };
    const intervals = batchIntervals(result as unknown as ReplicationResult, 1_000_000, 0.95);
    // 2.093 · 1.026 / √20 = 0.4802
    expect(intervals?.halfWidths.throughput).toBeCloseTo(0.4802, 3);
    expect(intervals?.halfWidths.availability).toBe(0);
  });

  it("need five bins a batch", () => {
    const series = { good: [1], failed: [0], responseUs: [1] };
    const result = { fromUs: 0, toUs: 99_000_000, series };
    expect(batchIntervals(result as unknown as ReplicationResult, 1_000_000, 0.95)).toBeNull();
  });
});
