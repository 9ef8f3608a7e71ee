import type { Call, Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { positionOf } from "../conf-node.ts";
import { parseNumber } from "../unit-values.ts";
import { newLocation } from "./blocks.ts";
import { readCondition } from "./condition.ts";

const REDIRECTS = /^(?:https?:\/\/|\$scheme)/;

/** Source: ngx_http_rewrite, nginx 1.22.1. */
const rewrite: Handler = ({ reader, node, args, location }) => {
  const [pattern = "", written = "", flag] = args;
  if (written === "") throw refuse(node, "empty replacement", 2);
  const regex = reader.regex(pattern, false, node, 1);
  const dropsArguments = written.endsWith("?");
  const isRedirect = REDIRECTS.test(written);
  if (flag !== undefined && !["last", "break", "redirect", "permanent"].includes(flag)) {
    throw refuse(node, `invalid parameter "${flag}"`, 3);
  }
  location?.steps.push({
    kind: "rewrite",
    regex,
    replacement: reader.template(dropsArguments ? written.slice(0, -1) : written, node, 2),
    status: flag === "permanent" ? 301 : flag === "redirect" || isRedirect ? 302 : 0,
    flag: flag === "last" || flag === "break" ? flag : null,
    dropsArguments,
    position: positionOf(node),
  });
  return undefined;
};

/** Source: ngx_http_rewrite_return, nginx 1.22.1. */
const returns: Handler = ({ reader, node, args, location }) => {
  const [first = "", text] = args;
  const code = parseNumber(first);
  const isUrl = code === null && text === undefined && REDIRECTS.test(first);
  if ((code === null && !isUrl) || (code !== null && code > 999)) {
    throw refuse(node, `invalid return code "${first}"`, 1);
  }
  const body = isUrl ? first : text;
  const template = body === undefined ? null : reader.template(body, node, isUrl ? 1 : 2);
  location?.steps.push({ kind: "return", status: code ?? 302, text: template, position: positionOf(node) });
  return undefined;
};

/** Source: ngx_http_rewrite_set, nginx 1.22.1. */
const set: Handler = ({ reader, node, args, location }) => {
  const [name = "", value = ""] = args;
  if (!name.startsWith("$")) throw refuse(node, `invalid variable name "${name}"`, 1);
  const variable = name.slice(1).toLowerCase();
  reader.draft.madeVariables.add(variable);
  location?.steps.push({
    kind: "set",
    name: variable,
    value: reader.template(value, node, 2),
    position: positionOf(node),
  });
  return undefined;
};

const breaks: Handler = ({ node, location }) => {
  location?.steps.push({ kind: "break", position: positionOf(node) });
  return undefined;
};

const ifBlock: Handler = (call: Call) => {
  const { node, location, scope } = call;
  const condition = readCondition(call);
  const inner = newLocation(call, scope.context === "S" ? "s" : "l", { kind: "root" }, location?.name ?? "");
  location?.steps.push({ kind: "if", condition, location: inner, position: positionOf(node) });
  call.walk(inner.scope, { location: inner });
  return undefined;
};

export const REWRITE: readonly (readonly [string, Handler])[] = [
  ["rewrite", rewrite],
  ["return", returns],
  ["set", set],
  ["break", breaks],
  ["if", ifBlock],
];
