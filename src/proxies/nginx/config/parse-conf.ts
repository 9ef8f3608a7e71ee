import type { ConfNode, ConfWord } from "./conf-node.ts";
import { ConfScanner } from "./conf-scanner.ts";

/** Deeper nesting than any configuration has: such a text is refused instead of followed. */
const DEEPEST = 200;

interface OpenBlock {
  readonly words: readonly ConfWord[];
  readonly line: number;
  readonly children: ConfNode[];
}

/**
 * The directives of one file as a tree. Where nginx would stop reading a node with its message stands, and nothing
 * after it: what comes before is carried out first, as nginx does.
 */
export function parseConf(file: string, text: string): readonly ConfNode[] {
  const scanner = new ConfScanner(text);
  const open: OpenBlock[] = [];
  const top: ConfNode[] = [];
  const put = (node: ConfNode): void => {
    (open.at(-1)?.children ?? top).push(node);
  };
  const fail = (message: string): readonly ConfNode[] => {
    const { line, at } = scanner;
    put({ file, words: [], line, end: at, children: null, closingLine: line, closing: at, error: message });
    while (open.length > 0) close();
    return top;
  };
  const close = (): void => {
    const block = open.pop();
    if (block === undefined) return;
    const { words, line, children } = block;
    const end = scanner.at;
    put({ file, words, line, end, children, closingLine: scanner.line, closing: end - 1, error: null });
  };
  for (;;) {
    const token = scanner.next();
    if (token.kind === "error") return fail(token.message);
    if (token.kind === "done") return open.length === 0 ? top : fail('unexpected end of file, expecting "}"');
    if (token.kind === "close") {
      if (open.length === 0) return fail('unexpected "}"');
      close();
    } else if (token.kind === "open") {
      if (open.length >= DEEPEST) return fail(`blocks are nested more than ${DEEPEST} deep`);
      open.push({ words: token.words, line: scanner.line, children: [] });
    } else {
      const { line, at } = scanner;
      const { words } = token;
      put({ file, words, line, end: at, children: null, closingLine: line, closing: at - 1, error: null });
    }
  }
}
