import type { Problem } from "../../../contract/problem.ts";

/** Why a configuration can't be changed; whoever asked for the change adds the position of the setting. */
export function refuseEdit(code: string, message: string, hint: string | null = null): Problem {
  return { code, severity: "error", message, hint, position: null };
}
