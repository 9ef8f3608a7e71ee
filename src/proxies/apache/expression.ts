import { isBadPattern, patternOf } from "./pattern.ts";

/** What an expression may ask. Unknown variables are empty text, as in httpd. */
export interface ExpressionContext {
  variable(name: string): string;
  /** Result of a function call such as hc('body'), env('NAME'), req('Name'); null when there is no such function. */
  call(name: string, argument: string): string | null;
}

type Word = (context: ExpressionContext) => string;

/** A condition ready to be asked. */
export type Condition = (context: ExpressionContext) => boolean;

/** An expression that can't be read. */
export class ExpressionError extends SyntaxError {
  /** What httpd says to it; null when lbsim does not know, or httpd may well read it. */
  readonly httpd: string | null;

  constructor(message: string, httpd: string | null = null) {
    super(message);
    this.httpd = httpd;
  }
}

/** The text ended too early; `expecting` as httpd's parser lists what it waited for. */
function endedEarly(expecting = ""): ExpressionError {
  return new ExpressionError("the expression ends too early", `syntax error, unexpected $end${expecting}`);
}

const TOKEN =
  /\s*(?:(&&|\|\||[!=]~|[=!<>]=|=|[<>!()]|-?\b(?:eq|ne|lt|le|gt|ge|strmatch|strcmatch|fnmatch)\b|-[zn]\b)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(%\{[^}]*\})|(\/(?:[^/\\]|\\.)*\/[ismg]*|m#[^#]*#[ismg]*)|([A-Za-z0-9_.$:-]+))/y;

const NUMERIC: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

const TEXTUAL: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  "=": (a, b) => a === b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/** What httpd says to a variable without its closing brace. */
export const UNTERMINATED =
  "syntax error, unexpected T_ERROR, expecting T_VAR_END or ':': Unterminated string or variable";

/** Whether a %{ is never closed. */
export function isUnterminated(text: string): boolean {
  const open = text.lastIndexOf("%{");
  return open >= 0 && !text.includes("}", open);
}

interface Token {
  readonly kind: "operator" | "string" | "variable" | "regex" | "word";
  readonly text: string;
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(source);
    if (found === null) {
      const httpd = isUnterminated(source.slice(at)) ? UNTERMINATED : null;
      throw new ExpressionError(`cannot read expression at "${source.slice(at)}"`, httpd);
    }
    const kinds = ["operator", "string", "variable", "regex", "word"] as const;
    const index = kinds.findIndex((_, i) => found[i + 1] !== undefined);
    tokens.push({ kind: kinds[index] as Token["kind"], text: found[index + 1] as string });
  }
  return tokens;
}

function template(text: string): Word {
  const parts = text.split(/(%\{[^}]*\})/);
  return (context) => parts.map((part, i) => (i % 2 === 1 ? context.variable(part.slice(2, -1)) : part)).join("");
}

function regexOf(text: string): RegExp {
  const hash = text.startsWith("m#");
  const end = text.lastIndexOf(hash ? "#" : "/");
  const source = text.slice(hash ? 2 : 1, end);
  const regex = patternOf(source, text.slice(end + 1).replace("g", ""));
  if (regex !== null) return regex;
  const complaint = isBadPattern(source) ? "Failed to compile regular expression" : null;
  throw new ExpressionError(`cannot use the regular expression ${text}`, complaint);
}

/** Recursive descent over `||`, `&&`, `!`, comparisons and words. */
class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(source: string) {
    this.tokens = tokenize(source);
  }

  parse(): Condition {
    const condition = this.either();
    if (this.at < this.tokens.length)
      throw new ExpressionError(`unexpected "${this.tokens[this.at]?.text}" in expression`);
    return condition;
  }

  private accept(...texts: string[]): string | null {
    const token = this.tokens[this.at];
    if (token?.kind !== "operator" || !texts.includes(token.text)) return null;
    this.at++;
    return token.text;
  }

  private close(expecting: string): void {
    if (this.accept(")") !== null) return;
    throw this.at < this.tokens.length ? new ExpressionError("missing ) in expression") : endedEarly(expecting);
  }

  private either(): Condition {
    let left = this.both();
    while (this.accept("||") !== null) {
      const a = left;
      const b = this.both();
      left = (context) => a(context) || b(context);
    }
    return left;
  }

  private both(): Condition {
    let left = this.single();
    while (this.accept("&&") !== null) {
      const a = left;
      const b = this.single();
      left = (context) => a(context) && b(context);
    }
    return left;
  }

  private single(): Condition {
    if (this.accept("!") !== null) {
      const inner = this.single();
      return (context) => !inner(context);
    }
    if (this.accept("(") !== null) {
      const inner = this.either();
      this.close(", expecting T_OP_OR or T_OP_AND or ')'");
      return inner;
    }
    const emptiness = this.accept("-z", "-n");
    if (emptiness !== null) {
      const word = this.word();
      return (context) => (word(context) === "") === (emptiness === "-z");
    }
    const constant = this.tokens[this.at];
    if (constant?.kind === "word" && (constant.text === "true" || constant.text === "false")) {
      this.at++;
      return () => constant.text === "true";
    }
    return this.comparison();
  }

  private comparison(): Condition {
    const first = this.tokens[this.at];
    const left = this.word();
    const token = this.tokens[this.at++];
    if (token === undefined) {
      // A name alone may still become a function call.
      throw endedEarly(first?.kind === "word" && /^[A-Za-z_]\w*$/.test(first.text) ? ", expecting '('" : "");
    }
    if (token.kind !== "operator") throw new ExpressionError("missing comparison in expression");
    if (token.text === "=~" || token.text === "!~") {
      const pattern = this.tokens[this.at++];
      if (pattern === undefined) throw endedEarly(", expecting T_REGEX or T_REGEX_I");
      if (pattern.kind !== "regex") throw new ExpressionError(`missing regular expression after ${token.text}`);
      const regex = regexOf(pattern.text);
      return (context) => regex.test(left(context)) === (token.text === "=~");
    }
    const right = this.word();
    const numeric = NUMERIC[token.text.replace("-", "")];
    if (numeric !== undefined) {
      const number = (text: string): number => Number.parseInt(text, 10) || 0;
      return (context) => numeric(number(left(context)), number(right(context)));
    }
    const textual = TEXTUAL[token.text];
    if (textual === undefined) throw new ExpressionError(`unknown comparison ${token.text} in expression`);
    return (context) => textual(left(context), right(context));
  }

  private word(): Word {
    const token = this.tokens[this.at++];
    if (token === undefined) throw endedEarly();
    if (token.kind === "operator" || token.kind === "regex") throw new ExpressionError("missing word in expression");
    if (token.kind === "string") return template(token.text.slice(1, -1).replace(/\\(.)/g, "$1"));
    if (token.kind === "variable") {
      const colon = token.text.indexOf(":");
      if (colon < 0) return template(token.text);
      const [name, argument] = [token.text.slice(2, colon), token.text.slice(colon + 1, -1)];
      return (context) => context.call(name.toLowerCase(), argument) ?? "";
    }
    if (this.accept("(") === null) return () => token.text;
    const argument = this.word();
    this.close(", expecting T_OP_CONCAT or ')'");
    return (context) => context.call(token.text.toLowerCase(), argument(context)) ?? "";
  }
}

/**
 * Reads the part of httpd's expression language that conditions of health checks and headers use: words, variables,
 * function calls, text and number comparisons, `=~`, `!~`, `!`, `&&`, `||`, parentheses (httpd: util_expr_parse.y).
 * Throws ExpressionError for anything else.
 */
export function parseExpression(source: string): Condition {
  return new Parser(source).parse();
}

/** Why an expression can't be read, or null when it can. */
export function expressionError(source: string): ExpressionError | null {
  try {
    parseExpression(source);
    return null;
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}
