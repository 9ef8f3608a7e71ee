import type { Problem } from "../../contract/problem.ts";
import type { ProxyFamily, Reading, ReadOptions } from "../../contract/proxy-family.ts";
import { besideHost } from "../../experiment/beside-host.ts";
import { FAMILIES } from "../../proxies/families.ts";
import { fileHost } from "../host/file-host.ts";
import { readText } from "../host/read-text.ts";
import { KnownError } from "../known-error.ts";
import { readScenario } from "../load-experiment.ts";

export interface CheckOptions {
  readonly modules: "all" | "as-written" | "debian";
  readonly missingFiles: "assume" | "report";
  /** Environment of the proxy. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What `lbsim check` found about one file. */
export interface CheckedFile {
  readonly file: string;
  /** The real program (for a scenario: lbsim) would take it. */
  readonly accepted: boolean;
  /** Why the file could not be looked at. */
  readonly error: KnownError | null;
  /** Null for a scenario. */
  readonly reading: Reading<unknown> | null;
  readonly problems: readonly Problem[];
  /** Text of a file named in a problem. */
  readonly textOf: (file: string) => string | null;
}

/** YAML is a scenario; JSON is one unless a family takes it for a configuration of its own. */
export function isScenarioFile(file: string): boolean {
  if (/\.ya?ml$/.test(file)) return true;
  if (!file.endsWith(".json")) return false;
  const text = readText(file, { whatFor: "a proxy configuration or a scenario", anyBytes: true });
  return !FAMILIES.some((family) => family.recognises(file, text));
}

/** @throws KnownError when the file can't be read or belongs to no family. */
export function checkConfiguration(file: string, { modules, missingFiles, env }: CheckOptions): CheckedFile {
  const text = readText(file, { whatFor: "a proxy configuration or a scenario", anyBytes: true });
  const host = besideHost(fileHost(env), file, text);
  const options: ReadOptions = { modules, missingFiles };
  const reading = recogniseFamily(file, text).read(file, text, host, options);
  const { refusal, problems } = reading;
  const textOf = (path: string): string | null => (path === file ? text : host.load(path));
  return { file, accepted: refusal === null, error: null, reading, problems, textOf };
}

/** @throws KnownError when the file can't be read. */
export function checkScenario(file: string, { env }: CheckOptions): CheckedFile {
  const { loaded, problems, textOf } = readScenario(file, { seed: null, set: [], env });
  return { file, accepted: loaded !== null, error: null, reading: null, problems, textOf };
}

/** @throws KnownError when the file belongs to no family */
export function recogniseFamily(file: string, text: string): ProxyFamily {
  const family = FAMILIES.find((candidate) => candidate.recognises(file, text));
  if (family === undefined)
    throw new KnownError(
      "unknown-configuration",
      `${file}: looks like the configuration of no proxy that lbsim simulates`,
      `known: ${FAMILIES.map(({ name }) => name).join(", ")}; a scenario's name ends with .yaml, .yml or .json`,
    );
  return family;
}
