import { readdirSync } from "node:fs";

/** Paths that begin with what was typed so far; folders end with a slash. Hidden ones only when a dot was typed. */
export function pathsLike(typed: string): readonly string[] {
  const slash = typed.lastIndexOf("/") + 1;
  const folder = typed.slice(0, slash);
  const start = typed.slice(slash);
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true })
      .filter(({ name }) => name.startsWith(start) && (start.startsWith(".") || !name.startsWith(".")))
      .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`)
      .sort((a, b) => (a < b ? -1 : 1));
  } catch {
    return [];
  }
}
