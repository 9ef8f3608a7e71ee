import type { Problem } from "../../contract/problem.ts";

/** Why a configuration can't be changed; whoever asked for the change adds the position of the setting. */
export function refuseEdit(code: string, message: string, hint: string | null = null): Problem {
  return { code, severity: "error", message, hint, position: null };
}

/** A bare key that more than one thing of the configuration could have; `ways` = how to name each. */
export function refuseManyWays(key: string, ways: readonly string[]): Problem {
  return refuseEdit("ambiguous-setting", `"${key}" can mean ${ways.length} things`, `write one of: ${ways.join(", ")}`);
}
