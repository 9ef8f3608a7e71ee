import { Option } from "commander";
import { report } from "../commands/report.ts";
import { several } from "../option-values.ts";
import { STORED_FORMATS } from "../outputs/render-output.ts";
import type { Wiring } from "../program.ts";

/** `lbsim report` in the command tree. */
export function addReport({ program, host, done, outputFor }: Wiring): void {
  const command = program
    .command("report <result...>")
    .description("render stored results again; several of one scenario as one comparison")
    .addOption(
      new Option("--out <format[=file]>", `${STORED_FORMATS.join(", ")}; - = stdout; may be repeated`)
        .argParser(several)
        .default([], "html=report.html beside the first result"),
    );
  command.action((files: string[]) => {
    done(report(files, command.opts().out, host, outputFor(false)));
  });
}
