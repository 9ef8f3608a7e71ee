/** Level of all intervals of the validation. */
export const LEVEL = 0.999;

/** Seed of all trials; a failure prints it. */
export const SEED = 20_240_607;

const NO_HOST = { load: () => null, list: () => [], env: {} };

/**
 * Reads a case's scenario through the same door as `lbsim run`.
 *
 * @param {import("./theory-case.js").Lbsim} lbsim
 * @param {object} scenario
 */
export function prepare(lbsim, scenario) {
  const input = { file: "theory.json", text: JSON.stringify(scenario), overrides: [], seed: SEED };
  const { experiment, problems } = lbsim.prepareExperiment(input, NO_HOST);
  if (experiment === null) throw new Error(problems.map(({ message }) => message).join("\n"));
  return experiment;
}

/**
 * One replication of a case: engine, model, driver and balancer as in `lbsim run`, observed by the case.
 *
 * @param {import("./theory-case.js").Lbsim} lbsim
 * @param {import("./theory-case.js").TheoryCase} theoryCase
 * @param {number} replication
 * @returns {{ values: number[], requests: number }} one value per quantity of the case
 */
export function runOnce(lbsim, theoryCase, replication) {
  const experiment = prepare(lbsim, theoryCase.scenario);
  const { world } = experiment.resolved;
  const binUs = world.endUs - world.warmUpUs;
  const run = new lbsim.Replication(experiment, experiment.variants[0], replication, {
    world,
    binUs,
    keepRows: false,
  });
  const read = theoryCase.observe(run);
  run.run();
  const unresolved = run.recorder.started - run.recorder.finished;
  if (unresolved > 0) throw new Error(`${theoryCase.id}: ${unresolved} requests were still under way after the drain`);
  return { values: read(), requests: run.recorder.userRequests };
}

/**
 * Compares the values of all replications with what theory says.
 *
 * @param {import("./theory-case.js").Lbsim} lbsim
 * @param {import("./theory-case.js").TheoryCase} theoryCase
 * @param {readonly { values: number[], requests: number }[]} runs
 * @returns {import("./theory-case.js").Finding[]}
 */
export function judge(lbsim, theoryCase, runs) {
  const requests = runs.reduce((sum, run) => sum + run.requests, 0);
  return theoryCase.quantities.map(({ name, expected, within = 0.02 }, q) => {
    const values = runs.map((run) => run.values[q]);
    const { mean, halfWidth } = lbsim.theory.meanInterval(values, LEVEL);
    // Values that never vary (exact counts) have an interval of width 0; rounding of the mean is not a difference.
    const agrees = Math.abs(mean - expected) <= halfWidth + 1e-12 * Math.abs(expected);
    return { name, expected, mean, halfWidth, within, agrees, requests, replications: runs.length };
  });
}
