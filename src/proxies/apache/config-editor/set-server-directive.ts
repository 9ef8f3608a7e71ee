import type { EditResult } from "../../../contract/config-editor.ts";
import { refuseEdit } from "../../shared/refuse-edit.ts";
import { applyEdits } from "../../shared/text-edit.ts";
import { scanDirectives } from "./scan-directives.ts";

/** Sections that hold directives of the main server all the same. */
const TRANSPARENT = ["<ifmodule", "<ifdefine", "<ifversion", "<iffile", "<ifdirective", "<ifsection"];

/** Sets a directive of the main server where it stands (all its lines: the last one wins), or adds it at the end. */
export function setServerDirective(text: string, name: string, value: string): EditResult {
  if (!/^[A-Za-z]\w*$/.test(name)) return refuseEdit("unknown-setting", `"${name}" is not the name of a directive`);
  if (value.trim() === "") return refuseEdit("wrong-value", `${name} needs a value`);
  const edits = scanDirectives(text)
    .filter((each) => each.name.toLowerCase() === name.toLowerCase())
    .filter((each) => each.sections.every((section) => TRANSPARENT.includes(section.name.toLowerCase())))
    .map((each) => {
      const first = each.words[0];
      const last = each.words.at(-1);
      if (first === undefined || last === undefined) return { start: each.end, end: each.end, text: ` ${value}` };
      return { start: first.start, end: last.end, text: value };
    });
  if (edits.length > 0) return applyEdits(text, edits);
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const gap = text === "" || text.endsWith("\n") ? "" : lineBreak;
  return { text: `${text}${gap}${name} ${value}${lineBreak}` };
}
