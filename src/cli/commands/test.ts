import { type SuiteEntry, type SuiteStatus, worstStatus } from "../../experiment/suite-result.ts";
import { githubAnnotations } from "../../report/formats/github.ts";
import { renderJunit } from "../../report/formats/junit.ts";
import { PLAIN } from "../../report/formats/paint.ts";
import { suiteMarkdown } from "../../report/formats/suite-markdown.ts";
import { suiteCount, suiteFailure, suiteLine } from "../../report/formats/suite-text.ts";
import { suiteAnnotations, suiteEntryCases } from "../../report/suite-cases.ts";
import { ExitCode } from "../exit-code.ts";
import type { CommandHost } from "../host/command-host.ts";
import { tellGithub } from "../host/github-actions.ts";
import type { Output } from "../host/output.ts";
import { assertWritable, writeFiles } from "../host/write-files.ts";
import { KnownError } from "../known-error.ts";
import { type OutTarget, parseOutTargets, STDOUT } from "../outputs/out-target.ts";
import { findScenarios } from "../suite/find-scenarios.ts";
import { runSuite } from "../suite/run-suite.ts";
import { updateFingerprints } from "../suite/update-fingerprints.ts";

/** Formats of `lbsim test --out`. */
export const SUITE_FORMATS = ["text", "markdown", "junit", "github", "json"] as const;
type SuiteFormat = (typeof SUITE_FORMATS)[number];

export interface TestCommandOptions {
  readonly replications: number | null;
  readonly threads: number | null;
  readonly out: readonly string[];
  readonly json: boolean;
  readonly update: boolean;
}

const HINT = "choose another place with --out FORMAT=FILE";

/** `lbsim test [DIR…]`: everything below that has expectations or a recorded fingerprint. */
export async function test(
  paths: readonly string[],
  options: TestCommandOptions,
  host: CommandHost,
  output: Output,
): Promise<number> {
  const targets = parseOutTargets(options.out, options.json, SUITE_FORMATS);
  for (const { file } of targets) if (file !== STDOUT) assertWritable(file, HINT);
  const hasStdout = options.json || targets.some(({ file }) => file === STDOUT);
  const entries = await runAll(paths.length === 0 ? ["."] : paths, options, hasStdout, host, output);
  if (entries.length === 0)
    throw new KnownError(
      "nothing-to-test",
      `nothing to test below ${paths.length === 0 ? "this folder" : paths.join(", ")}`,
      "write expect: into a scenario, e.g. expect: [availability >= 99.9%]",
    );
  if (!hasStdout) {
    for (const entry of entries) output.out(suiteFailure(entry, output.paint));
    output.out(`\n${suiteCount(entries)}\n`);
  }
  deliver(entries, targets, options.json, output);
  tellGithub(host.terminal.env, entries.flatMap(suiteAnnotations), suiteMarkdown(entries), output);
  const updated = options.update ? updateFingerprints(entries, output) : entries;
  return CODES[worstStatus(updated.map(({ status }) => status))];
}

const CODES: Readonly<Record<SuiteStatus, number>> = {
  interrupted: ExitCode.INTERRUPTED,
  unusable: ExitCode.UNUSABLE,
  fail: ExitCode.THRESHOLD,
  inconclusive: ExitCode.THRESHOLD,
  differs: ExitCode.DIFFERS,
  pass: ExitCode.FINE,
};

/** Runs all at once and prints a line for each in order, as soon as those before it have theirs. */
async function runAll(
  paths: readonly string[],
  options: TestCommandOptions,
  isQuiet: boolean,
  host: CommandHost,
  output: Output,
): Promise<readonly SuiteEntry[]> {
  const found = findScenarios(paths);
  const executor = host.makeExecutor(options.threads);
  let interrupts = 0;
  const unlisten = host.listenForInterrupts(() => {
    if (++interrupts > 1) return host.exitNow(ExitCode.INTERRUPTED);
    executor.stop();
    output.fail("stopping after the replications that run now; Ctrl-C again ends at once\n");
  });
  try {
    const { replications } = options;
    const entries: SuiteEntry[] = [];
    const runs = runSuite(found, executor, { replications, env: host.terminal.env, output });
    // One that throws is told when its turn comes; until then it must not count as unhandled.
    for (const run of runs) run.catch(() => {});
    for (const run of runs) {
      const entry = await run;
      if (entry === null) continue;
      entries.push(entry);
      if (!isQuiet) output.out(suiteLine(entry, output.paint));
    }
    return entries;
  } finally {
    await executor.close();
    unlisten();
  }
}

function deliver(
  entries: readonly SuiteEntry[],
  targets: readonly OutTarget<SuiteFormat>[],
  json: boolean,
  output: Output,
): void {
  const all: readonly OutTarget<SuiteFormat>[] = json ? [...targets, { format: "json", file: STDOUT }] : targets;
  const files = all.map(({ format, file }) => ({ path: file, content: render(entries, format) }));
  writeFiles(
    files.filter(({ path }) => path !== STDOUT),
    HINT,
  );
  for (const { path, content } of files) if (path === STDOUT) output.out(content);
}

function render(entries: readonly SuiteEntry[], format: SuiteFormat): string {
  switch (format) {
    case "text":
      return [
        ...entries.map((entry) => suiteLine(entry, PLAIN)),
        ...entries.map((entry) => suiteFailure(entry, PLAIN)),
        `\n${suiteCount(entries)}\n`,
      ].join("");
    case "markdown":
      return suiteMarkdown(entries);
    case "junit":
      return renderJunit(entries.map(suiteEntryCases));
    case "github":
      return githubAnnotations(entries.flatMap(suiteAnnotations));
    case "json":
      return `${JSON.stringify({ format: "lbsim-test", version: 1, scenarios: entries.map(summary) }, null, 1)}\n`;
  }
}

/** What a program wants to know; the whole results are those of `lbsim run`. */
function summary({ file, status, result, fingerprint, problem }: SuiteEntry) {
  return { file, status, expectations: result?.expectations ?? [], fingerprint, problem };
}
