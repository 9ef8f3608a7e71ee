import { CONDITIONS } from "./conditions.ts";
import { type DirectiveNode, nodePosition } from "./directive-node.ts";
import { INCLUDES } from "./includes.ts";
import { MACROS } from "./macros.ts";
import type { OnReadCall, OnReadHandler } from "./on-read-call.ts";
import { problemAt } from "./read-problem.ts";

function define(call: OnReadCall): DirectiveNode[] {
  const [name, value] = call.words;
  if (name === undefined) return [];
  if (name.text.includes(":")) throw problemAt(call.node, "Variable name must not contain ':'");
  call.reader.defines.add(name.text);
  if (value !== undefined) call.reader.variables.set(name.text, value.text);
  return [];
}

function undefine(call: OnReadCall): DirectiveNode[] {
  const name = call.words[0]?.text ?? "";
  if (name.includes(":")) throw problemAt(call.node, "Variable name must not contain ':'");
  call.reader.defines.delete(name);
  call.reader.variables.delete(name);
  return [];
}

function loadModule(call: OnReadCall): DirectiveNode[] {
  const name = call.words[0]?.text ?? "";
  const module = name.replace(/_module$/, "");
  if (!call.reader.modules.load(module)) {
    call.reader.warn(`[so:warn] AH01574: module ${name} is already loaded, skipping`, nodePosition(call.node));
  }
  return [];
}

function serverRoot(call: OnReadCall): DirectiveNode[] {
  call.reader.serverRoot = call.words[0]?.text ?? null;
  call.reader.passOver("ignored", "ServerRoot", nodePosition(call.node));
  return [];
}

/** Directives that act while the tree is put together, by lower-case name. */
export const ON_READ_DIRECTIVES: ReadonlyMap<string, OnReadHandler> = new Map<string, OnReadHandler>([
  ["define", define],
  ["undefine", undefine],
  ["loadmodule", loadModule],
  ["serverroot", serverRoot],
  ...INCLUDES,
  ...CONDITIONS,
  ...MACROS,
]);
