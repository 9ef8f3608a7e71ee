import type { ReadHost } from "../../../contract/proxy-family.ts";
import type { SiteBlock } from "./directive-node.ts";
import { type ImportContext, importedTokens } from "./import-tokens.ts";
import { parseDirectives } from "./parse-directives.ts";
import { Refused } from "./refused.ts";
import { positionOf, refuse, type Token } from "./token.ts";

/** True when `next` stands on a line of its own. */
export function startsLine(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const token = tokens[at];
  if (before === undefined || token === undefined || token.isFirst === true) return true;
  return before.file !== token.file || before.line + before.breaks < token.line;
}

/** The site blocks of a Caddyfile with imports carried out; snippets are taken out (parse.go, Caddy 2.6.2). */
export function parseBlocks(input: readonly Token[], host: ReadHost): readonly SiteBlock[] {
  return new BlockParser(input, host).parse();
}

function beginningLine([first, ...others]: readonly Token[]): readonly Token[] {
  return first === undefined ? [] : [{ ...first, isFirst: true }, ...others];
}

class BlockParser {
  private readonly tokens: Token[];
  private readonly context: ImportContext;
  private at = 0;

  constructor(input: readonly Token[], host: ReadHost) {
    this.tokens = [...input];
    this.context = { host, file: input[0]?.file ?? "", snippets: new Map(), depth: 0 };
  }

  parse(): readonly SiteBlock[] {
    const blocks: SiteBlock[] = [];
    while (this.at < this.tokens.length) {
      const keys = this.addresses();
      const opened = this.tokens[this.at]?.text === "{" && !this.tokens[this.at]?.quoted;
      const body = opened ? this.braces() : this.rest();
      const name = keys.length === 1 ? /^\((.*)\)$/.exec((keys[0] as Token).text)?.[1] : undefined;
      if (name === undefined) {
        const directives = parseDirectives(this.expanded(body));
        if (keys.length > 0 || directives.length > 0) blocks.push({ keys, directives });
      } else if (this.context.snippets.has(name))
        throw refuse(keys[0] as Token, `redeclaration of previously declared snippet ${name}`);
      else this.context.snippets.set(name, body);
    }
    return blocks;
  }

  private addresses(): readonly Token[] {
    const keys: Token[] = [];
    let expectsAnother = false;
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at] as Token;
      if (token.text === "import" && startsLine(this.tokens, this.at)) {
        this.importHere();
        continue;
      }
      if (token.text === "{") {
        if (expectsAnother) throw refuse(token, "Expected another address but had '{' - check for extra comma");
        return keys;
      }
      if (token.text.endsWith("{"))
        throw refuse(
          token,
          `Site addresses cannot end with a curly brace: '${token.text}' - put a space between the token and the brace`,
        );
      if (!expectsAnother && keys.length > 0 && startsLine(this.tokens, this.at)) return keys;
      expectsAnother = token.text.endsWith(",");
      const text = expectsAnother ? token.text.slice(0, -1) : token.text;
      if (text.includes(","))
        throw refuse(
          token,
          `Site addresses cannot contain a comma ',': '${text}' - put a space after the comma to separate site addresses`,
        );
      if (text !== "") keys.push({ ...token, text });
      this.at++;
    }
    return keys;
  }

  /** Replaces `import …` at the cursor by what it stands for. */
  private importHere(): void {
    const word = this.tokens[this.at] as Token;
    let end = this.at + 1;
    while (end < this.tokens.length && !startsLine(this.tokens, end)) end++;
    const tokens = importedTokens(word, this.tokens.slice(this.at + 1, end), this.context);
    this.tokens.splice(this.at, end - this.at, ...tokens);
  }

  /** What is between the braces at the cursor. */
  private braces(): readonly Token[] {
    const from = ++this.at;
    let depth = 1;
    for (; this.at < this.tokens.length; this.at++) {
      const { text, quoted } = this.tokens[this.at] as Token;
      if (quoted) continue;
      if (text === "{") depth++;
      else if (text === "}" && --depth === 0) return this.tokens.slice(from, this.at++);
    }
    const last = this.tokens[this.tokens.length - 1] as Token;
    throw new Refused(`${last.file}:${last.line} - Error during parsing: Unexpected EOF`, positionOf(last));
  }

  /** A file without braces is one site. */
  private rest(): readonly Token[] {
    const from = this.at;
    this.at = this.tokens.length;
    return this.tokens.slice(from);
  }

  /**
   * The words of a block with its imports carried out. Between directives what is imported begins a line, and so does what
   * follows; inside a directive's braces only the numbers of lines decide (parse.go, directives and directive).
   */
  private expanded(body: readonly Token[]): readonly Token[] {
    const tokens = [...body];
    let depth = 0;
    for (let at = 0; at < tokens.length; at++) {
      const { text, quoted } = tokens[at] as Token;
      if (!quoted && text === "{") depth++;
      if (!quoted && text === "}") depth--;
      if (text !== "import" || !startsLine(tokens, at)) continue;
      let end = at + 1;
      while (end < tokens.length && !startsLine(tokens, end)) end++;
      const imported = importedTokens(tokens[at] as Token, tokens.slice(at + 1, end), this.context);
      const next = tokens[end];
      if (depth === 0 && next !== undefined) tokens[end] = { ...next, isFirst: true };
      tokens.splice(at, end - at, ...(depth === 0 ? beginningLine(imported) : imported));
      at--;
    }
    return tokens;
  }
}
