import { type FileHost, fileHost } from "./file-host.ts";

/** Paths of a scenario and of the files it names are already worked out from the folder of whoever names them. */
export function scenarioHost(env: Readonly<Record<string, string | undefined>>): FileHost {
  return fileHost(env);
}
