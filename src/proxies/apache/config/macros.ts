import { type DirectiveNode, nodePosition } from "./directive-node.ts";
import type { OnReadCall, OnReadHandler } from "./on-read-call.ts";
import { problemAt, ReadProblem } from "./read-problem.ts";
import type { Macro } from "./reader.ts";
import type { SourceLine } from "./source-line.ts";
import { readWords } from "./words.ts";

const DEEPEST_USE = 64;

/** mod_macro: keeps the lines up to </Macro> as they are. */
function defineMacro(call: OnReadCall): DirectiveNode[] {
  const { reader, node, cursor } = call;
  const end = node.args.lastIndexOf(">");
  if (end < 0) throw problemAt(node, `${node.name}> directive missing closing '>'`);
  const [name, ...parameters] = readWords(node.args.slice(0, end)).map((word) => word.text);
  if (name === undefined) throw problemAt(node, `${node.name} macro definition: empty name`);
  const lines: string[] = [];
  for (;;) {
    const line = cursor.lines[cursor.next];
    if (line === undefined) throw problemAt(node, `Expected </Macro> before end of configuration`);
    cursor.next++;
    if (/^<\/macro>/i.test(line.text)) break;
    lines.push(line.text);
  }
  const key = name.toLowerCase();
  const { label, number } = node.source;
  reader.macros.set(key, { name: key, parameters, lines, file: label, line: number });
  return [];
}

function useMacro(call: OnReadCall): DirectiveNode[] {
  const { reader, node } = call;
  const [name, ...values] = readWords(node.args).map((word) => word.text);
  if (reader.macros.size === 0) throw problemAt(node, "no macro defined before Use");
  if (name === undefined) throw problemAt(node, "no macro name specified in Use");
  const macro = reader.macros.get(name.toLowerCase());
  if (macro === undefined) throw problemAt(node, `macro '${name}' undefined`);
  const where = `macro '${macro.name}' (defined on line ${macro.line} of "${macro.file}")`;
  if (values.length !== macro.parameters.length) {
    const [given, wanted] = [values.length, macro.parameters.length];
    throw problemAt(node, `${where} used with ${given} argument${given === 1 ? "" : "s"} instead of ${wanted}`);
  }
  if (call.cursor.depth >= DEEPEST_USE) throw problemAt(node, `recursive use of macro '${macro.name}' is invalid`);
  const label = `${where} used on line ${node.source.number} of "${node.source.label}"`;
  try {
    return call.source({ lines: expanded(macro, values, label, node), next: 0, depth: call.cursor.depth + 1 });
  } catch (error) {
    throw error instanceof ReadProblem ? error.wrappedBy(node) : error;
  }
}

/** The macro's lines with arguments put in; for the user they all stand where the macro is used. */
function expanded(macro: Macro, values: readonly string[], label: string, node: DirectiveNode): SourceLine[] {
  const pairs = macro.parameters.map((parameter, i) => [parameter, values[i] ?? ""] as const);
  const longestFirst = [...pairs].sort((a, b) => b[0].length - a[0].length);
  const { line, column, file } = nodePosition(node);
  return macro.lines.map((text, i) => {
    let filled = text;
    for (const [parameter, value] of longestFirst) filled = filled.replaceAll(parameter, () => value);
    return { file, label, text: filled, number: i + 1, marks: [{ at: 0, line, column, fixed: true }] };
  });
}

function undefMacro(call: OnReadCall): DirectiveNode[] {
  const name = call.words[0]?.text ?? "";
  if (!call.reader.macros.delete(name.toLowerCase()))
    throw problemAt(call.node, `cannot remove undefined macro '${name}'`);
  return [];
}

/** Directives of mod_macro. */
export const MACROS: readonly (readonly [string, OnReadHandler])[] = [
  ["<macro", defineMacro],
  ["use", useMacro],
  ["undefmacro", undefMacro],
];
