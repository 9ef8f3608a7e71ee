import type { EditResult } from "../../../contract/config-editor.ts";
import { refuseEdit } from "../../shared/refuse-edit.ts";
import { applyEdits, type TextEdit } from "../../shared/text-edit.ts";
import type { EditedConfig } from "./edit-target.ts";
import { parameterText } from "./parameter-text.ts";
import { type EditableDirective, type EditableWord, scanDirectives } from "./scan-directives.ts";

/** A line whose parameters belong to a balancer. */
interface ParameterLine {
  readonly directive: EditableDirective;
  readonly parameters: readonly EditableWord[];
}

/** Sets a parameter of a balancer on every line that has it, or adds it. */
export function setBalancerParameter(
  text: string,
  config: EditedConfig,
  name: string,
  key: string,
  value: string,
): EditResult {
  const wanted = name.replace(/^balancer:\/\//i, "").toLowerCase();
  if (!config.balancers.some((balancer) => balancer.name === wanted)) {
    const names = config.balancers.map((balancer) => balancer.name).join(", ");
    return refuseEdit(
      "unknown-setting",
      `there is no balancer "${name}"`,
      `balancers: ${names === "" ? "none" : names}`,
    );
  }
  const directives = scanDirectives(text);
  const lines = directives.flatMap((directive) => parameterLine(directive, wanted) ?? []);
  const parameter = parameterText(key, value);
  const edits: TextEdit[] = lines
    .flatMap((line) => line.parameters.filter((word) => keyOf(word) === key.toLowerCase()))
    .map((word) => ({ start: word.start, end: word.end, text: parameter }));
  if (edits.length > 0) return applyEdits(text, edits);
  const added = addToSection(text, directives, wanted, parameter) ?? addToLine(lines, parameter);
  if (added !== null) return applyEdits(text, [added]);
  return refuseEdit(
    "unknown-setting",
    `balancer "${wanted}" is not defined in ${config.file} itself`,
    "change the included file",
  );
}

/** The words after what names the balancer, on lines that say something about it. */
function parameterLine(directive: EditableDirective, balancer: string): ParameterLine | null {
  const name = directive.name.toLowerCase();
  if (!["<proxy", "proxyset", "proxypass", "proxypassmatch"].includes(name)) return null;
  const named = directive.words.findIndex((word) => balancerOf(word) !== null);
  const inside = directive.sections.at(-1);
  if (named < 0) {
    // Inside <Proxy balancer://x> a ProxySet needs no name; a first word without "=" names another worker.
    const isOwn = name === "proxyset" && inside?.name.toLowerCase() === "<proxy" && balancerIn(inside) === balancer;
    const isNamed = !(directive.words[0]?.value.includes("=") ?? false);
    return isOwn && !isNamed ? { directive, parameters: directive.words } : null;
  }
  const word = directive.words[named];
  if (word === undefined || balancerOf(word) !== balancer) return null;
  return { directive, parameters: directive.words.slice(named + 1) };
}

/** A ProxySet line of its own before the end of the last section that defines the balancer. */
function addToSection(
  text: string,
  directives: readonly EditableDirective[],
  balancer: string,
  parameter: string,
): TextEdit | null {
  const sections = directives.filter((each) => each.name.toLowerCase() === "<proxy" && balancerIn(each) === balancer);
  const opening = sections.at(-1);
  if (opening === undefined) return null;
  const closing = directives.find((each) => each.start > opening.start && each.name.toLowerCase() === "</proxy");
  if (closing === undefined) return null;
  const inside = directives.find((each) => each.sections.at(-1) === opening);
  const indent = (at: EditableDirective) => /^[ \t]*/.exec(text.slice(at.start, at.end))?.[0] ?? "";
  const margin = inside === undefined ? `${indent(opening)}    ` : indent(inside);
  const lineBreak = text.slice(0, closing.start).endsWith("\r\n") ? "\r\n" : "\n";
  return { start: closing.start, end: closing.start, text: `${margin}ProxySet ${parameter}${lineBreak}` };
}

function addToLine(lines: readonly ParameterLine[], parameter: string): TextEdit | null {
  const line = lines.find((each) => each.directive.name.toLowerCase().startsWith("proxypass"));
  return line === undefined ? null : { start: line.directive.end, end: line.directive.end, text: ` ${parameter}` };
}

function balancerIn(section: EditableDirective): string | null {
  const word = section.words[0];
  return word === undefined ? null : balancerOf(word);
}

/** "balancer://Shop/path" gives "shop"; null for any other word. */
function balancerOf(word: EditableWord): string | null {
  return /^balancer:\/\/([^/\s]+)/i.exec(word.value)?.[1]?.toLowerCase() ?? null;
}

function keyOf(word: EditableWord): string {
  return word.value.slice(0, Math.max(0, word.value.indexOf("="))).toLowerCase();
}
