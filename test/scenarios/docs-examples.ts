import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A fenced block of a page. */
export interface Fence {
  readonly page: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** Words behind the language, such as `exit=2`, `file=shop.yaml`, `no-run`. */
  readonly words: readonly string[];
  readonly text: string;
}

/** All Markdown pages of a folder and below it. */
export function pagesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name))
    .sort();
}

/** The fenced blocks of a page, in order. */
export function fencesOf(page: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { line: number; info: string; lines: string[] } | null = null;
  for (const [index, line] of readFileSync(page, "utf8").split("\n").entries()) {
    const fence = /^```(.*)$/.exec(line);
    if (fence === null) open?.lines.push(line);
    else if (open === null) open = { line: index + 1, info: fence[1] ?? "", lines: [] };
    else {
      const [language = "", ...words] = open.info.trim().split(/\s+/);
      fences.push({ page, line: open.line, language, words, text: `${open.lines.join("\n")}\n` });
      open = null;
    }
  }
  return fences;
}

/** Value of `name=value` behind a fence's language. */
export function wordOf(fence: Fence, name: string): string | null {
  return fence.words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

/** The lbsim commands of a block: lines `$ lbsim …`, in sh blocks also `lbsim …`. */
export function commandsOf({ language, words, text }: Fence): readonly string[] {
  if (!["console", "sh"].includes(language) || words.includes("no-run")) return [];
  return text
    .split("\n")
    .filter((line) => line.startsWith("$ lbsim ") || (language === "sh" && line.startsWith("lbsim ")))
    .map((line) => line.replace(/^\$ /, ""));
}
