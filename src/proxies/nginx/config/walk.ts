import type { Call } from "./call.ts";
import { refuse } from "./conf-error.ts";
import { argumentsOf, type ConfNode, nameOf, positionOf } from "./conf-node.ts";
import { HANDLERS } from "./directives/index.ts";
import { effectOf } from "./effect-of-directive.ts";
import { includedNodes } from "./includes.ts";
import { KNOWN_DIRECTIVES, type KnownDirective } from "./known-directives.ts";
import { NEWER_DIRECTIVES, type NewerDirective } from "./plus-directives.ts";
import type { Reader } from "./reader.ts";
import type { Scope } from "./scope.ts";
import { checkSlot } from "./slots.ts";

/** The blocks that directives stand in. */
export type Blocks = Pick<Call, "server" | "location" | "upstream">;

/** Carries out directives in their order, as nginx does while it reads (ngx_conf_handler, nginx 1.22.1). */
export function walk(reader: Reader, nodes: readonly ConfNode[], scope: Scope, blocks: Blocks): void {
  for (const node of nodes) {
    if (node.error !== null) throw refuse(node, node.error);
    const name = nameOf(node);
    const candidates = directivesCalled(reader, name);
    const known = candidates.find(({ contexts }) => contexts.includes(scope.context));
    if (known === undefined) {
      if (candidates.length === 0 && passesUnknown(reader, node)) continue;
      const here = `"${name}" directive is not allowed here`;
      throw refuse(node, candidates.length > 0 ? here : `unknown directive "${name}"`);
    }
    checkShape(node, known);
    if (name === "include") {
      walk(reader, includedNodes(reader, node), scope, blocks);
      reader.includeDepth--;
    } else carryOut(reader, node, known, scope, blocks);
  }
}

function directivesCalled(reader: Reader, name: string): readonly (KnownDirective | NewerDirective)[] {
  const known = KNOWN_DIRECTIVES.get(name) ?? [];
  return reader.isStrict ? known : [...known, ...(NEWER_DIRECTIVES.get(name) ?? [])];
}

/** Blocks of other protocols, and directives of modules that the file loads. */
function passesUnknown(reader: Reader, node: ConfNode): boolean {
  const isOtherProtocol = ["stream", "mail"].includes(nameOf(node)) && node.children !== null;
  if (!(isOtherProtocol && !reader.isStrict) && !reader.loadsModules) return false;
  reader.passOver("unmodelled", node);
  return true;
}

/** Block or not, number of arguments. */
function checkShape(node: ConfNode, known: KnownDirective): void {
  const { name, isBlock, counts } = known;
  if (!isBlock && node.children !== null) throw refuse(node, `directive "${name}" is not terminated by ";"`);
  if (isBlock && node.children === null) throw refuse(node, `directive "${name}" has no opening "{"`);
  const count = node.words.length - 1;
  const fits =
    counts === "*" || (counts.endsWith("+") ? count >= Number(counts[0]) : count < 8 && counts.includes(String(count)));
  if (!fits) throw refuse(node, `invalid number of arguments in "${name}" directive`);
}

function carryOut(
  reader: Reader,
  node: ConfNode,
  known: KnownDirective | NewerDirective,
  scope: Scope,
  blocks: Blocks,
): void {
  const { name } = known;
  if ("since" in known) reader.newer(name, known.since, positionOf(node));
  const handler = HANDLERS.get(`${name}@${scope.context}`) ?? HANDLERS.get(name);
  const wrong = checkSlot(reader, scope, node, known) ?? handler?.(callOf(reader, node, scope, blocks));
  if (typeof wrong === "string") throw refuse(node, `"${name}" directive ${wrong}`);
  scope.add(name, node);
  const effect = effectOf(name, handler !== undefined);
  if (effect !== "modelled") reader.passOver(effect, node);
}

function callOf(reader: Reader, node: ConfNode, scope: Scope, blocks: Blocks): Call {
  return {
    reader,
    scope,
    node,
    args: argumentsOf(node),
    ...blocks,
    walk: (inner, more) => walk(reader, node.children ?? [], inner, { ...blocks, ...more }),
  };
}
