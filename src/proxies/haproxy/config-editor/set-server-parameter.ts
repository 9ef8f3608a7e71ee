import type { EditResult } from "../../../contract/config-editor.ts";
import { refuseEdit } from "../../shared/refuse-edit.ts";
import { SERVER_WORDS } from "../config/server-words.ts";
import { insertBehind, sectionLines } from "./section-lines.ts";

/**
 * Sets a parameter on the line of one server, or adds it at its end. Parameters without a value take `on` and `off`;
 * `off` takes any parameter out.
 */
export function setServerParameter(
  text: string,
  backend: string,
  server: string,
  key: string,
  value: string,
): EditResult {
  const line = sectionLines(text).find(
    ({ section, words }) =>
      section === `backend ${backend}` && words[0]?.text === "server" && words[1]?.text === server,
  );
  if (line === undefined) return refuseEdit("unknown-setting", `the file has no server line for "${server}"`);
  const takesValue = SERVER_WORDS.get(key) === 1;
  const isOff = value === "off" || value === "false";
  const isOn = value === "on" || value === "true" || value === "";
  if (!takesValue && !isOn && !isOff) {
    return refuseEdit("wrong-value", `${key} takes no value`, "write on or off");
  }
  // Behind name and address; values of other parameters are stepped over.
  let i = 3;
  while (i < line.words.length && line.words[i]?.text !== key)
    i += 1 + Math.max(0, SERVER_WORDS.get(line.words[i]?.text ?? "") ?? 0);
  const word = line.words[i];
  const last = takesValue ? (line.words[i + 1] ?? word) : word;
  if (word === undefined || last === undefined) {
    if (isOff) return { text };
    return { text: insertBehind(text, line, takesValue ? ` ${key} ${value}` : ` ${key}`) };
  }
  const before = text.slice(0, line.start + word.start);
  const after = text.slice(line.start + last.end);
  if (isOff) return { text: before.replace(/[ \t]+$/, "") + after };
  return { text: `${before}${takesValue ? `${key} ${value}` : key}${after}` };
}
