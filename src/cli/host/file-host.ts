import { readdirSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { ReadHost } from "../../contract/proxy-family.ts";
import { KnownError } from "../known-error.ts";
import { readText } from "./read-text.ts";

/** A host that remembers why a file could not be read. */
export interface FileHost extends ReadHost {
  /** The refusal `file-unreadable`, or null when the file was read or never asked for. */
  whyNot(path: string): KnownError | null;
}

/** Files of this machine; relative paths count from the current folder. */
export function fileHost(env: Readonly<Record<string, string | undefined>>): FileHost {
  const known: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) known[name] = value;
  const refusals = new Map<string, KnownError>();
  return {
    env: known,
    load: (path) => {
      try {
        return readText(path, { whatFor: "a text file", anyBytes: true });
      } catch (error) {
        if (!(error instanceof KnownError)) throw error;
        refusals.set(path, error);
        return null;
      }
    },
    list: listMatches,
    whyNot: (path) => refusals.get(path) ?? null,
  };
}

/** Files and folders that match a shell pattern, sorted by code units. */
function listMatches(pattern: string): readonly string[] {
  let found = [isAbsolute(pattern) ? "/" : "."];
  for (const part of pattern.split("/").filter((text) => text !== "")) {
    const matches = wildcard(part);
    found = found.flatMap((folder) =>
      matches === null
        ? [join(folder, part)].filter(exists)
        : childrenOf(folder)
            .filter((name) => matches.test(name))
            .map((name) => join(folder, name)),
    );
  }
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function childrenOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** `*`, `?` and `[…]` of one part of a path; null when it has none. Names that begin with a dot match no wildcard. */
function wildcard(part: string): RegExp | null {
  if (!/[*?[]/.test(part)) return null;
  const source = part
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\[(?:\\\^|!)/g, "[^")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  try {
    return new RegExp(`^(?!\\.)${source}$`);
  } catch {
    return /^(?!)/;
  }
}
