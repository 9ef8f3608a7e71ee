import type { Args } from "../args.ts";
import { type ProxyDraft, typeWord } from "../drafts.ts";
import type { HttpAction, HttpRule } from "../http-rule.ts";
import type { Reader } from "../reader.ts";
import { Fault } from "../report.ts";
import { RULE_ACTIONS, UNMODELLED_ACTIONS } from "../rule-actions.ts";
import type { Condition } from "../sample-expression.ts";
import type { Keyword } from "./keyword.ts";
import { attempt, refuseInDefaults, ruleWhere, warnIncompatible } from "./routing.ts";
import { readAction, readRedirect } from "./rule-words.ts";

type RuleKeyword = keyof typeof RULE_ACTIONS;

const FINAL: ReadonlySet<string> = new Set(["allow", "deny", "reject", "return", "tarpit", "redirect", "auth"]);

export const httpRequest: Keyword = (reader, args, proxy) => {
  const rule = readRule(reader, args, proxy, "http-request");
  warnOrder(reader, args, proxy, ["redirect", "use_backend", "use-server"]);
  proxy.order.add("http-request");
  if (rule === null) return;
  warnIncompatible(reader, args, rule.condition, "request", ruleWhere(proxy, "http-request header rule"));
  if (rule.action !== null) proxy.requestRules.push({ ...rule, action: rule.action });
};

export const httpResponse: Keyword = (reader, args, proxy) => {
  const rule = readRule(reader, args, proxy, "http-response");
  if (rule !== null)
    warnIncompatible(reader, args, rule.condition, "response", ruleWhere(proxy, "http-response header rule"));
  if (rule !== null && rule.action !== null) proxy.responseRules.push({ ...rule, action: rule.action });
};

export const httpAfterResponse: Keyword = (reader, args, proxy) => {
  const rule = readRule(reader, args, proxy, "http-after-response");
  if (rule !== null && rule.action !== null) proxy.afterResponseRules.push({ ...rule, action: rule.action });
};

/** `redirect …`: evaluated after the http-request rules, wherever it stands. */
export const redirect: Keyword = (reader, args, proxy) => {
  if (refuseInDefaults(reader, args, proxy)) return;
  const says = `error detected in ${typeWord(proxy)} '${proxy.name}' while parsing redirect rule : `;
  attempt(reader, args, says, () => {
    const { action, next } = readRedirect(args, 1);
    const condition = args.at(next) === "" ? null : reader.condition(args, next, proxy);
    warnOrder(reader, args, proxy, ["use_backend", "use-server"]);
    proxy.order.add("redirect");
    proxy.redirects.push({ action, condition, position: args.span(0) });
  });
};

interface ReadRule extends Omit<HttpRule, "action"> {
  /** Null = passed over. */
  readonly action: HttpAction | null;
}

function readRule(reader: Reader, args: Args, proxy: ProxyDraft, keyword: RuleKeyword): ReadRule | null {
  if (proxy.kind === "defaults" && proxy.name === "") {
    reader.alert(args, `'${keyword}' not allowed in anonymous 'defaults' section.`);
    return null;
  }
  if (proxy.finalRule.has(keyword)) {
    reader.report.warn(
      `parsing [${args.here}]: previous '${keyword}' action is final and has no condition attached, further entries are NOOP.`,
      args.position(),
    );
  }
  const word = args.at(1);
  const name = /^[\w-]+/.exec(word)?.[0] ?? "";
  if (!isKnown(word, RULE_ACTIONS[keyword])) {
    const list = RULE_ACTIONS[keyword].map((each) => `'${each}'`).join(", ");
    reader.report.abort(
      `parsing [${args.here}]: '${keyword}' expects ${list}, but got '${word}'${word === "" ? " (missing argument)" : ""}.`,
      args.position(1),
    );
  }
  const read = actionOf(reader, args, proxy, keyword, word);
  const from = read?.next ?? conditionFrom(args);
  const condition = ruleCondition(reader, args, proxy, `${keyword} ${word}`, from);
  if (read === null) {
    const kind = UNMODELLED_ACTIONS.has(name) ? "unmodelled" : "ignored";
    reader.passOver(kind, `${keyword} ${name}`, args.position(1));
  }
  if (condition === null && FINAL.has(name)) proxy.finalRule.add(keyword);
  else proxy.finalRule.delete(keyword);
  return { action: read?.action ?? null, condition, position: args.span(0) };
}

function isKnown(word: string, actions: readonly string[]): boolean {
  return (
    actions.some((each) => {
      if (!each.endsWith("(*)")) return each === word;
      const stem = each.slice(0, -3);
      return word.startsWith(`${stem}(`) || (stem === "track-sc" && /^track-sc\d+$/.test(word));
    }) || /^sc-(?:inc-gpc[01]?|set-gpt0?)\(/.test(word)
  );
}

function actionOf(reader: Reader, args: Args, proxy: ProxyDraft, keyword: RuleKeyword, word: string) {
  try {
    return readAction(args, 1, keyword !== "http-request");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return reader.report.abort(
      `parsing [${args.here}] : error detected in ${typeWord(proxy)} '${proxy.name}' while parsing '${keyword} ${word}' rule : ${error.message}.`,
      args.position(1),
    );
  }
}

function conditionFrom(args: Args): number {
  let i = 2;
  while (args.at(i) !== "" && args.at(i) !== "if" && args.at(i) !== "unless") i++;
  return i;
}

function ruleCondition(reader: Reader, args: Args, proxy: ProxyDraft, what: string, from: number): Condition | null {
  const word = args.at(from);
  if (word === "") return null;
  if (word !== "if" && word !== "unless") {
    reader.report.abort(
      `parsing [${args.here}]: '${what}' expects either 'if' or 'unless' followed by a condition but found '${word}'.`,
      args.position(from),
    );
  }
  try {
    return reader.condition(args, from, proxy);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return reader.report.abort(
      `parsing [${args.here}] : error detected while parsing an '${what}' condition : ${error.message}.`,
      args.position(from),
    );
  }
}

/** A rule that stands behind one that HAProxy evaluates later. */
function warnOrder(reader: Reader, args: Args, proxy: ProxyDraft, later: readonly string[]): void {
  const earlier = later.find((each) => proxy.order.has(each));
  if (earlier === undefined) return;
  reader.warn(args, `a '${args.keyword}' rule placed after a '${earlier}' rule will still be processed before.`);
}
