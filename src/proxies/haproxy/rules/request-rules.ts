import { Text } from "../../../contract/text.ts";
import type { AnswerAction, HttpAction, HttpRule, RedirectAction } from "../config/http-rule.ts";
import type { FormatString } from "../config/sample-expression.ts";
import { holds } from "../samples/condition.ts";
import { type ProxyFigures, sampleValue } from "../samples/fetch.ts";
import { formatText } from "../samples/format-text.ts";
import { exchangedText } from "../samples/pattern.ts";
import { sampleText } from "../samples/sample-value.ts";
import { pathOf, queryOf } from "../samples/url-parts.ts";
import type { Stream } from "../stream.ts";
import { changeHeaders, isHeaderAction } from "./header-changes.ts";

/** What ends the evaluation with an answer of the proxy; null = the request goes on. */
export type RuleVerdict =
  | { readonly kind: "reject" }
  | { readonly kind: "auth" }
  | RedirectAction
  | AnswerAction
  | null;

/** `http-request` rules in order, then `redirect` lines (src/http_ana.c, http_process_req_common, 2.6.12). */
export function applyRequestRules(
  rules: readonly HttpRule[],
  redirects: readonly HttpRule[],
  stream: Stream,
  figures: ProxyFigures,
): RuleVerdict {
  for (const { action, condition } of rules) {
    if (!holds(condition, stream, figures)) continue;
    if (action.kind === "allow") break;
    const verdict = verdictOf(action);
    if (verdict !== null) return verdict;
    changeRequest(action, stream, figures);
  }
  for (const { action, condition } of redirects)
    if (action.kind === "redirect" && holds(condition, stream, figures)) return action;
  return null;
}

function verdictOf(action: HttpAction): RuleVerdict {
  switch (action.kind) {
    case "reject":
      return { kind: "reject" };
    case "auth":
      return { kind: "auth" };
    case "redirect":
    case "return":
    case "deny":
    case "tarpit":
      return action;
    default:
      return null;
  }
}

function changeRequest(action: HttpAction, stream: Stream, figures: ProxyFigures): void {
  const text = (format: FormatString): string => formatText(format, stream, figures);
  if (isHeaderAction(action)) {
    const own = [{ name: "Host", value: stream.host.text }, ...stream.headers];
    const changed = changeHeaders(own, action, text);
    const host = changed.find(({ name }) => name.toLowerCase() === "host")?.value ?? "";
    if (host !== stream.host.text) stream.host = new Text(host);
    stream.headers = changed.filter(({ name }) => name.toLowerCase() !== "host");
    return;
  }
  switch (action.kind) {
    case "disable-l7-retry":
      stream.noL7Retry = true;
      break;
    case "set-var":
      stream.variables.set(action.name, sampleValue(action.sample, stream, figures));
      break;
    case "set-var-fmt":
      stream.variables.set(action.name, text(action.value));
      break;
    case "unset-var":
      stream.variables.delete(action.name);
      break;
    case "set-src":
      stream.source = sampleText(sampleValue(action.sample, stream, figures)) || stream.source;
      break;
    case "set-method":
      // Acls, cookies and retries go on with the method that came (txn->meth, src/http_act.c).
      stream.sentMethod = text(action.value);
      break;
    default:
      changeTarget(action, stream, text);
  }
}

function changeTarget(action: HttpAction, stream: Stream, text: (format: FormatString) => string): void {
  const { target } = stream;
  const path = pathOf(target.text);
  const query = queryOf(target.text);
  const withQuery = (newPath: string): string => (query === null ? newPath : `${newPath}?${query}`);
  const replaced = (of: string, regex: string, by: FormatString): string => exchangedText(of, regex, text(by));
  switch (action.kind) {
    case "set-path":
      stream.target = new Text(withQuery(text(action.value)));
      break;
    case "set-pathq":
    case "set-uri":
      stream.target = new Text(text(action.value));
      break;
    case "set-query":
      stream.target = new Text(`${path}?${text(action.value)}`);
      break;
    case "replace-path":
      stream.target = new Text(withQuery(replaced(path, action.regex, action.value)));
      break;
    case "replace-pathq":
    case "replace-uri":
      stream.target = new Text(replaced(target.text, action.regex, action.value));
      break;
    default:
  }
}
