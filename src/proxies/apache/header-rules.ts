import type { Header, ResponseHead } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import type { HeaderRule } from "./config/apache-config.ts";
import { type Condition, type ExpressionContext, parseExpression } from "./expression.ts";
import { patternOf } from "./pattern.ts";

/** What header directives may ask about a request. */
export interface HeaderContext {
  /** Environment variable, null when it is not set. */
  env(name: string): string | null;
  /** Request header, null when the client sent none. */
  requestHeader(name: string): string | null;
  /** Status of the answer; 0 while there is none. */
  readonly status: number;
  /** Server variable such as REQUEST_URI, null when it is unknown. */
  serverVariable?(name: string): string | null;
  /** What conditions of <If> may ask. */
  expressions?(): ExpressionContext;
  readonly nowUs: number;
  readonly arrivedAtUs: number;
}

type Part = (context: HeaderContext) => string;

/** A header line whose text may be shared (Set-Cookie, Location). */
interface Line {
  readonly name: string;
  readonly value: string;
  readonly text: Text | null;
}

function partOf(letter: string, argument: string): Part {
  if (letter === "e") return (context) => context.env(argument) ?? "(null)";
  if (letter === "i") return (context) => context.requestHeader(argument) ?? "(null)";
  if (letter === "t") return (context) => `t=${context.nowUs}`;
  if (letter === "D") return (context) => `D=${context.nowUs - context.arrivedAtUs}`;
  return () => "(null)";
}

function expressionContext(context: HeaderContext): ExpressionContext {
  return {
    variable: (name) => {
      if (name === "REQUEST_STATUS") return String(context.status);
      return context.serverVariable?.(name) ?? context.env(name) ?? "";
    },
    call: (name, argument) => {
      if (name === "env" || name === "reqenv") return context.env(argument) ?? "";
      if (name === "req" || name === "http") return context.requestHeader(argument) ?? "";
      return null;
    },
  };
}

/** One directive, its value and condition read once. */
class ReadyRule {
  readonly rule: HeaderRule;
  private readonly parts: readonly (string | Part)[];
  private readonly expression: Condition | null;
  private readonly guards: readonly { readonly holds: Condition; readonly negated: boolean }[];
  readonly pattern: RegExp | null;

  constructor(rule: HeaderRule) {
    this.rule = rule;
    const edits = rule.action === "edit" || rule.action === "edit*";
    this.pattern = edits ? patternOf(rule.value, rule.action === "edit*" ? "g" : "") : null;
    this.parts = edits
      ? []
      : rule.value.split(/(%(?:\{[^}]*\})?[A-Za-z%])/).map((text, i) => {
          if (i % 2 === 0) return text;
          if (text === "%%") return "%";
          return partOf(text.at(-1) as string, text.startsWith("%{") ? text.slice(2, -2) : "");
        });
    this.guards = (rule.guards ?? []).map(({ source, negated }) => ({ holds: parseExpression(source), negated }));
    this.expression = rule.condition?.kind === "expr" ? parseExpression(rule.condition.source) : null;
  }

  holds(context: HeaderContext): boolean {
    const { condition } = this.rule;
    if (this.guards.length > 0) {
      const asked = context.expressions?.() ?? expressionContext(context);
      if (!this.guards.every(({ holds, negated }) => holds(asked) !== negated)) return false;
    }
    if (condition === null) return true;
    if (condition.kind === "env") return (context.env(condition.name) !== null) !== condition.negated;
    return this.expression?.(expressionContext(context)) ?? false;
  }

  value(context: HeaderContext): string {
    let text = "";
    for (const part of this.parts) text += typeof part === "string" ? part : part(context);
    return text;
  }

  /** The lines after the directive. */
  apply(lines: readonly Line[], context: HeaderContext, shared: (text: string) => Text): readonly Line[] {
    const { action, name } = this.rule;
    const lower = name.toLowerCase();
    const same = (line: Line): boolean => line.name.toLowerCase() === lower;
    const make = (value: string, as = name): Line => ({
      name: as,
      value,
      text: /^(set-cookie|location)$/.test(lower) ? shared(value) : null,
    });
    if (action === "unset") return lines.filter((line) => !same(line));
    if (action === "note" || action === "echo") return lines;
    if (action === "edit" || action === "edit*") {
      const { pattern } = this;
      if (pattern === null) return lines;
      const replacement = this.rule.replacement.replace(/\$(?!\d)/g, "$$$$").replace(/\$0/g, "$$&");
      return lines.map((line) => (same(line) ? make(line.value.replace(pattern, replacement), line.name) : line));
    }
    const value = this.value(context);
    if (action === "add") return [...lines, make(value)];
    const existing = lines.find(same);
    if (action === "setifempty") return existing === undefined ? [...lines, make(value)] : lines;
    if (action === "set" || existing === undefined) return [...lines.filter((line) => !same(line)), make(value)];
    if (action === "merge" && existing.value.split(/\s*,\s*/).includes(value)) return lines;
    return lines.map((line) => (line === existing ? make(`${line.value}, ${value}`, line.name) : line));
  }
}

/** Texts made by rules are few (one per route, say); beyond this many something unbounded is in the value. */
const MAX_SHARED_TEXTS = 10_000;

/**
 * Header and RequestHeader directives of one server, in order (httpd: mod_headers.c). Lines of the `always` table are
 * kept apart and sent first; an unset variable prints "(null)".
 */
export class HeaderRules {
  private readonly request: readonly ReadyRule[];
  private readonly onSuccess: readonly ReadyRule[];
  private readonly always: readonly ReadyRule[];
  private readonly texts = new Map<string, Text>();
  readonly changesRequests: boolean;

  constructor(rules: readonly HeaderRule[]) {
    const ready = rules.map((rule) => new ReadyRule(rule));
    this.request = ready.filter(({ rule }) => rule.where === "request");
    this.onSuccess = ready.filter(({ rule }) => rule.where === "response" && !rule.always);
    this.always = ready.filter(({ rule }) => rule.where === "response" && rule.always);
    this.changesRequests = this.request.length > 0;
  }

  private shared = (value: string): Text => {
    let text = this.texts.get(value);
    if (text === undefined) {
      if (this.texts.size >= MAX_SHARED_TEXTS) this.texts.clear();
      text = new Text(value);
      this.texts.set(value, text);
    }
    return text;
  };

  /** The request headers after RequestHeader. */
  applyToRequest(headers: readonly Header[], context: HeaderContext): readonly Header[] {
    let lines: readonly Line[] = headers.map(({ name, value }) => ({ name, value, text: null }));
    for (const rule of this.request) if (rule.holds(context)) lines = rule.apply(lines, context, this.shared);
    return lines.map(({ name, value }) => ({ name, value }));
  }

  /**
   * The head after Header: the very object when no directive holds.
   * @param own the answer is the proxy's own error page: only `always` directives count
   */
  applyToResponse(head: ResponseHead, own: boolean, context: HeaderContext): ResponseHead {
    const onSuccess = own ? [] : this.onSuccess;
    if (!onSuccess.some((rule) => rule.holds(context)) && !this.always.some((rule) => rule.holds(context))) return head;
    let lines: readonly Line[] = [
      ...head.headers.map(({ name, value }) => ({ name, value, text: null })),
      ...head.setCookies.map((text) => ({ name: "Set-Cookie", value: text.text, text })),
      ...(head.location === null ? [] : [{ name: "Location", value: head.location.text, text: head.location }]),
    ];
    let first: readonly Line[] = [];
    for (const rule of this.always) if (rule.holds(context)) first = rule.apply(first, context, this.shared);
    for (const rule of onSuccess) if (rule.holds(context)) lines = rule.apply(lines, context, this.shared);
    const all = [...first, ...lines];
    const named = (name: string): Text[] =>
      all.flatMap((line) => (line.name.toLowerCase() === name ? [line.text ?? this.shared(line.value)] : []));
    return {
      status: head.status,
      reason: head.reason,
      keepAlive: head.keepAlive,
      setCookies: named("set-cookie"),
      location: named("location")[0] ?? null,
      headers: all.flatMap(({ name, value }) => (/^(set-cookie|location)$/i.test(name) ? [] : [{ name, value }])),
    };
  }
}
