import { Command, InvalidArgumentError, Option } from "commander";
import { check } from "./commands/check.ts";
import { explain } from "./commands/explain.ts";
import { init, TEMPLATE_NAMES } from "./commands/init.ts";
import { LISTS, list } from "./commands/list.ts";
import { replay } from "./commands/replay.ts";
import { run } from "./commands/run.ts";
import { schema } from "./commands/schema.ts";
import { type Output, processOutput } from "./host/output.ts";
import { lbsimVersion } from "./host/version.ts";

const EXAMPLES = `
Examples:
  $ lbsim run scenarios/quick-start.yaml          simulate, print a table, write reports/quick-start/report.html
  $ lbsim check /etc/apache2/sites-enabled/shop.conf   would Apache take it, and does it do what you think?
  $ lbsim explain scenarios/quick-start.yaml --request 1234   why did this request go there?

Docs: docs/ beside this program; every code in a message is explained in docs/reference/diagnostics.md.`;

interface GlobalOptions {
  readonly color?: boolean;
  readonly quiet?: boolean;
}

/** The command tree; nothing but wiring. `done` is told the exit code of the command that ran. */
export function buildProgram(done: (code: number) => void): Command {
  const program = new Command("lbsim")
    .description("Simulates load balancers from their real configuration, deciding as the real proxy decides.")
    .version(`lbsim ${lbsimVersion()}`, "-V, --version")
    .addOption(new Option("--color", "paint the output").conflicts("noColor"))
    .option("--no-color", "do not paint the output")
    .option("--quiet", "no progress and no remarks on stderr")
    .showSuggestionAfterError(true)
    .exitOverride()
    .addHelpText("after", EXAMPLES);
  const outputFor = (command: Command, json = false): Output => {
    const { color, quiet } = program.opts<GlobalOptions>();
    const chosen = program.getOptionValueSource("color") === "cli" ? color : undefined;
    return processOutput({ color: chosen, quiet: quiet === true || command.opts().quiet === true, json });
  };
  addRun(program, "run", "simulate a scenario, print a summary, write a report", outputFor, done);
  addRun(
    program,
    "compare",
    "simulate all variants of a scenario and say which differ from the baseline",
    outputFor,
    done,
  );
  addExplain(program, outputFor, done);
  addCheck(program, outputFor, done);
  addReplay(program, outputFor, done);
  addSmall(program, outputFor, done);
  return program;
}

type OutputFor = (command: Command, json?: boolean) => Output;
type Done = (code: number) => void;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("expected a whole number of 0 or more");
  return value;
}

function positiveNumber(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError("expected a whole number of 1 or more");
  return value;
}

function several(value: string, all: readonly string[]): readonly string[] {
  return [...all, value];
}

function addRun(
  program: Command,
  name: "run" | "compare",
  description: string,
  outputFor: OutputFor,
  done: Done,
): void {
  const command = program.command(`${name} <scenario>`).description(description);
  command
    .addOption(new Option("--seed <n>", "seed of all chance (default: the scenario's, else 1)").argParser(wholeNumber))
    .addOption(
      new Option(
        "--replications <n>",
        `how many replications (default: the scenario's, else ${name === "run" ? 10 : 20})`,
      ).argParser(positiveNumber),
    )
    .addOption(
      new Option("--replication <k>", "run this replication alone").argParser(wholeNumber).conflicts("replications"),
    )
    .addOption(new Option("--threads <n>", "threads to use (default: all cores)").argParser(positiveNumber))
    .addOption(
      new Option("--variant <name>", "run only this variant; may be repeated").argParser(several).default([], "all"),
    )
    .addOption(
      new Option("--set <key=value>", "override scenario.KEY or proxy.KEY; may be repeated")
        .argParser(several)
        .default([], "none"),
    )
    .option("--report-dir <dir>", "folder for the files (default: reports/<scenario name>)")
    .addOption(
      new Option(
        "--out <format[=file]>",
        "another output: text, json, html, markdown, timeline, members, requests; - = stdout; may be repeated",
      )
        .argParser(several)
        .default([], "none"),
    )
    .option("--json", "print the result as one JSON document")
    .option("--quiet", "no progress and no remarks on stderr")
    .option("--print-config", "show every resolved value and where it comes from, and stop")
    .action(async (scenario: string) => {
      const options = command.opts();
      done(
        await run(
          name,
          scenario,
          {
            seed: options.seed ?? null,
            replications: options.replications ?? null,
            replication: options.replication ?? null,
            threads: options.threads ?? null,
            variant: options.variant,
            set: options.set,
            reportDir: options.reportDir ?? null,
            out: options.out,
            json: options.json === true,
            printConfig: options.printConfig === true,
          },
          outputFor(command, options.json === true),
        ),
      );
    });
}

function addExplain(program: Command, outputFor: OutputFor, done: Done): void {
  const command = program.command("explain <scenario>").description("say why a request went where it went");
  command
    .addOption(
      new Option("--request <n>", "the N-th request to start in replication 0 (see requests.csv)")
        .argParser(wholeNumber)
        .makeOptionMandatory(),
    )
    .addOption(new Option("--replication <k>", "in this replication").argParser(wholeNumber).default(0))
    .addOption(new Option("--seed <n>", "seed of all chance").argParser(wholeNumber))
    .option("--variant <name>", "in this variant (default: the baseline)")
    .addOption(
      new Option("--set <key=value>", "override scenario.KEY or proxy.KEY; may be repeated")
        .argParser(several)
        .default([], "none"),
    )
    .option("--json", "print the decisions as JSON")
    .action((scenario: string) => {
      const options = command.opts();
      const json = options.json === true;
      const wanted = {
        request: options.request,
        replication: options.replication,
        seed: options.seed ?? null,
        variant: options.variant ?? null,
        set: options.set,
        json,
      };
      done(explain(scenario, wanted, outputFor(command, json)));
    });
}

function addCheck(program: Command, outputFor: OutputFor, done: Done): void {
  const command = program
    .command("check <file...>")
    .description("would the real program take this configuration, and does it do what its author thinks?");
  command
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
        .argParser(several)
        .default([], "this environment"),
    )
    .option("--json", "print findings as JSON")
    .action((files: string[]) => {
      const options = command.opts();
      const env = Object.fromEntries(
        (options.env as string[]).map((text) => [text.split("=")[0] ?? "", text.split("=").slice(1).join("=")]),
      );
      const json = options.json === true;
      done(
        check(
          files,
          { strict: options.strict === true, modules: options.modules, missingFiles: options.missingFiles, env, json },
          outputFor(command, json),
        ),
      );
    });
}

function addReplay(program: Command, outputFor: OutputFor, done: Done): void {
  const command = program
    .command("replay <case-dir...>")
    .description("drive recorded cases and compare with what the real program did");
  command
    .option("--predict", "compare nothing: print what lbsim says would happen")
    .option("--json", "print one JSON array")
    .action((folders: string[]) => {
      const json = command.opts().json === true;
      done(replay(folders, { predict: command.opts().predict === true, json }, outputFor(command, json)));
    });
}

function addSmall(program: Command, outputFor: OutputFor, done: Done): void {
  const initCommand = program.command("init [file]").description("write a commented scenario to start from");
  initCommand
    .addOption(new Option("--template <name>", "which one").choices(TEMPLATE_NAMES).default("minimal"))
    .option("--force", "overwrite an existing file")
    .action((file: string | undefined) => {
      const { template, force } = initCommand.opts();
      done(init(file ?? "scenario.yaml", template, force === true, outputFor(initCommand)));
    });
  const listCommand = program.command("list <what>").description(`what exists: ${LISTS.join(", ")}`);
  listCommand
    .option("--plain", "names only, one a line")
    .option("--json", "as JSON")
    .action((what: string) => {
      const { plain, json } = listCommand.opts();
      done(list(what, { plain: plain === true, json: json === true }, outputFor(listCommand, json === true)));
    });
  const schemaCommand = program.command("schema").description("print the JSON Schema of scenarios, for editors");
  schemaCommand.action(() => done(schema(outputFor(schemaCommand))));
}
