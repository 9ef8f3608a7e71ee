import { join } from "node:path";
import { keyProblems, preparePoints } from "../../experiment/sweep/prepare-points.ts";
import { runSweep } from "../../experiment/sweep/run-sweep.ts";
import { readAxis, type SweepAxis } from "../../experiment/sweep/sweep-axis.ts";
import { fullFactorial, latinHypercube, type SweepPoint } from "../../experiment/sweep/sweep-design.ts";
import type { SweepResult } from "../../experiment/sweep/sweep-result.ts";
import { renderSweepText } from "../../report/formats/sweep-text.ts";
import { ExitCode } from "../exit-code.ts";
import type { CommandHost } from "../host/command-host.ts";
import type { Output } from "../host/output.ts";
import { scenarioHost } from "../host/scenario-host.ts";
import { lbsimVersion } from "../host/version.ts";
import { assertWritable, writeFiles } from "../host/write-files.ts";
import { KnownError } from "../known-error.ts";
import { type LoadedExperiment, loadExperiment } from "../load-experiment.ts";
import { openJournal } from "../open-journal.ts";
import { parseSweepTarget, renderSweep, type SweepTarget } from "../outputs/sweep-formats.ts";
import { withExecutor } from "../with-executor.ts";
import { quoted, reproduceLine } from "./reproduce-line.ts";
import { assertVariant, reportName } from "./run.ts";

export interface SweepCommandOptions {
  readonly over: readonly string[];
  readonly design: "full" | "lhs";
  readonly points: number | null;
  readonly seed: number | null;
  readonly replications: number | null;
  readonly threads: number | null;
  readonly variant: readonly string[];
  readonly set: readonly string[];
  readonly reportDir: string | null;
  readonly out: readonly string[];
  readonly json: boolean;
  readonly resume: boolean;
}

const OPTION = "--over";
const MOST_POINTS = 10_000;
const REPLICATIONS = 5;
const HINT = "choose another place with --report-dir DIR or --out FORMAT=FILE";

/** `lbsim sweep`: the scenario at every point of a grid or hypercube. */
export async function sweep(
  file: string,
  options: SweepCommandOptions,
  host: CommandHost,
  output: Output,
): Promise<number> {
  const targets = options.out.map(parseSweepTarget);
  const loaded = loadExperiment(file, { ...options, env: host.terminal.env }, output);
  const names = loaded.experiment.variants.map(({ name }) => name);
  for (const name of options.variant) assertVariant(name, names);
  const axes = readAxes(options.over, loaded);
  for (const axis of axes) {
    const misspelt = keyProblems(loaded.inlined.input, axis, scenarioHost(host.terminal.env), OPTION);
    if (misspelt.length > 0) throw unusable(file, misspelt);
  }
  const points = chosenPoints(axes, options, loaded.experiment.seed);
  const prepared = preparePoints(loaded.inlined.input, axes, points, scenarioHost(host.terminal.env), OPTION);
  const [first] = prepared.problems;
  if (first !== undefined) throw unusable(file, prepared.problems);
  const folder = options.reportDir ?? join("reports", reportName(file), "sweep");
  const files = filesOf(folder, targets);
  for (const each of files) assertWritable(each.file, HINT);
  const journal = openJournal(folder, loaded, options.resume, output);
  const { seed, resolved } = loaded.experiment;
  const replications = options.replications ?? resolved.replications ?? REPLICATIONS;
  const { answer: result } = await withExecutor(host, options.threads, journal, output, (executor, onProgress) =>
    runSweep(prepared.points, executor, {
      axes,
      design: options.design,
      replications,
      only: options.variant,
      version: lbsimVersion(),
      reproduce: sweepLine(file, options, seed, replications),
      onProgress,
    }),
  );
  if (result === null) {
    output.fail("interrupted before the first point had ended: no result was written\n");
    return ExitCode.INTERRUPTED;
  }
  deliver(result, files, options.json, output);
  output.err(`charts: ${join(folder, "sweep.html")}\n`);
  if (result.interrupted) return ExitCode.INTERRUPTED;
  journal.remove();
  return ExitCode.FINE;
}

function readAxes(texts: readonly string[], { experiment }: LoadedExperiment): readonly SweepAxis[] {
  const axes = texts.map((text) => {
    const { axis, problems } = readAxis(text, OPTION, experiment);
    if (axis === null) throw new KnownError("bad-sweep", `${OPTION} ${text}`, null, problems, () => text);
    return axis;
  });
  const twice = axes.find(({ target }, i) => axes.findIndex((each) => each.target.setKey === target.setKey) !== i);
  if (twice !== undefined)
    throw new KnownError("bad-sweep", `${twice.key} is varied twice`, "write all its values into one --over");
  return axes;
}

/** @throws KnownError `bad-sweep` when axes and design don't fit. */
function chosenPoints(
  axes: readonly SweepAxis[],
  { design, points }: SweepCommandOptions,
  seed: number,
): readonly SweepPoint[] {
  if (design === "lhs") {
    if (points === null) throw new KnownError("bad-sweep", "how many points?", "write --points N with --design lhs");
    return latinHypercube(axes, points, seed);
  }
  if (points !== null)
    throw new KnownError("bad-sweep", "--points goes with --design lhs", "a full design has all combinations");
  const open = axes.find(({ values }) => values.length === 0);
  if (open !== undefined)
    throw new KnownError(
      "bad-sweep",
      `${OPTION} ${open.text}: which values of the range?`,
      "write step SIZE or log COUNT behind it, or sample it with --design lhs --points N",
    );
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_POINTS)
    throw new KnownError("bad-sweep", `${count} points`, `at most ${MOST_POINTS}; try --design lhs --points N`);
  return fullFactorial(axes);
}

function unusable(file: string, problems: ReturnType<typeof preparePoints>["problems"]): KnownError {
  const [first] = problems;
  return new KnownError(
    "bad-sweep",
    `${file} can't be simulated at one of the points`,
    null,
    problems.map(({ problem }) => problem),
    (path) => (path === OPTION ? (first?.optionText ?? null) : null),
  );
}

function filesOf(folder: string, targets: readonly SweepTarget[]): readonly SweepTarget[] {
  const always = (["csv", "parquet", "json", "html"] as const).map((format) => ({
    format,
    file: join(folder, `sweep.${format}`),
  }));
  return [...always, ...targets];
}

function deliver(result: SweepResult, files: readonly SweepTarget[], json: boolean, output: Output): void {
  writeFiles(
    files.map(({ format, file }) => ({ path: file, content: renderSweep(result, format) })),
    HINT,
  );
  if (!json) output.out(renderSweepText(result, { width: output.width, paint: output.paint }));
  else output.out(renderSweep(result, "json") as string);
}

function sweepLine(file: string, options: SweepCommandOptions, seed: number, replications: number): string {
  const rest = reproduceLine({ ...options, command: "sweep", file, seed, replications, replication: null });
  const over = options.over.map((text) => `${OPTION} ${quoted(text)}`);
  return [rest, ...over, ...(options.design === "lhs" ? [`--design lhs --points ${options.points}`] : [])].join(" ");
}
