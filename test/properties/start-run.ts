import { type PreparedExperiment, prepareExperiment } from "../../src/experiment/prepare.ts";
import { Replication, type ReplicationOptions } from "../../src/experiment/run-replication.ts";
import type { RandomScenario } from "./random-scenario.ts";

const REPORT_EVERY_US = 5_000_000;

/** Reads a scenario that has to be valid. */
export function prepared(scenario: Readonly<Record<string, unknown>>): PreparedExperiment {
  const input = { file: "random.json", text: JSON.stringify(scenario), overrides: [], seed: null };
  const { experiment, problems } = prepareExperiment(input, { load: () => null, list: () => [], env: {} });
  if (experiment === null) throw new Error(problems.map(({ message }) => message).join("\n"));
  return experiment;
}

/** A replication of a random scenario, ready to run; heartbeat hears of its hosts. */
export function startRun(
  { scenario, lbmethod }: Pick<RandomScenario, "scenario" | "lbmethod">,
  options: Partial<ReplicationOptions> = {},
  replication = 0,
): Replication {
  const experiment = prepared(scenario);
  const variant = experiment.variants[0];
  if (variant === undefined) throw new Error("a scenario has a variant");
  const { world } = experiment.resolved;
  const run = new Replication(experiment, variant, replication, {
    world,
    binUs: 1_000_000,
    keepRows: false,
    ...options,
  });
  if (lbmethod === "heartbeat") reportLoad(run);
  return run;
}

function reportLoad(run: Replication): void {
  const report = (nowUs: number): void => {
    for (const address of run.machine.addresses.keys()) run.machine.loadReport(nowUs, address, 0, 4 + address);
    run.drive.observeAt(nowUs + REPORT_EVERY_US, report);
  };
  run.drive.observeAt(0, report);
}
