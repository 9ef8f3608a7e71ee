// What common random numbers save, and whether the 95 % interval holds the true mean in 95 % of experiments.
import { readFileSync } from "node:fs";
import { scenarioHost } from "../../dist/cli/host/scenario-host.js";
import { meanInterval } from "../../dist/experiment/analysis/confidence-interval.js";
import { mm1 } from "../../dist/experiment/analysis/queueing-theory.js";
import { prepareExperiment } from "../../dist/experiment/prepare.js";
import { runReplication } from "../../dist/experiment/run-replication.js";

const QUICK_START = "scenarios/quick-start.yaml";
const PAIRS = 40;
const PAIRED = ["byrequests · nofailover=On", "bybusyness · nofailover=On"];
const METRICS = ["response_mean", "response_p50", "response_p95", "response_p99", "availability", "throughput"];

const EXPERIMENTS = 1_000;
const REPLICATIONS = 10;
const MM1 = `proxy:
  inline: |
    <Proxy balancer://one>
        BalancerMember http://10.0.0.1:8080
    </Proxy>
    ProxyPass / balancer://one/
clients: { requests: { rate: 10/s }, patience: never }
backends: { default: { cores: 1, concurrency: 100000, service: { exponential: { mean: 50ms } } } }
warm-up: 20s
duration: 200s
`;

function prepared(file, text) {
  const { experiment, problems } = prepareExperiment({ file, text, overrides: [], seed: null }, scenarioHost({}));
  if (experiment === null) throw new Error(problems.map(({ message }) => message).join("\n"));
  return experiment;
}

function replicate(experiment, variant, replication) {
  const { world } = experiment.resolved;
  return runReplication(experiment, variant, replication, { world, binUs: 1_000_000, keepRows: false }).metrics;
}

function variance(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/** Var(A) + Var(B), which independent runs would have, over Var(A - B) with common random numbers. */
export function benchCommonNumbers() {
  const experiment = prepared(QUICK_START, readFileSync(QUICK_START, "utf8"));
  const variants = PAIRED.map((name) => experiment.variants.find((variant) => variant.name === name));
  const runs = Array.from({ length: PAIRS }, (_, r) => variants.map((variant) => replicate(experiment, variant, r)));
  return METRICS.map((metric) => {
    const [a, b] = [0, 1].map((v) => runs.map((run) => run[v][metric]));
    const together = variance(a.map((value, r) => value - b[r]));
    return { metric, factor: (variance(a) + variance(b)) / together };
  });
}

export function formatCommonNumberRows(rows) {
  const lines = rows.map(({ metric, factor }) => `${metric.padEnd(16)} ${factor.toFixed(1).padStart(6)} x`);
  return [`${"metric".padEnd(16)} variance reduction`, ...lines].join("\n");
}

/** Share of experiments whose interval for the mean response time holds that of M/M/1. */
export function benchCoverage() {
  const experiment = prepared("mm1.yaml", MM1);
  const [variant] = experiment.variants;
  const trueUs = mm1(10, 20).W * 1_000_000;
  let held = 0;
  let below = 0;
  for (let seed = 1; seed <= EXPERIMENTS; seed++) {
    const values = Array.from(
      { length: REPLICATIONS },
      (_, replication) => replicate({ ...experiment, seed }, variant, replication).response_mean,
    );
    const { mean, halfWidth } = meanInterval(values);
    if (Math.abs(mean - trueUs) <= halfWidth) held++;
    else if (mean < trueUs) below++;
  }
  return { held, below, above: EXPERIMENTS - held - below };
}

export function formatCoverage({ held, below, above }) {
  const share = ((100 * held) / EXPERIMENTS).toFixed(1);
  return `${EXPERIMENTS} experiments of ${REPLICATIONS} replications: the interval holds the true mean in ${share} % (${below} too low, ${above} too high)`;
}
