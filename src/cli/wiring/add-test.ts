import { Option } from "commander";
import { SUITE_FORMATS, test } from "../commands/test.ts";
import { replicationsOption, several, threadsOption } from "../option-values.ts";
import type { Wiring } from "../program.ts";

/** `lbsim test` in the command tree. */
export function addTest({ program, host, done, outputFor }: Wiring): void {
  const command = program
    .command("test [path...]")
    .description("run all scenarios with expectations or recorded fingerprints below folders")
    .addOption(replicationsOption(10))
    .addOption(threadsOption())
    .addOption(
      new Option("--out <format[=file]>", `another output: ${SUITE_FORMATS.join(", ")}; - = stdout; may be repeated`)
        .argParser(several)
        .default([], "none"),
    )
    .option("--update", "record fingerprints that moved, and say which")
    .option("--json", "print the verdicts as one JSON document");
  command.action(async (paths: string[]) => {
    const { replications, threads, out, update, json } = command.opts();
    const asked = {
      replications: replications ?? null,
      threads: threads ?? null,
      out,
      json: json === true,
      update: update === true,
    };
    done(await test(paths, asked, host, outputFor(asked.json)));
  });
}
