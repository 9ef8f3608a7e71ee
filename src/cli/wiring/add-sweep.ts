import { Option } from "commander";
import { sweep } from "../commands/sweep.ts";
import { pointsOption, replicationsOption, seedOption, setOption, several, threadsOption } from "../option-values.ts";
import { SWEEP_FORMATS } from "../outputs/sweep-formats.ts";
import type { Wiring } from "../program.ts";

/** `lbsim sweep` in the command tree. */
export function addSweep({ program, host, done, outputFor }: Wiring): void {
  const command = program
    .command("sweep <scenario>")
    .description("simulate a scenario over ranges of values and show where it bends")
    .addOption(
      new Option(
        "--over <key=values>",
        "what to vary: a range (10..100 step 10, 1..60 log 4) or a list; may be repeated",
      )
        .argParser((text: string, all: readonly string[] = []) => several(text, all))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--design <which>", "full: all combinations; lhs: a Latin hypercube")
        .choices(["full", "lhs"])
        .default("full"),
    )
    .addOption(pointsOption())
    .addOption(seedOption())
    .addOption(replicationsOption(5))
    .addOption(threadsOption())
    .addOption(
      new Option("--variant <name>", "run only this variant; may be repeated").argParser(several).default([], "all"),
    )
    .addOption(setOption())
    .option("--report-dir <dir>", "folder for the files (default: reports/<scenario name>/sweep)")
    .addOption(
      new Option("--out <format=file>", `another output: ${SWEEP_FORMATS.join(", ")}; may be repeated`)
        .argParser(several)
        .default([], "none"),
    )
    .option("--json", "print the result as one JSON document")
    .option("--resume", "go on with what an interrupted sweep had finished");
  command.action(async (scenario: string) => {
    const options = command.opts();
    const asked = {
      over: options.over,
      design: options.design,
      points: options.points ?? null,
      seed: options.seed ?? null,
      replications: options.replications ?? null,
      threads: options.threads ?? null,
      variant: options.variant,
      set: options.set,
      reportDir: options.reportDir ?? null,
      out: options.out,
      json: options.json === true,
      resume: options.resume === true,
    };
    done(await sweep(scenario, asked, host, outputFor(asked.json)));
  });
}
