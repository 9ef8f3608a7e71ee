import { SCENARIO_DIAGNOSTICS } from "../../config/problems/scenario-diagnostics.ts";
import { METRICS } from "../../experiment/metrics.ts";
import { FAMILIES } from "../../proxies/families.ts";
import { ExitCode } from "../exit-code.ts";
import type { Output } from "../host/output.ts";
import { KnownError } from "../known-error.ts";

interface Entry {
  readonly name: string;
  readonly describe: string;
}

const DISTRIBUTIONS: readonly Entry[] = [
  { name: "constant", describe: "always the same value" },
  { name: "uniform", describe: "evenly spread between min and max" },
  { name: "exponential", describe: "memoryless, by mean" },
  { name: "erlang", describe: "sum of `shape` exponential phases, by mean: more regular than exponential" },
  {
    name: "hyperexponential",
    describe: "mixture of a short and a long exponential with balanced means, by mean and cv",
  },
  { name: "lognormal", describe: "skewed, by mean and cv or by p50 and p99" },
  { name: "weibull", describe: "by shape and scale or mean" },
  { name: "pareto", describe: "heavy tail, by shape and min" },
  { name: "bounded-pareto", describe: "heavy tail cut at max" },
  { name: "empirical", describe: "given values with weights" },
  { name: "mixture", describe: "one of several distributions, by weight" },
];

const SOURCES: Readonly<Record<string, () => readonly Entry[]>> = {
  diagnostics: () =>
    [...FAMILIES.flatMap(({ diagnostics }) => diagnostics), ...SCENARIO_DIAGNOSTICS].map(
      ({ code, severity, title }) => ({ name: code, describe: `${severity}: ${title}` }),
    ),
  distributions: () => DISTRIBUTIONS,
  families: () => FAMILIES.map(({ name, version }) => ({ name, describe: `as version ${version} decides` })),
  lbmethods: () =>
    FAMILIES.flatMap(({ name, lbmethods }) =>
      lbmethods.map((method) => ({ name: method.name, describe: `${name}: ${method.describe}` })),
    ),
  metrics: () => METRICS.map(({ id, definition }) => ({ name: id, describe: definition })),
};

export const LISTS = Object.keys(SOURCES);

export interface ListOptions {
  readonly plain: boolean;
  readonly json: boolean;
}

/** `lbsim list WHAT`: what exists, one sentence each. */
export function list(what: string, options: ListOptions, output: Output): number {
  const source = SOURCES[what];
  if (source === undefined)
    throw new KnownError("unknown-list", `there is no list of "${what}"`, `lists: ${LISTS.join(", ")}`);
  const entries = source();
  const width = Math.max(...entries.map(({ name }) => name.length));
  if (options.json) output.out(`${JSON.stringify(entries, null, 1)}\n`);
  else
    for (const { name, describe } of entries)
      output.out(options.plain ? `${name}\n` : `${output.paint.bold(name.padEnd(width))}  ${describe}\n`);
  return ExitCode.FINE;
}
