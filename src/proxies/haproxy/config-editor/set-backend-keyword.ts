import type { EditResult } from "../../../contract/config-editor.ts";
import { refuseEdit } from "../../shared/refuse-edit.ts";
import { addLine, type EditableLine, replaceWords, sectionLines } from "./section-lines.ts";

const OPTIONS: readonly string[] = [
  "abortonclose",
  "allbackups",
  "httpclose",
  "http-keep-alive",
  "http-server-close",
  "httpchk",
  "persist",
  "prefer-last-server",
  "redispatch",
];

/** What can be set on a backend: keywords, options by their own name, `timeout-NAME`. */
export const BACKEND_KEYS: readonly string[] = [
  "balance",
  "cookie",
  "dynamic-cookie-key",
  "fullconn",
  "hash-balance-factor",
  "hash-type",
  "http-reuse",
  "retries",
  "retry-on",
  "timeout-check",
  "timeout-connect",
  "timeout-queue",
  "timeout-server",
  "timeout-tunnel",
  ...OPTIONS,
];

/**
 * Sets a keyword of one section where it stands (all its lines: the last one wins), or adds it below the section's own
 * line. Options take `on`, `off` or their words; `off` for a keyword takes its lines out.
 */
export function setBackendKeyword(text: string, section: string, key: string, value: string): EditResult {
  const lines = sectionLines(text);
  const header = lines.findIndex((line) => line.isHeader && line.section === section);
  const headerLine = lines[header];
  if (headerLine === undefined) {
    if (section !== "global") return refuseEdit("unknown-setting", `the file has no section "${section}"`);
    return { text: `global\n    ${key} ${value}\n\n${text}` };
  }
  const name = keywordOf(key, section);
  const isOption = name[0] === "option";
  const isOff = value === "off" || value === "false";
  const isOn = value === "on" || value === "true";
  const own = lines.filter((line) => line.section === section && !line.isHeader && matches(line, name));
  const words = isOption && isOn ? "" : value;
  if (isOff) return { text: switchOff(text, own, headerLine, lines[header + 1], isOption, name) };
  const content = [...name, words].join(" ").trimEnd();
  if (own.length === 0) return { text: addLine(text, headerLine, lines[header + 1], content) };
  let changed = text;
  for (const line of [...own].reverse()) changed = replaceWords(changed, line, 0, content);
  return { text: changed };
}

function keywordOf(key: string, section: string): readonly string[] {
  if (section === "global") return [key];
  if (key.startsWith("timeout-")) return ["timeout", key.slice("timeout-".length)];
  return OPTIONS.includes(key) ? ["option", key] : [key];
}

/** True for a line that holds the keyword, also with `no` in front. */
function matches(line: EditableLine, name: readonly string[]): boolean {
  const words = line.words.map((word) => word.text);
  const own = words[0] === "no" ? words.slice(1) : words;
  return name.every((word, i) => own[i] === word);
}

function switchOff(
  text: string,
  own: readonly EditableLine[],
  header: EditableLine,
  next: EditableLine | undefined,
  isOption: boolean,
  name: readonly string[],
): string {
  const content = `no ${name.join(" ")}`;
  if (isOption && own.length === 0) return addLine(text, header, next, content);
  let changed = text;
  for (const line of [...own].reverse()) {
    changed = isOption
      ? replaceWords(changed, line, 0, content)
      : changed.slice(0, line.start) + changed.slice(line.start + line.text.length + 1);
  }
  return changed;
}
