import type { Args } from "./args.ts";
import { evaluateCondition } from "./conditional-expression.ts";
import type { Reader } from "./reader.ts";
import { Fault } from "./report.ts";

const DEEPEST = 16;

interface Block {
  /** Its lines are read now. */
  taken: boolean;
  /** One of its branches was taken, or the block around it is skipped. */
  done: boolean;
  hasElse: boolean;
}

/** The `.if` blocks that are open. Source: HAProxy 2.6.12 src/cfgparse.c, readcfgfile. */
export class ConditionalBlocks {
  private readonly open: Block[] = [];
  private readonly reader: Reader;
  private readonly variable: (name: string) => string | undefined;

  constructor(reader: Reader, variable: (name: string) => string | undefined) {
    this.reader = reader;
    this.variable = variable;
  }

  get isOpen(): boolean {
    return this.open.length > 0;
  }

  /** True when lines are masked out. */
  get skips(): boolean {
    return this.open.some((block) => !block.taken);
  }

  /** Takes `.if`, `.elif`, `.else` and `.endif`; false for any other line. */
  take(args: Args): boolean {
    const word = args.keyword;
    if (word === ".if") this.begin(args);
    else if (word === ".elif" || word === ".else") this.branch(args);
    else if (word === ".endif") {
      this.alone(args);
      this.open.pop();
    } else return false;
    return true;
  }

  private begin(args: Args): void {
    if (this.open.length + 1 >= DEEPEST) {
      this.refuse(args, `too many nested '.if', max is ${DEEPEST}.`);
    }
    if (this.skips) this.open.push({ taken: false, done: true, hasElse: false });
    else {
      const taken = this.evaluate(args);
      this.open.push({ taken, done: taken, hasElse: false });
    }
  }

  private branch(args: Args): void {
    const word = args.keyword;
    if (word === ".else") this.alone(args);
    const block = this.open[this.open.length - 1];
    if (block === undefined) this.refuse(args, `lone '${word}' with no matching '.if'.`);
    if (block.hasElse) this.refuse(args, `'${word}' after '.else' is not permitted.`);
    block.hasElse = word === ".else";
    const taken = !block.done && (word === ".else" || this.evaluate(args));
    block.taken = taken;
    block.done ||= taken;
  }

  private evaluate(args: Args): boolean {
    const text = args.words
      .slice(1)
      .map((each) => each.text)
      .join(" ");
    try {
      return evaluateCondition(text, this.variable);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const shift = " ".repeat(args.keyword.length + 3);
      return this.refuse(
        args,
        `${error.message} in '${args.keyword}' at position 1:\n  ${args.keyword} ${text}\n${shift}^`,
      );
    }
  }

  /** `.else` and `.endif` stand alone, and belong to an `.if`. */
  private alone(args: Args): void {
    if (args.at(1) !== "") this.refuse(args, `Unexpected argument '${args.at(1)}' for '${args.keyword}'.`);
    if (this.open.length === 0) this.refuse(args, `lone '${args.keyword}' with no matching '.if'.`);
  }

  private refuse(args: Args, text: string): never {
    return this.reader.report.abort(`parsing [${args.here}]: ${text}`, args.position());
  }
}
