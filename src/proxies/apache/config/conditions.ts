import { DEEPEST_NESTING, findDirective } from "./cursor.ts";
import { type DirectiveNode, nodePosition } from "./directive-node.ts";
import type { OnReadCall, OnReadHandler } from "./on-read-call.ts";
import { problemAt } from "./read-problem.ts";
import type { Reader } from "./reader.ts";
import { versionMatches } from "./version-condition.ts";
import { readWord } from "./words.ts";

/** File names of modules whose file is not called mod_NAME.c. */
const FILE_NAMES = new Map([
  ["core.c", "core"],
  ["http_core.c", "http"],
  ["event.c", "mpm_event"],
  ["worker.c", "mpm_worker"],
  ["prefork.c", "mpm_prefork"],
  ["util_ldap.c", "ldap"],
]);

function moduleIsLoaded(reader: Reader, name: string): boolean {
  const byFile = FILE_NAMES.get(name) ?? /^mod_(\w+)\.c$/.exec(name)?.[1];
  const module = byFile ?? /^(\w+)_module$/.exec(name)?.[1];
  return module !== undefined && reader.modules.has(module);
}

function fileExists(reader: Reader, argument: string): boolean {
  const path = reader.resolve(readWord(argument, 0).word.text);
  return reader.host.load(path) !== null || reader.host.list(path).length > 0;
}

type Test = (reader: Reader, argument: string) => boolean;

/** A section whose contents count only when a test of its argument holds; "!" in front turns the test round. */
function condition(test: Test): OnReadHandler {
  return (call) => {
    const argument = argumentOf(call);
    const negated = argument.startsWith("!");
    const plain = negated ? argument.slice(1) : argument;
    return take(call, test(call.reader, plain) !== negated);
  };
}

function argumentOf(call: OnReadCall): string {
  const { node } = call;
  const end = node.args.lastIndexOf(">");
  if (end < 0) throw problemAt(node, `${node.name}> directive missing closing '>'`);
  const argument = node.args.slice(0, end);
  if (argument === "") throw problemAt(node, `${node.name}> directive requires additional arguments`);
  return argument;
}

function take(call: OnReadCall, holds: boolean): DirectiveNode[] {
  const { reader, node } = call;
  if (!holds) {
    skipSection(call);
    return [];
  }
  reader.conditionDepth++;
  if (reader.conditionDepth > DEEPEST_NESTING) {
    throw problemAt(node, `sections are nested deeper than ${DEEPEST_NESTING}: lbsim stops reading here`);
  }
  const nodes = call.upTo(`</${node.name.slice(1)}>`);
  reader.conditionDepth--;
  return nodes;
}

/** Skips to the end of a section whose condition does not hold: only tags are looked at (`ap_soak_end_container`). */
function skipSection(call: OnReadCall): void {
  const { cursor, node } = call;
  const open = [node.name.slice(1)];
  while (open.length > 0) {
    const inner = open[open.length - 1] ?? "";
    const line = cursor.lines[cursor.next];
    if (line === undefined) throw problemAt(node, `Expected </${inner}> before end of configuration`);
    cursor.next++;
    if (!line.text.startsWith("<")) continue;
    const { word, next } = readWord(line.text, 0);
    if (!word.text.startsWith("</")) {
      const whole = next >= line.text.length && word.text.endsWith(">");
      open.push(whole ? word.text.slice(1, -1) : word.text.slice(1));
      continue;
    }
    // httpd takes the last letter for the ">" without looking.
    const tag = word.text.slice(0, -1);
    if (tag.slice(2).toLowerCase() !== inner.toLowerCase()) {
      throw problemAt(node, `Expected </${inner}> but saw ${tag}>`);
    }
    open.pop();
  }
}

function ifVersion(call: OnReadCall): DirectiveNode[] {
  const words = call.words.map((word) => word.text);
  const last = words.length - 1;
  if (!words[last]?.endsWith(">")) throw problemAt(call.node, "<IfVersion> directive missing closing '>'");
  words[last] = (words[last] ?? "").slice(0, -1);
  const outcome = versionMatches(words.filter((word, i) => i < last || word !== ""));
  if (typeof outcome === "string") throw problemAt(call.node, outcome);
  return take(call, outcome);
}

function ifFile(call: OnReadCall): DirectiveNode[] {
  const nodes = condition(fileExists)(call);
  if (!call.reader.reportsMissingFiles) {
    const message = `whether ${argumentOf(call)} exists was asked of this machine, not of the one that runs httpd`;
    call.reader.note("assumed-file", message, null, nodePosition(call.node));
  }
  return nodes;
}

/** The <If…> sections that are decided while reading. */
export const CONDITIONS: readonly (readonly [string, OnReadHandler])[] = [
  ["<ifmodule", condition(moduleIsLoaded)],
  ["<ifdefine", condition((reader, name) => reader.defines.has(name))],
  ["<ifdirective", condition((reader, name) => findDirective(reader, name) !== null)],
  ["<ifsection", condition((reader, name) => findDirective(reader, `<${name}`) !== null)],
  ["<iffile", ifFile],
  ["<ifversion", ifVersion],
];
