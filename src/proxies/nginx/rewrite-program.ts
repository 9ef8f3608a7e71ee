import type { Condition, LocationConfig, RewriteStep } from "./config/location-config.ts";
import type { Exchange } from "./exchange.ts";
import { matches, regexOf, type Variables } from "./variables.ts";

/** How a rewrite program ended. */
export type RewriteEnd =
  /** It came to its end, or to `break`. */
  | { readonly kind: "go-on" }
  /** `last`, or a changed URI at its end: look for a location again. */
  | { readonly kind: "search" }
  /** `return`, or a redirecting `rewrite`. */
  | { readonly kind: "return"; readonly status: number; readonly text: string | null };

const GO_ON: RewriteEnd = { kind: "go-on" };
const SEARCH: RewriteEnd = { kind: "search" };

/** Runs the rewrite directives of a block in the order of the file (ngx_http_rewrite_handler). */
export class RewriteProgram {
  private readonly variables: Variables;
  /** A `rewrite` without a flag has changed the URI. */
  private isChanged = false;

  constructor(variables: Variables) {
    this.variables = variables;
  }

  /** An `if` that holds makes its block the location of the exchange; what stands behind the block comes next. */
  run(exchange: Exchange, block: LocationConfig): RewriteEnd {
    this.isChanged = false;
    const end = this.block(exchange, block);
    return end ?? (this.isChanged ? SEARCH : GO_ON);
  }

  /** Null: the block has come to its end. */
  private block(exchange: Exchange, { steps }: LocationConfig): RewriteEnd | null {
    for (const step of steps) {
      const end = this.step(exchange, step);
      if (end !== null) return end;
    }
    return null;
  }

  /** Null: go on with the next line. */
  private step(exchange: Exchange, step: RewriteStep): RewriteEnd | null {
    switch (step.kind) {
      case "return": {
        const text = step.text === null ? null : this.variables.expand(step.text, exchange);
        return { kind: "return", status: step.status, text };
      }
      case "set":
        exchange.set.set(step.name, this.variables.expand(step.value, exchange));
        return null;
      case "break":
        return GO_ON;
      case "if":
        if (!this.holds(exchange, step.condition)) return null;
        exchange.location = step.location;
        return this.block(exchange, step.location);
      default:
        return matches(exchange, step.regex, exchange.uri) ? this.rewrite(exchange, step) : null;
    }
  }

  private rewrite(exchange: Exchange, step: Extract<RewriteStep, { kind: "rewrite" }>): RewriteEnd | null {
    const replacement = this.variables.expand(step.replacement, exchange);
    const question = replacement.indexOf("?");
    const plain = question < 0 ? replacement : replacement.slice(0, question);
    const args = question < 0 ? null : replacement.slice(question + 1);
    const before = step.dropsArguments ? null : exchange.args;
    const all = [args, before].filter((part) => part !== null && part !== "").join("&");
    const status = step.status === 0 && /^https?:\/\//.test(replacement) ? 302 : step.status;
    if (status !== 0) return { kind: "return", status, text: all === "" ? plain : `${plain}?${all}` };
    exchange.uri = plain;
    exchange.args = all === "" ? null : all;
    exchange.isRewritten = true;
    if (step.flag === "break") exchange.hasPrefix = false;
    else this.isChanged = true;
    return step.flag === "last" ? SEARCH : step.flag === "break" ? GO_ON : null;
  }

  private holds(exchange: Exchange, condition: Condition): boolean {
    if (condition.kind === "file") return condition.negated;
    const value = this.variables.expand(condition.value, exchange);
    if (condition.kind === "variable") return value !== "" && value !== "0";
    if (condition.kind === "equal")
      return (value === this.variables.expand(condition.to, exchange)) !== condition.negated;
    return condition.negated ? !regexOf(condition.regex).test(value) : matches(exchange, condition.regex, value);
  }
}
