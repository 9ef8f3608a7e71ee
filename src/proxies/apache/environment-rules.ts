import type { EnvironmentRule } from "./config/request-config.ts";
import type { Exchange } from "./exchange.ts";
import { type Condition, parseExpression } from "./expression.ts";
import { patternOf, withGroups } from "./pattern.ts";
import { RequestExtras } from "./request-extras.ts";
import { clientHeader, expressionsOf, serverVariable } from "./server-variables.ts";

/** Attributes that are no header. */
const SPECIAL: Readonly<Record<string, string>> = {
  remote_addr: "REMOTE_ADDR",
  request_uri: "REQUEST_URI",
  request_method: "REQUEST_METHOD",
  request_protocol: "SERVER_PROTOCOL",
};

class ReadyRule {
  readonly rule: EnvironmentRule;
  readonly pattern: RegExp | null;
  private readonly header: RegExp | null;
  private readonly expression: Condition | null;

  constructor(rule: EnvironmentRule) {
    const { attribute, pattern, ignoreCase } = rule;
    this.rule = rule;
    this.pattern = attribute === null ? null : patternOf(pattern, ignoreCase ? "i" : "");
    this.header = attribute === null || /^[\w-]*$/.test(attribute) ? null : patternOf(attribute, ignoreCase ? "i" : "");
    this.expression = attribute === null ? parseExpression(pattern) : null;
  }

  act(exchange: Exchange): void {
    if (this.expression !== null) {
      if (this.expression(expressionsOf(exchange))) this.set(exchange, null);
      return;
    }
    // What is missing reads as empty text.
    const found = this.pattern?.exec(this.valueIn(exchange) ?? "") ?? null;
    if (found !== null) this.set(exchange, found);
  }

  private valueIn(exchange: Exchange): string | null {
    const attribute = this.rule.attribute as string;
    const special = SPECIAL[attribute.toLowerCase()];
    if (special !== undefined) return serverVariable(exchange, special);
    if (this.header !== null) {
      const { header } = this;
      const all = exchange.clientHeaders ?? exchange.what?.headers ?? [];
      return all.find(({ name }) => header.test(name))?.value ?? null;
    }
    return clientHeader(exchange, attribute) ?? exchange.env(attribute);
  }

  private set(exchange: Exchange, groups: RegExpExecArray | null): void {
    exchange.extras ??= new RequestExtras();
    const { environment } = exchange.extras;
    for (const { name, value } of this.rule.sets) {
      if (value === null) environment.delete(name);
      else environment.set(name, groups === null ? value : withGroups(value, groups));
    }
  }
}

/** SetEnvIf and its kin, in order (httpd: match_headers of mod_setenvif.c, 2.4.x). */
export class EnvironmentRules {
  private readonly rules: readonly ReadyRule[];

  constructor(rules: readonly EnvironmentRule[]) {
    this.rules = rules.map((rule) => new ReadyRule(rule));
  }

  act(exchange: Exchange): void {
    for (const rule of this.rules) rule.act(exchange);
  }
}

/** SetEnv: values that come after those of SetEnvIf and take their place (fixup_env_module of mod_env.c). */
export function setFixed(exchange: Exchange, values: Readonly<Record<string, string>>): void {
  exchange.extras ??= new RequestExtras();
  for (const [name, value] of Object.entries(values)) exchange.extras.environment.set(name, value);
}
