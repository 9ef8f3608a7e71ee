import type { MetricInfo } from "../../src/experiment/result.ts";
import type { SweepResult } from "../../src/experiment/sweep/sweep-result.ts";

const metric = (id: string, unit: MetricInfo["unit"], better: MetricInfo["better"]): MetricInfo => ({
  id,
  title: id,
  unit,
  better,
  definition: "",
});

const LOADS = [10, 20];
const RETRIES = ["1", "60"];

/** Two loads, two retries, two variants, with round numbers: p95 is ten times the load in ms, twice that for "slow". */
export function smallSweep(changes: Partial<SweepResult> = {}): SweepResult {
  const estimates = (load: number, factor: number) => ({
    throughput: { mean: load, halfWidth: 0.5 },
    availability: { mean: 1 - load / 1_000, halfWidth: 0.001 },
    response_mean: { mean: load * factor * 4_000, halfWidth: 500 },
    response_p95: { mean: load * factor * 10_000, halfWidth: 1_000 },
    response_p99: { mean: null, halfWidth: null },
    sessions_lost: { mean: 0, halfWidth: 0 },
  });
  return {
    format: "lbsim-sweep",
    version: 1,
    lbsim: "test",
    scenario: { name: "shop", file: "shop.yaml", hash: "abc", about: "Where does it bend?" },
    seed: 1,
    design: "full",
    replications: 5,
    level: 0.95,
    fingerprint: "f",
    interrupted: false,
    reproduce: "lbsim sweep shop.yaml",
    axes: [
      { key: "load", unit: "/s", isLogarithmic: false },
      { key: "retry", unit: "", isLogarithmic: false },
    ],
    metrics: [
      metric("throughput", "1/s", "higher"),
      metric("availability", "ratio", "higher"),
      metric("response_mean", "µs", "lower"),
      metric("response_p95", "µs", "lower"),
      metric("response_p99", "µs", "lower"),
      metric("sessions_lost", "count", "lower"),
    ],
    variants: ["fast", "slow"],
    baseline: "fast",
    points: LOADS.flatMap((load) =>
      RETRIES.map((retry) => ({
        values: [`${load}/s`, retry],
        numbers: [load, Number(retry)],
        variants: [
          { name: "fast", fingerprint: "a", metrics: estimates(load, 1) },
          { name: "slow", fingerprint: "b", metrics: estimates(load, 2) },
        ],
      })),
    ),
    ...changes,
  };
}
