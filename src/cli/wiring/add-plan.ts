import { InvalidArgumentError, Option } from "commander";
import { plan } from "../commands/plan.ts";
import { expectOption, replicationsOption, seedOption, setOption, several, threadsOption } from "../option-values.ts";
import type { Wiring } from "../program.ts";

/** Neighbouring values of a search that has no steps of its own differ by this. */
const RESOLUTION = 0.02;

/** `lbsim plan` in the command tree. */
export function addPlan({ program, host, done, outputFor }: Wiring): void {
  const command = program
    .command("plan <scenario>")
    .description("find the largest load, the fewest members, the shortest detection that keep all expectations")
    .addOption(
      new Option("--largest <key[=range]>", "find the largest value of this: load, users, …").conflicts("smallest"),
    )
    .option("--smallest <key[=range]>", "find the smallest value of this: members, member(*).hcinterval=1..60 …")
    .addOption(
      new Option("--resolution <share>", "how far neighbouring values are apart")
        .argParser(percentage)
        .default(RESOLUTION, "2%"),
    )
    .addOption(expectOption())
    .option("--with-one-down", "they must be kept with any one of the members down (N+1)")
    .option("--rolling-restart", "they must be kept while the members are restarted one after the other")
    .addOption(replicationsOption(10))
    .addOption(mostReplicationsOption())
    .addOption(seedOption())
    .addOption(threadsOption())
    .addOption(
      new Option("--variant <name>", "only for this variant; may be repeated").argParser(several).default([], "all"),
    )
    .addOption(setOption())
    .option("--report-dir <dir>", "folder for the files (default: reports/<scenario name>/plan)")
    .option("--json", "print the result as one JSON document")
    .option("--resume", "go on with what an interrupted plan had finished");
  command.action(async (scenario: string) => {
    const options = command.opts();
    const asked = {
      largest: options.largest ?? null,
      smallest: options.smallest ?? null,
      resolution: options.resolution,
      expect: options.expect,
      withOneDown: options.withOneDown === true,
      rollingRestart: options.rollingRestart === true,
      replications: options.replications ?? null,
      mostReplications: options.mostReplications ?? null,
      seed: options.seed ?? null,
      threads: options.threads ?? null,
      variant: options.variant,
      set: options.set,
      reportDir: options.reportDir ?? null,
      json: options.json === true,
      resume: options.resume === true,
    };
    done(await plan(scenario, asked, host, outputFor(asked.json)));
  });
}

function mostReplicationsOption(): Option {
  return new Option(
    "--most-replications <n>",
    "of a value that can't be decided (default: four times as many)",
  ).argParser((text) => {
    const count = Number(text);
    if (!/^\d+$/.test(text) || count < 1 || count > 10_000)
      throw new InvalidArgumentError("Expected a whole number from 1 to 10000.");
    return count;
  });
}

function percentage(text: string): number {
  const share = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text.trim() === "" || !(share > 0 && share <= 0.5))
    throw new InvalidArgumentError("Expected a share of more than 0 and at most 50%, such as 2%.");
  return share;
}
