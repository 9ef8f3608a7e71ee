import { expressionError } from "../../expression.ts";
import { applyHealthParameter } from "../health-parameters.ts";
import { atoi } from "../unit-values.ts";
import { readWord, readWords } from "../words.ts";
import { type Call, type HandlerTable, passOver, refuse } from "./call.ts";
import { asParameter } from "./proxy-parameters.ts";

/** ProxyHCExpr NAME {EXPRESSION}; one that lbsim can't read is kept as an empty text: checks go by the status then. */
function expression(call: Call): void {
  const { args } = call.node;
  const { word, next } = readWord(args, 0);
  if (word.text === "") refuse(call, "Missing expression name for ProxyHCExpr");
  const rest = args.slice(next);
  const text = rest.startsWith("{") && rest.endsWith("}") ? rest.slice(1, -1) : readWord(args, next).word.text;
  if (text === "") refuse(call, "Missing expression for ProxyHCExpr");
  const error = expressionError(text);
  if (error !== null && error.httpd !== null) refuse(call, `Could not parse expression "${text}": ${error.httpd}`);
  if (error !== null) passOver(call, "unmodelled");
  call.reader.draft.healthExpressions[word.text] = error === null ? text : "";
}

/** ProxyHCTemplate NAME key=value …: settings that members take with hctemplate=NAME. */
function template(call: Call): void {
  const { args } = call.node;
  const { word, next } = readWord(args, 0);
  const name = word.text;
  if (name === "") refuse(call, "Missing template name for ProxyHCTemplate");
  const settings = {};
  for (const part of readWords(args, next)) {
    const parameter = asParameter(part);
    if (parameter === null) {
      refuse(call, "Invalid ProxyHCTemplate parameter. Parameter must be in the form 'key=value'", part);
    }
    const { key, value } = parameter;
    const pings = call.reader.modules.has("proxy_ajp");
    const complaint = applyHealthParameter(call.reader.draft, pings, settings, key, value);
    if (complaint !== null) refuse(call, `ProxyHCTemplate: ${complaint} ${key}=${value}; ${name}`, part);
  }
  call.reader.draft.healthTemplates.set(name.toLowerCase(), settings);
}

function threads(call: Call): void {
  const threads = atoi(call.words[0]?.text ?? "");
  if (threads < 0) refuse(call, "Invalid ProxyHCTPsize parameter. Parameter must be >= 0");
  call.reader.draft.healthThreads = threads;
}

export const HEALTH_CHECKS: HandlerTable = [
  ["proxyhcexpr", expression],
  ["proxyhctemplate", template],
  ["proxyhctpsize", threads],
];
