import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { readText } from "../host/read-text.ts";
import { reasonOf } from "../host/reason-of.ts";
import { KnownError } from "../known-error.ts";
import { FINGERPRINTS_FILE } from "./fingerprints-file.ts";

const SCENARIO_NAME = /\.(ya?ml|json)$/;
/** Folders in which nobody keeps scenarios. */
const PASSED_OVER = /^(\..+|node_modules|reports)$/;

/** What lies below the folders: files that look like scenarios, and files of recorded fingerprints, in order. */
export interface FoundFiles {
  readonly scenarios: readonly string[];
  readonly fingerprintFiles: readonly string[];
  /** Files of fingerprints beside scenarios that were named: only those scenarios are looked up in them. */
  readonly lookedUpIn: readonly string[];
}

/** @throws KnownError `file-unreadable` when a path leads nowhere. */
export function findScenarios(paths: readonly string[]): FoundFiles {
  const scenarios = new Set<string>();
  const fingerprintFiles = new Set<string>();
  const lookedUpIn = new Set<string>();
  for (const path of paths) {
    if (isFolder(path)) collect(path, scenarios, fingerprintFiles);
    else {
      // As the lines of a file of fingerprints are spelt.
      const file = normalize(path);
      scenarios.add(file);
      const beside = join(dirname(file), FINGERPRINTS_FILE);
      if (existsSync(beside)) lookedUpIn.add(beside);
    }
  }
  return {
    scenarios: [...scenarios],
    fingerprintFiles: [...fingerprintFiles],
    lookedUpIn: [...lookedUpIn].filter((path) => !fingerprintFiles.has(path)),
  };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new KnownError("file-unreadable", `${path}: ${reasonOf(error)}`, "expected a folder or a scenario");
  }
}

function collect(folder: string, scenarios: Set<string>, fingerprintFiles: Set<string>): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !PASSED_OVER.test(entry.name)) collect(path, scenarios, fingerprintFiles);
    else if (entry.isFile() && entry.name === FINGERPRINTS_FILE) fingerprintFiles.add(path);
    else if (entry.isFile() && SCENARIO_NAME.test(entry.name) && looksLikeScenario(path)) scenarios.add(path);
  }
}

/** Other YAML and JSON files lie beside scenarios: a scenario has a proxy and clients, or extends another one. */
function looksLikeScenario(path: string): boolean {
  let text = "";
  try {
    text = readText(path, { whatFor: "a scenario" });
  } catch (error) {
    if (error instanceof KnownError) return false;
    throw error;
  }
  const has = (key: string): boolean => new RegExp(`^\\s*\\{?\\s*["']?${key}["']?\\s*:`, "m").test(text);
  return has("extends") || (has("proxy") && has("clients"));
}
