import type { DirectiveNode } from "./directive-node.ts";
import { refuse, type Token } from "./token.ts";

/** Words as directives: one a line, a `{` at the end of the line opens its block (parse.go, directive, Caddy 2.6.2). */
export function parseDirectives(tokens: readonly Token[]): readonly DirectiveNode[] {
  const reader = { tokens, at: 0 };
  const nodes = readNodes(reader);
  const extra = tokens[reader.at];
  if (extra !== undefined) throw refuse(extra, "Unexpected '}' because no matching opening brace");
  return nodes;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

function readNodes(reader: Reader): readonly DirectiveNode[] {
  const nodes: DirectiveNode[] = [];
  while (reader.at < reader.tokens.length) {
    const token = reader.tokens[reader.at] as Token;
    if (token.text === "}" && !token.quoted) return nodes;
    nodes.push(readNode(reader));
  }
  return nodes;
}

function readNode(reader: Reader): DirectiveNode {
  const { tokens } = reader;
  const name = tokens[reader.at++] as Token;
  const args: Token[] = [];
  let before = name;
  while (reader.at < tokens.length) {
    const token = tokens[reader.at] as Token;
    if (token.isFirst === true || token.file !== before.file || before.line + before.breaks < token.line) break;
    if (token.text === "}" && !token.quoted) break;
    reader.at++;
    if (token.text === "{" && !token.quoted) return readBlock(reader, name, args, token);
    args.push(token);
    before = token;
  }
  return { name, args, block: null, last: args[args.length - 1] ?? name };
}

function readBlock(reader: Reader, name: Token, args: readonly Token[], brace: Token): DirectiveNode {
  const next = reader.tokens[reader.at];
  if (next !== undefined && next.file === brace.file && next.line === brace.line && next.text !== "}")
    throw refuse(brace, "Unexpected next token after '{' on same line");
  const block = readNodes(reader);
  const close = reader.tokens[reader.at];
  if (close === undefined) throw refuse(reader.tokens[reader.tokens.length - 1] ?? brace, "Unexpected EOF");
  reader.at++;
  return { name, args, block, last: close };
}
