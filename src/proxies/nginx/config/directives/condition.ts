import type { Call } from "../call.ts";
import { refuse } from "../conf-error.ts";
import type { Condition } from "../location-config.ts";

/** The condition of an `if`. Source: ngx_http_rewrite_if_condition, nginx 1.22.1. */
export function readCondition(call: Call): Condition {
  const { reader, node } = call;
  const words = withoutParentheses(call);
  const [first = "", operator, operand] = words;
  const invalid = () => refuse(node, `invalid condition "${first}"`, 1);
  if (first.length > 1 && first.startsWith("$")) {
    if (words.length !== 1 && words.length !== 3) throw invalid();
    const value = reader.template(first, node, 1);
    if (operator === undefined || operand === undefined) return { kind: "variable", value };
    if (operator === "=" || operator === "!=") {
      return { kind: "equal", value, to: reader.template(operand, node), negated: operator === "!=" };
    }
    if (/^!?~\*?$/.test(operator)) {
      const regex = reader.regex(operand, operator.endsWith("*"), node);
      return { kind: "regex", value, regex, negated: operator.startsWith("!") };
    }
    throw refuse(node, `unexpected "${operator}" in condition`);
  }
  if (!/^!?-.$/.test(first) || words.length !== 2) throw invalid();
  reader.template(operator ?? "", node);
  if (!/^!?-[fdex]$/.test(first)) throw invalid();
  return { kind: "file", negated: first.startsWith("!") };
}

function withoutParentheses({ node, args }: Call): readonly string[] {
  const words = [...args];
  const [first = ""] = words;
  if (!first.startsWith("(")) throw refuse(node, `invalid condition "${first}"`, 1);
  words[0] = first.slice(1);
  const last = words.at(-1) ?? "";
  if (!last.endsWith(")")) throw refuse(node, `invalid condition "${last}"`, args.length);
  words[words.length - 1] = last.slice(0, -1);
  if (words[0] === "" && words.length > 1) words.shift();
  if (words.at(-1) === "" && words.length > 1) words.pop();
  return words;
}
