import { join } from "node:path";
import type { Problem } from "../../contract/problem.ts";
import { planConditions } from "../../experiment/plan/plan-conditions.ts";
import { ladderAround, ladderOfRange, type PlanLadder } from "../../experiment/plan/plan-ladder.ts";
import { PLAN_FORMAT, PLAN_VERSION, type PlanAnswer, type PlanResult } from "../../experiment/plan/plan-result.ts";
import { type PlanOptions, planVariant, UnusableValue } from "../../experiment/plan/plan-variant.ts";
import type { PreparedExperiment } from "../../experiment/prepare.ts";
import { type AxisTarget, memberTotal, writtenLoad } from "../../experiment/sweep/axis-target.ts";
import { keyProblems, preparePoints } from "../../experiment/sweep/prepare-points.ts";
import { readAxis, type SweepAxis } from "../../experiment/sweep/sweep-axis.ts";
import { PLAIN } from "../../report/formats/paint.ts";
import { renderPlanText } from "../../report/formats/plan-text.ts";
import { ExitCode } from "../exit-code.ts";
import type { CommandHost } from "../host/command-host.ts";
import type { Output } from "../host/output.ts";
import { scenarioHost } from "../host/scenario-host.ts";
import { lbsimVersion } from "../host/version.ts";
import { assertWritable, writeFiles } from "../host/write-files.ts";
import { KnownError } from "../known-error.ts";
import { type LoadedExperiment, loadExperiment } from "../load-experiment.ts";
import { openJournal } from "../open-journal.ts";
import { type PlanJudge, planJudge } from "../plan-judge.ts";
import { withExecutor } from "../with-executor.ts";
import { quoted, reproduceLine } from "./reproduce-line.ts";
import { assertVariant, reportName } from "./run.ts";

export interface PlanCommandOptions {
  /** "load", "members=2..8", "member(*).hcinterval=1..60": what to find the limit of. */
  readonly largest: string | null;
  readonly smallest: string | null;
  /** Ratio between neighbouring values, 0..1. */
  readonly resolution: number;
  readonly expect: readonly string[];
  readonly withOneDown: boolean;
  readonly rollingRestart: boolean;
  readonly replications: number | null;
  readonly mostReplications: number | null;
  readonly seed: number | null;
  readonly threads: number | null;
  readonly variant: readonly string[];
  readonly set: readonly string[];
  readonly reportDir: string | null;
  readonly json: boolean;
  readonly resume: boolean;
}

/** What is searched, read. */
interface PlanQuestion {
  readonly direction: "largest" | "smallest";
  readonly key: string;
  readonly target: AxisTarget;
  readonly ladder: PlanLadder;
  readonly hasSteps: boolean;
  readonly axis: SweepAxis;
  readonly option: string;
}

const REPLICATIONS = 10;
/** An undecided value gets up to so many times the replications. */
const MOST_TIMES = 4;
const HINT = "choose another place with --report-dir DIR";
const FORMS = "e.g. --largest load, --smallest members or --smallest 'member(*).hcinterval=1..60'";
const FILE_WIDTH = 120;

/** `lbsim plan`: the last value that keeps all expectations. */
export async function plan(
  file: string,
  options: PlanCommandOptions,
  host: CommandHost,
  output: Output,
): Promise<number> {
  const loaded = loadExperiment(file, { ...options, env: host.terminal.env }, output);
  const { experiment } = loaded;
  const names = experiment.variants.map(({ name }) => name);
  for (const name of options.variant) assertVariant(name, names);
  const question = readQuestion(options, loaded, host);
  assertUsable(question, loaded, host);
  const chosen = options.variant.length === 0 ? names : options.variant;
  const judge = planJudge(experiment, chosen);
  if (!judge.texts.some((text) => /availability|throughput|failed|errors/.test(text)))
    output.err("no expectation about availability: failures are fast, and count as fast answers\n");
  const folder = options.reportDir ?? join("reports", reportName(file), "plan");
  const files = { json: join(folder, "plan.json"), text: join(folder, "plan.txt") };
  for (const path of Object.values(files)) assertWritable(path, HINT);
  const journal = openJournal(folder, loaded, options.resume, output);
  const { answer: answers } = await withExecutor(host, options.threads, journal, output, (executor) =>
    findAnswers(chosen, executor, planOptions(loaded, question, judge, options, host, output)),
  );
  if (answers === null) {
    output.fail("interrupted before the answer was found: no plan was written\n");
    return ExitCode.INTERRUPTED;
  }
  const result = planResult(file, loaded, question, judge, answers, options);
  const json = `${JSON.stringify(result, null, 2)}\n`;
  writeFiles(
    [
      { path: files.json, content: json },
      { path: files.text, content: renderPlanText(result, { width: FILE_WIDTH, paint: PLAIN }) },
    ],
    HINT,
  );
  output.out(options.json ? json : renderPlanText(result, { width: output.width, paint: output.paint }));
  journal.remove();
  return exitCodeOf(result, output);
}

/** @throws KnownError `bad-plan` when there is nothing to search. */
function readQuestion(
  { largest, smallest, resolution }: PlanCommandOptions,
  { experiment, inlined }: LoadedExperiment,
  host: CommandHost,
): PlanQuestion {
  if ((largest === null) === (smallest === null))
    throw new KnownError("bad-plan", "the largest or the smallest what?", FORMS);
  const text = largest ?? smallest ?? "";
  const option = largest === null ? "--smallest" : "--largest";
  const ownRange = rangeOf(text, experiment);
  const { axis, problems } = readAxis(ownRange.includes("=") ? ownRange : `${text}=1`, option, experiment);
  if (axis === null) throw unusable(option, text, problems);
  const misspelt = keyProblems(inlined.input, axis, scenarioHost(host.terminal.env), option);
  if (misspelt.length > 0)
    throw unusable(
      option,
      text,
      misspelt.map(({ problem }) => problem),
    );
  const written = ownRange.includes("=") ? ownRange.slice(axis.valuesAt) : null;
  const ladder =
    written === null ? aroundOwn(option, text, experiment, resolution) : ladderOfRange(written, resolution);
  if ("message" in ladder) throw new KnownError("bad-plan", `${option} ${text}: ${ladder.message}`, ladder.hint);
  const hasSteps = axis.range !== null && axis.range.spacing.kind !== "none";
  return {
    direction: largest === null ? "smallest" : "largest",
    key: axis.key,
    target: axis.target,
    ladder,
    hasSteps: hasSteps || axis.key === "members",
    axis,
    option,
  };
}

/** Both ends of the search can be simulated: what is misspelt is told before the first run, at its place. */
function assertUsable({ axis, ladder, option }: PlanQuestion, { inlined }: LoadedExperiment, host: CommandHost): void {
  const ends = [...new Set([ladder.values[0] ?? "", ladder.values.at(-1) ?? ""])].map((value) => [value]);
  const { problems } = preparePoints(inlined.input, [axis], ends, scenarioHost(host.terminal.env), option);
  if (problems.length > 0)
    throw unusable(
      option,
      axis.text,
      problems.map(({ problem }) => problem),
    );
}

/** `members` alone means all that the configuration has. */
function rangeOf(text: string, experiment: PreparedExperiment): string {
  if (text.trim() !== "members") return text;
  const most = memberTotal(experiment);
  if (most < 2) throw new KnownError("bad-plan", "the configuration has one member: there is nothing to search", FORMS);
  return `members=1..${most} step 1`;
}

function aroundOwn(
  option: string,
  text: string,
  experiment: PreparedExperiment,
  resolution: number,
): ReturnType<typeof ladderAround> {
  if (text.trim() !== "load")
    return {
      message: "from where to where?",
      hint: `write ${option} '${text}=FROM..TO' (only load and members know)`,
    };
  return ladderAround(writtenLoad(experiment) ?? "", resolution);
}

function unusable(option: string, text: string, problems: readonly Problem[]): KnownError {
  return new KnownError("bad-plan", `${option} ${text}`, null, problems, (path) => (path === option ? text : null));
}

function planOptions(
  { experiment, inlined }: LoadedExperiment,
  { direction, key, target, ladder }: PlanQuestion,
  judge: PlanJudge,
  options: PlanCommandOptions,
  host: CommandHost,
  output: Output,
): PlanOptions {
  const values = direction === "largest" ? ladder.values : [...ladder.values].reverse();
  const { from } = ladder;
  const ids = experiment.resolved.world.backends.map(({ id }) => id);
  const membersAt = (value: string) => (key === "members" ? Number(value) : ids.length);
  const replications = options.replications ?? experiment.resolved.replications ?? REPLICATIONS;
  return {
    input: inlined.input,
    host: scenarioHost(host.terminal.env),
    values,
    start: {
      from: from === null ? null : direction === "largest" ? from : values.length - 1 - from,
      stride: ladder.stride,
    },
    overrides: (value) => target.overrides(value),
    conditions: (value) => planConditions(experiment, ids.slice(0, membersAt(value)), options),
    members: membersAt,
    meets: judge.meets,
    replications,
    mostReplications: options.mostReplications ?? MOST_TIMES * replications,
    version: lbsimVersion(),
    onRun: (variant, run) =>
      output.err(`${variant}: ${key} ${run.value} ${run.verdict} (${run.replications} replications)\n`),
  };
}

async function findAnswers(
  variants: readonly string[],
  executor: Parameters<typeof planVariant>[1],
  options: PlanOptions,
): Promise<readonly PlanAnswer[] | null> {
  const answers: PlanAnswer[] = [];
  for (const variant of variants)
    try {
      const answer = await planVariant(variant, executor, options);
      if (answer === null) return null;
      answers.push(answer);
    } catch (error) {
      if (!(error instanceof UnusableValue)) throw error;
      throw new KnownError("bad-plan", error.message, "choose a range in which every value can be simulated");
    }
  return answers;
}

function planResult(
  file: string,
  { experiment }: LoadedExperiment,
  { direction, key, hasSteps }: PlanQuestion,
  judge: PlanJudge,
  answers: readonly PlanAnswer[],
  options: PlanCommandOptions,
): PlanResult {
  const ids = experiment.resolved.world.backends.map(({ id }) => id);
  return {
    format: PLAN_FORMAT,
    version: PLAN_VERSION,
    lbsim: lbsimVersion(),
    scenario: { name: reportName(file), file },
    seed: experiment.seed,
    level: 0.95,
    reproduce: planLine(file, experiment, options),
    direction,
    key,
    resolution: hasSteps ? null : options.resolution,
    expectations: judge.texts,
    conditions: planConditions(experiment, ids, options).map(({ name }) => name),
    answers,
  };
}

function planLine(file: string, { seed, resolved }: PreparedExperiment, options: PlanCommandOptions): string {
  const replications = options.replications ?? resolved.replications ?? REPLICATIONS;
  return [
    reproduceLine({ ...options, command: "plan", file, seed, replications, replication: null }),
    options.largest === null ? `--smallest ${quoted(options.smallest ?? "")}` : `--largest ${quoted(options.largest)}`,
    ...(options.withOneDown ? ["--with-one-down"] : []),
    ...(options.rollingRestart ? ["--rolling-restart"] : []),
    ...(options.mostReplications === null ? [] : [`--most-replications ${options.mostReplications}`]),
    `--resolution ${options.resolution * 100}%`,
  ].join(" ");
}

/** 2 when even the easiest value breaks an expectation, 99 when it could not be decided. */
function exitCodeOf({ answers, key }: PlanResult, output: Output): number {
  const without = answers.filter(({ value }) => value === null);
  if (without.length === 0) return ExitCode.FINE;
  for (const { variant, runs, limitedBy } of without) {
    const said = runs[0]?.verdict === "fail" ? "breaks its expectations" : "is not shown to keep its expectations";
    output.fail(`bad-plan  ${variant}: even ${key} ${runs[0]?.value} ${said}: ${limitedBy ?? "all of them"}\n`);
  }
  output.fail("hint: widen the range, ask for less, or where it is not shown allow --most-replications\n");
  return without.some(({ runs }) => runs[0]?.verdict === "fail") ? ExitCode.UNUSABLE : ExitCode.THRESHOLD;
}
