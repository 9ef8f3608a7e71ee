import type { TextEdit } from "../../shared/text-edit.ts";
import { type ConfNode, nameOf } from "../config/conf-node.ts";

/** Where a directive begins; its end is `end`. */
export function startOf(node: ConfNode): number {
  return node.words[0]?.start ?? node.end;
}

/** Takes a directive away, with its line when it stands alone on it. */
export function removal(text: string, node: ConfNode): TextEdit {
  const start = startOf(node);
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", node.end);
  const isAlone =
    text.slice(lineStart, start).trim() === "" && lineEnd >= 0 && text.slice(node.end, lineEnd).trim() === "";
  return isAlone ? { start: lineStart, end: lineEnd + 1, text: "" } : { start, end: node.end, text: "" };
}

/** A new first or last line of a block, indented as its other lines are. */
export function lineIn(text: string, block: ConfNode, directive: string, place: "first" | "last"): TextEdit {
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const [sample] = (block.children ?? []).filter(({ error }) => error === null);
  const indentOf = (at: number) => /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", at - 1) + 1, at))?.[0] ?? "";
  const opening = text.indexOf("{", block.words.at(-1)?.end ?? 0) + 1;
  const isOneLine = !text.slice(opening, block.closing).includes("\n");
  if (isOneLine) {
    const at = place === "first" ? opening : block.closing;
    return { start: at, end: at, text: place === "first" ? ` ${directive}` : `${directive} ` };
  }
  const margin = sample === undefined ? `${indentOf(startOf(block))}    ` : indentOf(startOf(sample));
  if (place === "first") {
    // A comment behind the brace stays where it is.
    const comment = /^[ \t]*(?:#[^\r\n]*)?(?=\r?\n)/.exec(text.slice(opening))?.[0] ?? "";
    const at = opening + comment.length;
    return { start: at, end: at, text: `${lineBreak}${margin}${directive}` };
  }
  const at = text.lastIndexOf("\n", block.closing - 1) + 1;
  return { start: at, end: at, text: `${margin}${directive}${lineBreak}` };
}

/** A word of a directive, in quotes where it needs them. */
export function wordText(word: string): string {
  return word === "" || /[\s;{}"'\\#]/.test(word) ? `"${word.replace(/["\\]/g, (c) => `\\${c}`)}"` : word;
}

/** All blocks of a name, wherever they stand. */
export function blocksNamed(nodes: readonly ConfNode[], name: string): readonly ConfNode[] {
  return nodes.flatMap((node) => [
    ...(nameOf(node) === name && node.children !== null ? [node] : []),
    ...blocksNamed(node.children ?? [], name),
  ]);
}
