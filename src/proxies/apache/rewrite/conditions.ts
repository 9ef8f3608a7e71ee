import type { RewriteConditionConfig } from "../config/rewrite-config.ts";
import { type Condition, type ExpressionContext, parseExpression } from "../expression.ts";
import { patternOf } from "../pattern.ts";
import { Expansion, type ExpansionSource } from "./expansion.ts";

/** What conditions may ask beside the variables. */
export interface ConditionSource extends ExpansionSource {
  /** What the server's file system has under a path, as far as lbsim knows. */
  fileAt(path: string): "file" | "directory" | "nothing";
  readonly expressions: ExpressionContext;
}

/** A RewriteCond made ready (httpd: apply_rewrite_cond of mod_rewrite.c, 2.4.x). */
export class ReadyCondition {
  readonly orNext: boolean;
  readonly input: Expansion;
  private readonly config: RewriteConditionConfig;
  private readonly pattern: RegExp | null;
  private readonly expression: Condition | null;

  constructor(config: RewriteConditionConfig) {
    this.config = config;
    this.orNext = config.orNext;
    this.input = new Expansion(config.test.kind === "expression" ? "" : config.input);
    this.pattern =
      config.test.kind === "pattern" ? patternOf(config.test.source, config.test.ignoreCase ? "i" : "") : null;
    this.expression = config.test.kind === "expression" ? parseExpression(config.test.source) : null;
  }

  /** A matching pattern leaves its groups for %N, unless it is negated. */
  holds(from: ConditionSource): boolean {
    const { negated } = this.config;
    return this.test(from, this.input.expand(from)) !== negated;
  }

  private test(from: ConditionSource, text: string): boolean {
    const { test, negated } = this.config;
    switch (test.kind) {
      case "pattern": {
        const found = this.pattern?.exec(text) ?? null;
        if (found !== null && !negated) from.groups.condition = found;
        return found !== null;
      }
      case "text":
        return compares(test.operator, orderOf(text, test.value, test.operator, test.ignoreCase));
      case "number":
        return compares(test.operator, (Number.parseInt(text, 10) || 0) - test.value);
      case "file":
        return from.fileAt(text) === test.wants;
      case "expression":
        return this.expression?.(from.expressions) ?? false;
    }
  }
}

function compares(operator: string, order: number): boolean {
  if (operator === "=") return order === 0;
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
}

/** Without NC a longer text is the greater one, whatever it holds (compare_lexicography); for equality that is the same. */
function orderOf(text: string, value: string, operator: string, ignoreCase: boolean): number {
  const [a, b] = ignoreCase ? [text.toLowerCase(), value.toLowerCase()] : [text, value];
  if (!ignoreCase && operator !== "=" && a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
