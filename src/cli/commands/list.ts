import { SCENARIO_DIAGNOSTICS } from "../../config/problems/scenario-diagnostics.ts";
import type { DiagnosticInfo } from "../../contract/problem.ts";
import { suggest } from "../../contract/suggest.ts";
import { EXPERIMENT_DIAGNOSTICS } from "../../experiment/diagnostics.ts";
import { METRICS } from "../../experiment/metrics.ts";
import { FAMILIES } from "../../proxies/families.ts";
import { CLI_DIAGNOSTICS } from "../diagnostics.ts";
import { ExitCode } from "../exit-code.ts";
import type { Output } from "../host/output.ts";
import { KnownError } from "../known-error.ts";
import { FORMATS } from "../outputs/out-target.ts";

interface Entry {
  readonly name: string;
  readonly describe: string;
}

interface List {
  readonly about: string;
  entries(): readonly Entry[];
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

const FORMAT_WORDS: Readonly<Record<(typeof FORMATS)[number], string>> = {
  text: "the table that `lbsim run` prints",
  json: "everything, as one versioned document",
  html: "the report page, one file that opens offline",
  markdown: "the table for an issue or a chat",
  junit: "JUnit XML: one case an expectation and variant",
  github: "annotations of GitHub Actions",
  timeline: "CSV: one row per variant and time bin",
  members: "CSV: one row per variant and member",
  requests: "CSV: one row per try of the first replication",
  svg: "a folder of pictures: every chart of the report",
  png: "the same as PNG, drawn by Chromium",
};

const LISTS: Readonly<Record<string, List>> = {
  diagnostics: { about: "codes of errors, warnings and notes", entries: () => allDiagnostics().map(diagnosticEntry) },
  distributions: { about: "distributions of durations and sizes", entries: () => DISTRIBUTIONS },
  families: {
    about: "proxies that are simulated",
    entries: () => FAMILIES.map(({ name, version }) => ({ name, describe: `as version ${version} decides` })),
  },
  formats: {
    about: "formats for --out",
    entries: () => FORMATS.map((name) => ({ name, describe: FORMAT_WORDS[name] })),
  },
  lbmethods: {
    about: "methods by which a member is chosen",
    entries: () =>
      FAMILIES.flatMap(({ name, lbmethods }) =>
        lbmethods.map((method) => ({ name: method.name, describe: `${name}: ${method.describe}` })),
      ),
  },
  metrics: {
    about: "what is measured",
    entries: () => METRICS.map(({ id, definition }) => ({ name: id, describe: definition })),
  },
};

/** Names of the lists. */
export const LIST_NAMES = Object.keys(LISTS);

/** Everything that lbsim can complain about, each code once. */
export function allDiagnostics(): readonly DiagnosticInfo[] {
  const all = [
    ...FAMILIES.flatMap(({ diagnostics }) => diagnostics),
    ...SCENARIO_DIAGNOSTICS,
    ...EXPERIMENT_DIAGNOSTICS,
    ...CLI_DIAGNOSTICS,
  ];
  return all.filter(({ code }, i) => all.findIndex((other) => other.code === code) === i);
}

export interface ListOptions {
  readonly plain: boolean;
  readonly json: boolean;
}

/** `lbsim list [WHAT]`: what exists, one sentence each; without WHAT the lists themselves. */
export function list(what: string | null, options: ListOptions, output: Output): number {
  const entries = what === null ? Object.entries(LISTS).map(listEntry) : entriesOf(what);
  const width = Math.max(...entries.map(({ name }) => name.length));
  if (options.json) output.out(`${JSON.stringify(entries, null, 1)}\n`);
  else
    for (const { name, describe } of entries)
      output.out(options.plain ? `${name}\n` : `${output.paint.bold(name.padEnd(width))}  ${describe}\n`);
  return ExitCode.FINE;
}

function entriesOf(what: string): readonly Entry[] {
  const found = Object.hasOwn(LISTS, what) ? LISTS[what] : undefined;
  if (found !== undefined) return found.entries();
  const near = suggest(what, LIST_NAMES);
  const hint = near === null ? `lists: ${LIST_NAMES.join(", ")}` : `did you mean "${near}"?`;
  throw new KnownError("unknown-list", `there is no list of "${what}"`, hint);
}

function listEntry([name, { about }]: [string, List]): Entry {
  return { name, describe: about };
}

function diagnosticEntry({ code, severity, title }: DiagnosticInfo): Entry {
  return { name: code, describe: `${severity}: ${title}` };
}
