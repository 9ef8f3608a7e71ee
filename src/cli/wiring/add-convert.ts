import { Option } from "commander";
import { CONVERTIBLE, convert } from "../commands/convert.ts";
import { assignments } from "../option-values.ts";
import type { Wiring } from "../program.ts";

/** `lbsim convert` in the command tree. */
export function addConvert({ program, host, done, outputFor }: Wiring): void {
  const command = program
    .command("convert <file>")
    .description("write the nearest configuration of another family, with comments where the meaning is lost")
    .addOption(new Option("--to <family>", "family to write").choices(CONVERTIBLE).makeOptionMandatory())
    .addOption(new Option("--from <family>", "family of the file (default: by its look)").choices(CONVERTIBLE))
    .addOption(new Option("--out <file>", "write it there instead of to stdout"))
    .addOption(
      new Option("--env <name=value>", "environment variable of the proxy; may be repeated")
        .argParser(assignments)
        .default({}, "this environment"),
    )
    .option("--json", "print text and remarks as one JSON document");
  command.action((file: string) => {
    const { to, from, out, env, json } = command.opts();
    const asked = {
      to,
      from: from ?? null,
      out: out ?? null,
      json: json === true,
      env: { ...host.terminal.env, ...env },
    };
    done(convert(file, asked, outputFor(asked.json)));
  });
}
