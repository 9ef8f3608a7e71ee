import type { RewriteRuleConfig } from "../config/rewrite-config.ts";
import { patternOf } from "../pattern.ts";
import { type ConditionSource, ReadyCondition } from "./conditions.ts";
import { Expansion } from "./expansion.ts";
import { escapeAbsolute, escapeUri, hasRawBlank, schemeLength, splitQuery, type Target } from "./target-url.ts";

/** What the rules may ask and leave behind while they act on a request. */
export interface RewriteRequest extends ConditionSource, Target {
  /** The section whose rules act, with a slash at the end; null = those of the server. */
  readonly directory: string | null;
  /** `scheme://host` of the server itself, with its port where it is not the scheme's own. */
  readonly ownOrigin: string;
  /** Whether a host and port in a URL mean the server itself. */
  isOwn(host: string, port: number): boolean;
  readonly scheme: "http" | "https";
  setVariable(name: string, value: string | null): void;
  addCookie(text: string): void;
}

/** What came of a request: the rest of `RewriteRequest.filename` and `args` says where it goes. */
export type RewriteOutcome =
  /** No rule changed anything: the other modules see the request as it came. */
  | { readonly kind: "untouched" }
  /** Flag P. `raw`: nothing is escaped any more, the query is part of the URL (NE). */
  | { readonly kind: "proxy"; readonly url: string; readonly raw: boolean }
  /** Flag PT: as if this path had been asked for. */
  | { readonly kind: "path"; readonly path: string }
  /** A file of the server: ProxyPass is not asked any more. */
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "redirect"; readonly status: number; readonly location: string }
  | { readonly kind: "status"; readonly status: number };

/** In front of the URL that ProxyPass made, where the rules of a section see it. */
export const PROXIED = "proxy:";

const UNTOUCHED: RewriteOutcome = { kind: "untouched" };
/** httpd: 2 × LimitRequestLine, and REWRITE_MAX_ROUNDS of mod_rewrite.c. */
const LONGEST = 2 * 8190;

/** A rule made ready. */
class ReadyRule {
  readonly config: RewriteRuleConfig;
  readonly pattern: RegExp;
  readonly conditions: readonly ReadyCondition[];
  readonly output: Expansion | null;
  readonly environment: readonly Expansion[];
  readonly cookies: readonly Expansion[];

  constructor(config: RewriteRuleConfig) {
    this.config = config;
    // The reader has passed over every rule whose pattern lbsim can't read.
    this.pattern = patternOf(config.pattern, config.ignoreCase ? "i" : "") as RegExp;
    this.conditions = config.conditions.map((condition) => new ReadyCondition(condition));
    this.output = config.output === null ? null : new Expansion(config.output);
    this.environment = config.environment.map((text) => new Expansion(text));
    this.cookies = config.cookies.map((text) => new Expansion(text));
  }

  matches(request: RewriteRequest): boolean {
    const { negated } = this.config;
    const found = this.pattern.exec(subjectOf(request));
    if ((found !== null) === negated) return false;
    request.groups.rule = found;
    request.groups.condition = null;
    return this.conditionsHold(request);
  }

  private conditionsHold(request: RewriteRequest): boolean {
    const { conditions } = this;
    for (let i = 0; i < conditions.length; i++) {
      const condition = conditions[i] as ReadyCondition;
      const holds = condition.holds(request);
      if (!condition.orNext) {
        if (!holds) return false;
      } else if (holds) {
        // The rest of the chain of OR is not looked at.
        while (conditions[i]?.orNext === true) i++;
      }
    }
    return true;
  }
}

/** What patterns see: in a section a file name without the section's path (apply_rewrite_rule). */
function subjectOf({ filename, directory }: RewriteRequest): string {
  if (directory === null || filename.startsWith(PROXIED) || !filename.startsWith(directory)) return filename;
  return filename.slice(directory.length);
}

/** What a rule that matched did. */
const Effect = { NOTHING: 0, CHANGED: 1, ANSWERED: 2 } as const;

/**
 * The rules of a server on one request (httpd: hook_uri2file, apply_rewrite_list and apply_rewrite_rule of mod_rewrite.c,
 * 2.4.x). They come before ProxyPass, whatever stands first in the file.
 */
export class RewriteEngine {
  private readonly rules: readonly ReadyRule[];

  constructor(rules: readonly RewriteRuleConfig[]) {
    this.rules = rules.map((rule) => new ReadyRule(rule));
  }

  apply(request: RewriteRequest): RewriteOutcome {
    const args = request.args;
    const last = this.run(request);
    if (last === null) return UNTOUCHED;
    if ("status" in last) return isTorn(request) ? { kind: "status", status: 403 } : last;
    return outcomeOf(request, last, args);
  }

  /** Null: nothing changed. Else how the last change wants to be understood, or the answer. */
  private run(request: RewriteRequest): Change | Extract<RewriteOutcome, { kind: "status" }> | null {
    let change: Change | null = null;
    const { rules } = this;
    let round = 1;
    for (let i = 0; i < rules.length; i++) {
      const rule = rules[i] as ReadyRule;
      const { config } = rule;
      if (!rule.matches(request)) {
        while (rules[i]?.config.chain === true) i++;
        continue;
      }
      const made: Change = { proxy: false, noEscape: config.noEscape, passThrough: false, redirect: 0 };
      const effect = carryOut(request, rule, made);
      if (request.filename.length > LONGEST) return { kind: "status", status: 500 };
      if (effect === Effect.ANSWERED) return { kind: "status", status: 403 };
      if (config.status > 0) return { kind: "status", status: config.status };
      if (effect === Effect.CHANGED) change = made;
      if (config.passThrough) {
        return { proxy: false, noEscape: false, redirect: change?.redirect ?? 0, passThrough: true };
      }
      if (config.proxy || config.last) break;
      if (config.rounds > 0) {
        if (++round >= config.rounds) return { kind: "status", status: 500 };
        i = -1;
      } else i += config.skip;
    }
    return change;
  }
}

/** How the changed file name wants to be understood. */
interface Change {
  proxy: boolean;
  noEscape: boolean;
  passThrough: boolean;
  redirect: number;
}

function carryOut(request: RewriteRequest, rule: ReadyRule, change: Change): number {
  const { config, output } = rule;
  const target = output?.expandTarget(request, config.escape, config.query.last) ?? null;
  if (target?.unsafeQuery === true && !config.allowsQuestionMark) return Effect.ANSWERED;
  for (const variable of rule.environment) setVariable(request, variable.expand(request));
  for (const cookie of rule.cookies) request.addCookie(cookie.expand(request));
  if (target === null) return Effect.NOTHING;
  substitute(request, config, target.text, change);
  return Effect.CHANGED;
}

function setVariable(request: RewriteRequest, text: string): void {
  if (text.startsWith("!")) {
    request.setVariable(text.slice(1), null);
    return;
  }
  const colon = text.indexOf(":");
  if (colon < 0) request.setVariable(text, "");
  else request.setVariable(text.slice(0, colon), text.slice(colon + 1));
}

function substitute(request: RewriteRequest, config: RewriteRuleConfig, text: string, change: Change): void {
  const leaves = config.proxy || config.redirect > 0;
  const prefixed = !leaves && !text.startsWith("/") && schemeLength(text) === 0;
  request.filename = prefixed ? `/${text}` : text;
  splitQuery(request, config.query);
  if (leaves) {
    qualify(request);
    change.proxy = config.proxy;
    if (!config.proxy) change.redirect = config.redirect;
    return;
  }
  reduce(request);
  if (schemeLength(request.filename) > 0) {
    change.redirect = 302;
    return;
  }
  if (config.keepsSlashes || prefixed || config.output?.startsWith("//") === true) return;
  request.filename = request.filename.replace(/^\/+(?=\/)/, "");
}

/** fully_qualify_uri. */
function qualify(request: RewriteRequest): void {
  const { filename } = request;
  if (schemeLength(filename) > 0) return;
  request.filename = request.ownOrigin + (filename.startsWith("/") ? "" : "/") + filename;
}

/** reduce_uri: a URL of the server itself is a path again. */
function reduce(request: RewriteRequest): void {
  const found = /^([a-z]+):\/\/([^/:]*)(?::([^/]*))?(\/.*)?$/is.exec(request.filename);
  if (found === null || found[1]?.toLowerCase() !== request.scheme) return;
  const own = request.scheme === "https" ? 443 : 80;
  const port = found[3] === undefined ? own : Number.parseInt(found[3], 10) || 0;
  if (request.isOwn(found[2] as string, port)) request.filename = found[4] ?? "/";
}

/** A blank in the query of a path: that is refused before anything else is answered. */
function isTorn({ filename, args }: RewriteRequest): boolean {
  return args !== null && schemeLength(filename) === 0 && hasRawBlank(args);
}

/** The end of hook_uri2file. */
function outcomeOf(request: RewriteRequest, change: Change, argsBefore: string | null): RewriteOutcome {
  const { filename, args } = request;
  const absolute = !change.proxy && !change.passThrough && schemeLength(filename) > 0;
  if (args !== null && !(absolute && !change.noEscape) && hasRawBlank(args)) return { kind: "status", status: 403 };
  if (change.proxy) {
    const url = change.noEscape && args !== null ? `${filename}?${args}` : filename;
    return { kind: "proxy", url, raw: change.noEscape };
  }
  if (absolute) {
    const url = change.noEscape ? filename : escapeAbsolute(filename);
    const query = args === null ? "" : `?${change.noEscape || args === argsBefore ? args : escapeUri(args)}`;
    const status = change.redirect >= 300 && change.redirect < 400 ? change.redirect : 302;
    return { kind: "redirect", status, location: url + query };
  }
  if (change.passThrough) return { kind: "path", path: filename };
  return filename.startsWith("/") ? { kind: "file", path: filename } : { kind: "status", status: 400 };
}
