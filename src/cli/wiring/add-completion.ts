import tab from "@bomb.sh/tab/commander";
import { pathsLike } from "../host/paths-like.ts";
import type { Wiring } from "../program.ts";

/**
 * `lbsim completion SHELL` prints a script; the script asks the hidden command `complete` at each press of the tab key.
 * Both come from @bomb.sh/tab and are made from the command tree as it stands, so this is called last. The library tells
 * shells not to complete files by themselves: arguments that are files or folders are completed here.
 */
export function addCompletion({ program }: Wiring): void {
  const root = tab(program, { completionCommandName: "completion" });
  for (const command of program.commands)
    for (const argument of command.registeredArguments) {
      if (argument.argChoices !== undefined || !PATHS.includes(argument.name())) continue;
      root.commands.get(command.name())?.argument(
        argument.name(),
        (complete) => {
          for (const path of pathsLike(process.argv.at(-1) ?? "")) complete(path, "");
        },
        argument.variadic,
      );
    }
}

/** Arguments that are paths. */
const PATHS = ["scenario", "file", "path", "result", "case-dir"];
