import { cursorOver } from "./cursor.ts";
import { type DirectiveNode, wordPosition } from "./directive-node.ts";
import type { OnReadCall, OnReadHandler } from "./on-read-call.ts";
import { problemAt, ReadProblem } from "./read-problem.ts";

/** httpd's AP_MAX_INCLUDE_DEPTH. */
const DEEPEST_INCLUDE = 128;

function include(optional: boolean): OnReadHandler {
  return (call) => {
    const path = call.reader.resolve(call.words[0]?.text ?? "");
    if (call.cursor.depth >= DEEPEST_INCLUDE) {
      const message = `Exceeded maximum include depth of ${DEEPEST_INCLUDE}, There appears to be a recursion.`;
      throw problemAt(call.node, message);
    }
    const nodes: DirectiveNode[] = [];
    for (const { file, text } of filesAt(call, path, optional)) nodes.push(...readFile(call, file, text));
    return nodes;
  };
}

function readFile(call: OnReadCall, file: string, text: string): DirectiveNode[] {
  try {
    return call.source(cursorOver(file, text, call.cursor.depth + 1));
  } catch (error) {
    throw error instanceof ReadProblem ? error.wrappedBy(call.node) : error;
  }
}

/** The file, all files of the directory, or all files that match the pattern. */
function filesAt(call: OnReadCall, path: string, optional: boolean): { file: string; text: string }[] {
  const { host } = call.reader;
  const isPattern = /[*?[]/.test(path);
  const single = isPattern ? null : host.load(path);
  if (single !== null) return [{ file: path, text: single }];
  const names = isPattern ? host.list(path) : host.list(`${path.replace(/\/+$/, "")}/*`);
  const files: { file: string; text: string }[] = [];
  for (const file of names) {
    const text = host.load(file);
    if (text !== null) files.push({ file, text });
  }
  if (files.length === 0 && !optional) nothingThere(call, path, isPattern);
  return files;
}

function nothingThere(call: OnReadCall, path: string, isPattern: boolean): void {
  const { reader, node } = call;
  if (reader.reportsMissingIncludes) {
    const slash = path.lastIndexOf("/");
    const folder = path.slice(0, Math.max(slash, 0));
    throw problemAt(
      node,
      isPattern
        ? `Include/IncludeOptional: No matches for the wildcard '${path.slice(slash + 1)}' in '${folder}', failing`
        : `Could not open configuration file ${path}: No such file or directory`,
    );
  }
  const word = call.words[0];
  const position = word === undefined ? null : wordPosition(node, word);
  reader.note(
    "assumed-include",
    `${path} is not on this machine: read as if it held nothing that matters here`,
    "run the check where the file exists, or ask for --missing-files report",
    position,
  );
}

/** Include and IncludeOptional. */
export const INCLUDES: readonly (readonly [string, OnReadHandler])[] = [
  ["include", include(false)],
  ["includeoptional", include(true)],
];
