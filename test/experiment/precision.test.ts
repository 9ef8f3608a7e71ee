import { describe, expect, it } from "vitest";
import { precisionOf } from "../../src/experiment/precision.ts";
import { type RunOptions, runExperiment } from "../../src/experiment/run-experiment.ts";
import { experimentOf, plainExecutor } from "./small-experiment.ts";

const estimate = (mean: number, halfWidth: number | null) => ({ mean, halfWidth, values: [] });
const WISH = { relative: 0.01, most: 50 };

describe("precisionOf", () => {
  it("is reached when every half-width is the wished share of its mean", () => {
    const variants = [{ name: "a", metrics: { response_p99: estimate(1_000_000, 10_000) } }];
    expect(precisionOf(variants, 20, WISH)).toMatchObject({ isReached: true, replications: 20 });
  });

  it("names the widest interval and how many replications would do: half-widths shrink with their root", () => {
    const metrics = { response_p99: estimate(1_000_000, 30_000), throughput: estimate(100, 1) };
    // 3 times too wide takes 9 times 20 replications.
    expect(precisionOf([{ name: "a", metrics }], 20, WISH)).toMatchObject({
      isReached: false,
      widest: { variant: "a", metric: "response_p99", wished: 10_000, needed: 180 },
    });
  });

  it("has a floor below which nobody decides: 0.1 ms, 0.05 points", () => {
    const metrics = { response_mean: estimate(1_000, 99), sessions_lost_share: estimate(0.0001, 0.0004) };
    expect(precisionOf([{ name: "a", metrics }], 20, WISH).isReached).toBe(true);
  });

  it("is not reached when nothing has an interval", () => {
    const variants = [{ name: "a", metrics: { availability: estimate(1, null) } }];
    expect(precisionOf(variants, 1, WISH)).toMatchObject({ isReached: false, widest: null });
  });
});

describe("runExperiment with a wished precision", () => {
  const { experiment, inlined } = experimentOf();
  const options: RunOptions = {
    firstReplication: 0,
    replications: 2,
    only: ["byrequests"],
    keepRows: false,
    version: "test",
    reproduce: "",
  };

  it("adds batches of ten until the most, and says what is too wide", async () => {
    const wished = { ...options, precision: { relative: 0.0001, most: 15 } };
    const outcome = await runExperiment(experiment, inlined, plainExecutor(), wished);
    expect(outcome?.result.replications).toBe(15);
    expect(outcome?.result.precision).toMatchObject({ isReached: false, replications: 15, most: 15 });
  });

  it("stops at once when it is narrow already, and gives the numbers of a run of that length", async () => {
    const wished = { ...options, precision: { relative: 1_000, most: 50 } };
    const outcome = await runExperiment(experiment, inlined, plainExecutor(), wished);
    const plain = await runExperiment(experiment, inlined, plainExecutor(), options);
    expect(outcome?.result.precision?.isReached).toBe(true);
    expect(outcome?.result.fingerprint).toBe(plain?.result.fingerprint);
  });
});
