import type { Condition, LocationConfig, RewriteStep } from "./config/location-config.ts";
import type { Exchange } from "./exchange.ts";
import { takeApart } from "./request-uri.ts";
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

  constructor(variables: Variables) {
    this.variables = variables;
  }

  /** An `if` that holds makes its block the location of the exchange. */
  run(exchange: Exchange, block: LocationConfig): RewriteEnd {
    let isChanged = false;
    for (const step of block.steps) {
      switch (step.kind) {
        case "return":
          return {
            kind: "return",
            status: step.status,
            text: step.text === null ? null : this.variables.expand(step.text, exchange),
          };
        case "set":
          exchange.set.set(step.name, this.variables.expand(step.value, exchange));
          break;
        case "break":
          return GO_ON;
        case "if": {
          if (!this.holds(exchange, step.condition)) break;
          exchange.location = step.location;
          const end = this.run(exchange, step.location);
          if (end.kind !== "go-on") return end;
          if (step.location.steps.some(({ kind }) => kind === "break")) return GO_ON;
          break;
        }
        default: {
          if (!matches(exchange, step.regex, exchange.uri)) break;
          const end = this.rewrite(exchange, step);
          if (end !== null) return end;
          isChanged = true;
        }
      }
    }
    return isChanged ? SEARCH : GO_ON;
  }

  /** Null: go on with the next line. */
  private rewrite(exchange: Exchange, step: Extract<RewriteStep, { kind: "rewrite" }>): RewriteEnd | null {
    const replacement = this.variables.expand(step.replacement, exchange);
    const { uri, args } = takeApart(replacement, false);
    const before = step.dropsArguments ? null : exchange.args;
    const all = [args, before].filter((part) => part !== null && part !== "").join("&");
    const status = step.status === 0 && /^https?:\/\//.test(replacement) ? 302 : step.status;
    if (status !== 0) {
      const plain = replacement.split("?")[0] ?? "";
      return { kind: "return", status, text: all === "" ? plain : `${plain}?${all}` };
    }
    exchange.uri = uri;
    exchange.args = all === "" ? null : all;
    exchange.isRewritten = true;
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
