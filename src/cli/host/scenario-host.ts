import type { ReadHost } from "../../contract/proxy-family.ts";
import { fileHost } from "./files.ts";

/** Paths of a scenario and of the files it names are already worked out from the folder of whoever names them. */
export function scenarioHost(env: Readonly<Record<string, string | undefined>>): ReadHost {
  return fileHost("", env);
}
