import type { SourceFile } from "./source-files.ts";

export const LONGEST_FILE = 400;
export const LONGEST_FUNCTION = 70;

/** Files and functions over the caps, in words (style: a file is read in one go, a function seen at once). */
export function sizeBreaches(
  files: readonly SourceFile[],
  longer: Readonly<Record<string, number>>,
): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.split("\n");
    const cap = longer[path] ?? LONGEST_FILE;
    const file = lines.length > cap ? [`${path} has ${lines.length} lines; at most ${cap}`] : [];
    return [...file, ...longFunctions(path, lines)];
  });
}

/** Formatted code closes a function with a brace at the indentation of its first line. */
function longFunctions(path: string, lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, start) => {
    if (!startsFunction(lines, start)) return [];
    const close = `${/^ */.exec(line)?.[0] ?? ""}}`;
    const end = lines.findIndex((other, i) => i > start && other === close);
    const length = end < 0 ? 0 : end - start + 1;
    return length > LONGEST_FUNCTION
      ? [`${path}:${start + 1} a function of ${length} lines; at most ${LONGEST_FUNCTION}`]
      : [];
  });
}

const FUNCTION = /^ *(?:export )?(?:default )?(?:async )?function\b/;
const METHOD = /^ *(?:(?:private|static|async|override|get|set) )*[\w$]+\(.*\)(?:: [^=]+)? \{$/;
const SPLIT_METHOD = /^( *)(?:(?:private|static|async|override) )*[\w$]+\($/;
const STATEMENT = /^ *(?:if|for|while|switch|catch|return|else)\b/;

function startsFunction(lines: readonly string[], start: number): boolean {
  const line = lines[start] as string;
  if (STATEMENT.test(line)) return false;
  if (FUNCTION.test(line) || METHOD.test(line)) return true;
  const split = SPLIT_METHOD.exec(line);
  if (split === null) return false;
  const indent = split[1] as string;
  const rest = lines.slice(start + 1).find((other) => other.startsWith(`${indent})`));
  return rest?.endsWith("{") === true;
}
