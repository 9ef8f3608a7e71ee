import { describe, expect, it } from "vitest";
import { METRICS } from "../../src/experiment/metrics.ts";
import { type RunOptions, runExperiment } from "../../src/experiment/run-experiment.ts";
import { experimentOf, plainExecutor, SCENARIO } from "./small-experiment.ts";

const OPTIONS: RunOptions = {
  firstReplication: 0,
  replications: 3,
  only: [],
  keepRows: false,
  version: "0",
  reproduce: "lbsim run small.yaml",
};

async function resultOf(executor = plainExecutor(), options: Partial<RunOptions> = {}, text = SCENARIO) {
  const { experiment, inlined } = experimentOf(text);
  return runExperiment(experiment, inlined, executor, { ...OPTIONS, ...options });
}

describe("runExperiment", () => {
  it("gives the same result in whatever order the tasks run", async () => {
    const forward = await resultOf();
    const backward = await resultOf(
      plainExecutor(Number.POSITIVE_INFINITY, (count) => Array.from({ length: count }, (_, i) => count - 1 - i)),
    );
    expect(backward).toEqual(forward);
  });

  it("holds every metric for every variant, one value per replication", async () => {
    const outcome = await resultOf();
    for (const { metrics } of outcome?.result.variants ?? [])
      for (const { id } of METRICS) expect(metrics[id]?.values).toHaveLength(3);
    expect(outcome?.result.variants).toHaveLength(2);
  });

  it("compares every variant but the baseline, in every metric", async () => {
    const outcome = await resultOf();
    expect(outcome?.result.comparisons.map(({ metric }) => metric)).toEqual(METRICS.map(({ id }) => id));
    expect(new Set(outcome?.result.comparisons.map(({ variant }) => variant))).toEqual(new Set(["bybusyness"]));
  });

  it("one replication alone gives the numbers that it has among others", async () => {
    const all = await resultOf();
    const alone = await resultOf(plainExecutor(), { firstReplication: 2, replications: 1 });
    const value = (outcome: typeof all, at: number) =>
      outcome?.result.variants.map(({ metrics }) => METRICS.map(({ id }) => metrics[id]?.values[at]));
    expect(value(alone, 0)).toEqual(value(all, 2));
  });

  it("makes a whole result of the replications that all variants finished when it is stopped", async () => {
    const outcome = await resultOf(plainExecutor(5));
    expect(outcome?.result.interrupted).toBe(true);
    expect(outcome?.result.replications).toBe(2);
    const two = await resultOf(plainExecutor(), { replications: 2 });
    expect(outcome?.result.variants.map(({ metrics }) => metrics)).toEqual(
      two?.result.variants.map(({ metrics }) => metrics),
    );
  });

  it("makes nothing when no replication was finished by all variants", async () => {
    expect(await resultOf(plainExecutor(1))).toBeNull();
  });

  it("shows the fault where it happened, counted from the end of the warm-up", async () => {
    const outcome = await resultOf();
    expect(outcome?.result.faults).toEqual([
      expect.objectContaining({ kind: "crash", fromUs: 5_000_000, toUs: 10_000_000 }),
    ]);
  });

  it("finds the warm-up on the fault-free baseline when it is not given", async () => {
    const outcome = await resultOf(plainExecutor(), {}, SCENARIO.replace("warm-up: 2s", "warm-up: auto"));
    expect(outcome?.result.timing.warmUpFrom).toBe("MSER-5");
    expect(outcome?.result.timing.durationUs).toBe(20_000_000);
  });

  it("is JSON: nothing in it is infinite or undefined", async () => {
    const outcome = await resultOf(plainExecutor(), { replications: 1 });
    expect(JSON.parse(JSON.stringify(outcome?.result))).toEqual(outcome?.result);
  });

  it("counts every lost session under one cause", async () => {
    const outcome = await resultOf();
    for (const { metrics, sessionLoss } of outcome?.result.variants ?? [])
      for (const r of [0, 1, 2])
        expect(sessionLoss.reduce((sum, { lost }) => sum + (lost.values[r] ?? 0), 0)).toBe(
          metrics.sessions_lost?.values[r],
        );
  });
});

describe("warnings", () => {
  it("tell of requests that no path leads to a balancer, and which paths do", async () => {
    const lost = SCENARIO.replace(
      "clients:",
      "clients:\n  classes:\n    - {name: lost, path: /nowhere}\n    - {name: found, path: /shop}",
    );
    const outcome = await resultOf(plainExecutor(), { replications: 1 }, lost);
    expect(outcome?.result.warnings[0]).toMatch(
      /^byrequests: \d+(\.\d)? % of the requests never reached a balancer; paths that do: \/shop \(shop\)$/,
    );
  });

  it("are not given when all requests reach one", async () => {
    expect((await resultOf())?.result.warnings).toEqual([]);
  });
});
