import { Fault } from "./report.ts";
import { SAMPLE_CONVERTERS } from "./sample-converters.ts";
import type { ConverterCall, FormatPart, FormatString, SampleExpression } from "./sample-expression.ts";
import { SAMPLE_FETCHES } from "./sample-fetches.ts";

/** Older spellings of fetches and what they are called now (manual 7.3.6). */
const PRESENT_NAMES: ReadonlyMap<string, string> = new Map([
  ["hdr", "req.hdr"],
  ["req.hdr", "req.hdr"],
  ["shdr", "res.hdr"],
  ["cook", "req.cook"],
  ["cookie", "req.cook"],
  ["scook", "res.cook"],
  ["set-cookie", "res.cook"],
  ["hdr_cnt", "req.hdr_cnt"],
  ["hdr_val", "req.hdr_val"],
  ["hdr_ip", "req.hdr_ip"],
  ["cook_cnt", "req.cook_cnt"],
  ["cook_val", "req.cook_val"],
  ["shdr_cnt", "res.hdr_cnt"],
  ["shdr_val", "res.hdr_val"],
  ["scook_cnt", "res.cook_cnt"],
  ["scook_val", "res.cook_val"],
  ["req_ver", "req.ver"],
  ["resp_ver", "res.ver"],
  ["urlp", "url_param"],
  ["req_len", "req.len"],
  ["req_proto_http", "req.proto_http"],
]);

interface Call {
  readonly name: string;
  readonly args: readonly string[];
  /** Behind the call. */
  readonly end: number;
}

/** Name and arguments at a place; a missing parenthesis is the caller's to tell. */
function callAt(text: string, from: number): Call | null {
  const name = /^[\w.+-]+/.exec(text.slice(from))?.[0] ?? "";
  let at = from + name.length;
  if (text[at] !== "(") return { name, args: [], end: at };
  const args: string[] = [];
  let arg = "";
  let quote = "";
  for (at++; at < text.length; at++) {
    const c = text[at] ?? "";
    if (quote !== "") {
      if (c === quote) quote = "";
      else arg += c;
    } else if (c === '"' || c === "'") quote = c;
    else if (c === "\\" && at + 1 < text.length) arg += text[++at] ?? "";
    else if (c === ",") {
      args.push(arg);
      arg = "";
    } else if (c === ")") return { name, args: arg === "" && args.length === 0 ? [] : [...args, arg], end: at + 1 };
    else arg += c;
  }
  return null;
}

/**
 * Reads a sample expression, throws `Fault` with HAProxy's words for what it can't be. `within` follows the words about
 * an unknown name (" in ACL expression '…'"). Source: HAProxy 2.6.12 src/sample.c, sample_parse_expr.
 */
export function parseSample(text: string, within = ""): SampleExpression {
  const rest = text;
  const fetchName = /^[\w.+-]+/.exec(rest)?.[0] ?? "";
  if (fetchName === "") throw new Fault(`missing fetch method${within}`);
  if (!SAMPLE_FETCHES.has(fetchName)) throw new Fault(`unknown fetch method '${fetchName}'${within}`);
  const call = callAt(rest, 0);
  if (call === null) throw new Fault(`fetch method '${fetchName}' : expected ')'`);
  const converters: ConverterCall[] = [];
  let at = call.end;
  while (at < rest.length) {
    if (rest[at] !== ",") throw new Fault(`missing comma after fetch keyword '${fetchName}'${within}`);
    const converter = callAt(rest, at + 1);
    const name = /^[\w.+-]+/.exec(rest.slice(at + 1))?.[0] ?? "";
    if (name === "" && at + 1 >= rest.length) break;
    if (!SAMPLE_CONVERTERS.has(name)) throw new Fault(`unknown converter '${name}'${within}`);
    if (converter === null) throw new Fault(`invalid args in converter '${name}' : expected ')'${within}`);
    converters.push({ name, args: converter.args });
    at = converter.end;
  }
  return { fetch: PRESENT_NAMES.get(fetchName) ?? fetchName, args: call.args, converters, text };
}

/** Reads a log-format string: text, `%[sample]`, `%var`, `%{options}var`; `%%` is a percent sign. */
export function parseFormat(text: string): FormatString {
  const parts: FormatPart[] = [];
  let plain = "";
  const put = (part: FormatPart): void => {
    if (plain !== "") parts.push({ kind: "text", text: plain });
    plain = "";
    parts.push(part);
  };
  for (let at = 0; at < text.length; ) {
    const next = text[at + 1] ?? "";
    const variable = /^%(?:\{[^}]*\})?([A-Za-z]+)/.exec(text.slice(at));
    const sample = /^%(?:\{[^}]*\})?\[/.exec(text.slice(at));
    if (text[at] !== "%") plain += text[at++];
    else if (next === "%") {
      plain += "%";
      at += 2;
    } else if (sample !== null) {
      const end = text.indexOf("]", at);
      if (end < 0) throw new Fault(`missing ']' after '${text.slice(at + sample[0].length)}'`);
      put({ kind: "sample", sample: parseSample(text.slice(at + sample[0].length, end)) });
      at = end + 1;
    } else if (variable !== null) {
      put({ kind: "variable", name: variable[1] ?? "" });
      at += variable[0].length;
    } else plain += text[at++];
  }
  if (plain !== "" || parts.length === 0) parts.push({ kind: "text", text: plain });
  return parts;
}

/** The text of a format without anything to fill in, or null. */
export function plainText(format: FormatString): string | null {
  return format.every((part) => part.kind === "text")
    ? format.map((part) => (part.kind === "text" ? part.text : "")).join("")
    : null;
}
