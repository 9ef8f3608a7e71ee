import { Command, Option } from "commander";
import { PRECISION_MOST } from "../experiment/precision.ts";
import { check } from "./commands/check.ts";
import { explain } from "./commands/explain.ts";
import { init, TEMPLATE_NAMES } from "./commands/init.ts";
import { LIST_NAMES, list } from "./commands/list.ts";
import { replay } from "./commands/replay.ts";
import { run } from "./commands/run.ts";
import { schema } from "./commands/schema.ts";
import type { CommandHost } from "./host/command-host.ts";
import { makeOutput, type Output } from "./host/output.ts";
import { lbsimVersion } from "./host/version.ts";
import {
  assignments,
  expectOption,
  maxReplicationsOption,
  precisionOption,
  replicationOption,
  replicationsOption,
  requestOption,
  seedOption,
  setOption,
  several,
  threadsOption,
  toleranceOption,
} from "./option-values.ts";
import { FORMATS } from "./outputs/out-target.ts";
import { addCompletion } from "./wiring/add-completion.ts";
import { addConvert } from "./wiring/add-convert.ts";
import { addPlan } from "./wiring/add-plan.ts";
import { addReport } from "./wiring/add-report.ts";
import { addSweep } from "./wiring/add-sweep.ts";
import { addTest } from "./wiring/add-test.ts";

const EXAMPLES = `
Examples:
  $ lbsim run scenarios/quick-start.yaml          simulate, print a table, write reports/quick-start/report.html
  $ lbsim check /etc/apache2/sites-enabled/shop.conf   would Apache take it, and does it do what you think?
  $ lbsim explain scenarios/quick-start.yaml --request 1234   why did this request go there?

Docs: docs/ beside this program. Codes in messages, in docs/reference: scenario-errors.md, and by
proxy diagnostics.md (Apache), diagnostics-nginx.md, diagnostics-haproxy.md, diagnostics-caddy.md.`;

/** Widest help text. */
const HELP_WIDTH = 100;

/** What the wiring of every command needs. */
export interface Wiring {
  readonly program: Command;
  readonly host: CommandHost;
  /** Told the exit code of the command that ran. */
  readonly done: (code: number) => void;
  outputFor(json: boolean): Output;
}

/** The command tree; nothing but wiring. `done` is told the exit code of the command that ran. */
export function buildProgram(host: CommandHost, done: (code: number) => void): Command {
  const { terminal } = host;
  const width = Math.min(HELP_WIDTH, terminal.columns ?? HELP_WIDTH);
  const program = new Command("lbsim")
    .description("Simulates load balancers from their real configuration, deciding as the real proxy decides.")
    .version(`lbsim ${lbsimVersion()}`, "-V, --version")
    .addOption(new Option("--color", "paint the output"))
    .addOption(new Option("--no-color", "do not paint the output"))
    .option("--quiet", "no progress and no remarks on stderr")
    .showSuggestionAfterError(true)
    .showHelpAfterError("hint: --help behind a command lists its options")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
    })
    .exitOverride()
    .addHelpText("after", EXAMPLES);
  const outputFor = (json: boolean): Output =>
    makeOutput(terminal, { color: colorChoice(program), quiet: program.opts().quiet === true, json });
  const wiring = { program, host, done, outputFor };
  addRun(wiring, "run", "simulate a scenario, print a summary, write a report");
  addRun(wiring, "compare", "simulate all variants of a scenario and say which differ from the baseline");
  addTest(wiring);
  addSweep(wiring);
  addPlan(wiring);
  addExplain(wiring);
  addCheck(wiring);
  addConvert(wiring);
  addReplay(wiring);
  addReport(wiring);
  addInit(wiring);
  addListAndSchema(wiring);
  addCompletion(wiring);
  return program;
}

/** What `--color` or `--no-color` ask for; undefined when neither was given. */
export function colorChoice(program: Command): boolean | undefined {
  return program.getOptionValueSource("color") === "cli" ? (program.opts().color as boolean) : undefined;
}

function addRun({ program, host, done, outputFor }: Wiring, name: "run" | "compare", description: string): void {
  const command = program
    .command(`${name} <scenario>`)
    .description(description)
    .addOption(seedOption())
    .addOption(replicationsOption(name === "run" ? 10 : 20))
    .addOption(replicationOption("run this replication alone").conflicts("replications"))
    .addOption(threadsOption())
    .addOption(
      new Option("--variant <name>", "run only this variant; may be repeated").argParser(several).default([], "all"),
    )
    .addOption(setOption())
    .addOption(expectOption())
    .addOption(precisionOption().conflicts("replication"))
    .addOption(maxReplicationsOption(PRECISION_MOST))
    .option("--report-dir <dir>", "folder for the files (default: reports/<scenario name>)")
    .addOption(
      new Option("--out <format[=file]>", `another output: ${FORMATS.join(", ")}; - = stdout; may be repeated`)
        .argParser(several)
        .default([], "none"),
    )
    .option("--json", "print the result as one JSON document")
    .option("--resume", "go on with what an interrupted run had finished")
    .option("--print-config", "show every resolved value and where it comes from, and stop");
  if (name === "compare")
    command
      .option("--baseline <result.json>", "compare with this stored result, same seed and replications")
      .addOption(toleranceOption());
  command.action(async (scenario: string) => {
    const options = command.opts();
    const asked = {
      command: name,
      seed: options.seed ?? null,
      replications: options.replications ?? null,
      replication: options.replication ?? null,
      threads: options.threads ?? null,
      variant: options.variant,
      set: options.set,
      expect: options.expect,
      precision: options.precision ?? null,
      maxReplications: options.maxReplications ?? null,
      baseline: options.baseline ?? null,
      tolerance: options.tolerance ?? null,
      reportDir: options.reportDir ?? null,
      out: options.out,
      json: options.json === true,
      printConfig: options.printConfig === true,
      resume: options.resume === true,
    };
    done(await run(scenario, asked, host, outputFor(asked.json)));
  });
}

function addExplain({ program, host, done, outputFor }: Wiring): void {
  const command = program
    .command("explain <scenario>")
    .description("say why a request went where it went")
    .addOption(requestOption())
    .addOption(replicationOption("in this replication").default(0))
    .addOption(seedOption())
    .option("--variant <name>", "in this variant (default: the baseline)")
    .addOption(setOption())
    .option("--json", "print the decisions as JSON");
  command.action(async (scenario: string) => {
    const { request, replication, seed, variant, set, json } = command.opts();
    const asked = {
      request,
      replication,
      seed: seed ?? null,
      variant: variant ?? null,
      set,
      json: json === true,
    };
    done(await explain(scenario, asked, host, outputFor(asked.json)));
  });
}

function addCheck({ program, host, done, outputFor }: Wiring): void {
  const command = program
    .command("check <file...>")
    .description("would the real program take this configuration, and does it do what its author thinks?")
    .option("--strict", "warnings count as errors (exit code 2)")
    .addOption(
      new Option("--modules <which>", "which modules count as loaded")
        .choices(["all", "as-written", "debian"])
        .default("all"),
    )
    .addOption(
      new Option("--missing-files <how>", "what to think of files that this machine lacks")
        .choices(["assume", "report"])
        .default("assume"),
    )
    .addOption(
      new Option("--env <name=value>", "environment variable of the proxy; may be repeated")
        .argParser(assignments)
        .default({}, "this environment"),
    )
    .option("--json", "print findings as JSON");
  command.action((files: string[]) => {
    const { strict, modules, missingFiles, env, json } = command.opts();
    const asked = {
      strict: strict === true,
      modules,
      missingFiles,
      env: { ...host.terminal.env, ...env },
      json: json === true,
    };
    done(check(files, asked, outputFor(asked.json)));
  });
}

function addReplay({ program, done, outputFor }: Wiring): void {
  const command = program
    .command("replay <case-dir...>")
    .description("drive recorded cases and compare with what the real program did")
    .option("--predict", "compare nothing: print what lbsim says would happen")
    .option("--json", "print one JSON array");
  command.action((folders: string[]) => {
    const { predict, json } = command.opts();
    const asked = { predict: predict === true, json: json === true };
    done(replay(folders, asked, outputFor(asked.json)));
  });
}

function addInit({ program, done, outputFor }: Wiring): void {
  const command = program
    .command("init [file]")
    .description("write a commented scenario to start from (scenario.yaml)")
    .addOption(new Option("--template <name>", "which one").choices(TEMPLATE_NAMES).default("minimal"))
    .option("--force", "overwrite an existing file");
  command.action((file: string | undefined) => {
    const { template, force } = command.opts();
    done(init(file ?? "scenario.yaml", template, force === true, outputFor(false)));
  });
}

function addListAndSchema({ program, done, outputFor }: Wiring): void {
  const command = program
    .command("list [what]")
    .description(`what exists: ${LIST_NAMES.join(", ")}`)
    .option("--plain", "names only, one a line")
    .option("--json", "as JSON");
  command.action((what: string | undefined) => {
    const { plain, json } = command.opts();
    const asked = { plain: plain === true, json: json === true };
    done(list(what ?? null, asked, outputFor(asked.json)));
  });
  program
    .command("schema")
    .description("print the JSON Schema of scenarios, for editors")
    .action(() => done(schema(outputFor(false))));
}
