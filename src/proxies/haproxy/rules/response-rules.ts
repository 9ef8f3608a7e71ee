import type { Header, ResponseHead } from "../../../contract/http-message.ts";
import { Text } from "../../../contract/text.ts";
import type { AnswerAction, HttpRule, RedirectAction } from "../config/http-rule.ts";
import { holds } from "../samples/condition.ts";
import { type ProxyFigures, sampleValue } from "../samples/fetch.ts";
import { formatText } from "../samples/format-text.ts";
import type { Stream } from "../stream.ts";
import { changeHeaders, isHeaderAction } from "./header-changes.ts";

/** What ends the evaluation with an answer of the proxy in place of the server's. */
export type ResponseVerdict = AnswerAction | RedirectAction;

export function isVerdict(out: ResponseHead | ResponseVerdict): out is ResponseVerdict {
  return "kind" in out;
}

/** `http-response` and `http-after-response` rules; answers the changed head, or the rule that replaces it (2.6.12). */
export function applyResponseRules(
  rules: readonly HttpRule[],
  stream: Stream,
  head: ResponseHead,
  figures: ProxyFigures,
): ResponseHead | ResponseVerdict {
  if (rules.length === 0) return head;
  let out = head;
  for (const { action, condition } of rules) {
    stream.response = out;
    if (!holds(condition, stream, figures)) continue;
    if (action.kind === "allow") break;
    if (action.kind === "deny" || action.kind === "return" || action.kind === "redirect") return action;
    if (action.kind === "set-status") out = { ...out, status: action.status, reason: action.reason ?? out.reason };
    else if (action.kind === "set-var") stream.variables.set(action.name, sampleValue(action.sample, stream, figures));
    else if (isHeaderAction(action))
      out = fromLines(
        out,
        changeHeaders(linesOf(out), action, (format) => formatText(format, stream, figures)),
      );
  }
  return out;
}

function linesOf(head: ResponseHead): readonly Header[] {
  return [
    ...head.headers,
    ...head.setCookies.map(({ text }) => ({ name: "Set-Cookie", value: text })),
    ...(head.location === null ? [] : [{ name: "Location", value: head.location.text }]),
  ];
}

function fromLines(head: ResponseHead, lines: readonly Header[]): ResponseHead {
  const named = (wanted: string): readonly Header[] => lines.filter(({ name }) => name.toLowerCase() === wanted);
  const location = named("location")[0]?.value;
  return {
    ...head,
    headers: lines.filter(({ name }) => !/^(set-cookie|location)$/i.test(name)),
    setCookies: named("set-cookie").map(
      ({ value }) => head.setCookies.find(({ text }) => text === value) ?? new Text(value),
    ),
    location: location === undefined ? null : location === head.location?.text ? head.location : new Text(location),
  };
}
