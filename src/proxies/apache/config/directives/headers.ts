import { expressionError, isUnterminated, UNTERMINATED } from "../../expression.ts";
import { isBadPattern, patternOf } from "../../pattern.ts";
import type { HeaderRule } from "../apache-config.ts";
import { nodePosition } from "../directive-node.ts";
import { readWord, type Word } from "../words.ts";
import { type Call, type HandlerTable, passOver, refuse } from "./call.ts";

const ACTIONS = ["add", "set", "setifempty", "append", "merge", "unset", "echo", "note", "edit", "edit*"] as const;
const BAD_ACTION =
  "first argument must be 'add', 'set', 'setifempty', 'append', 'merge', 'unset', 'echo', 'note', 'edit', or 'edit*'.";
/** Letters of mod_headers' %-sequences. */
const FORMATS = "DtesilbT%";

interface HeaderArguments {
  readonly always: boolean;
  readonly action: HeaderRule["action"];
  readonly name: string;
  readonly value: Word | null;
  readonly replacement: Word | null;
  readonly clause: Word | null;
}

/** Header and RequestHeader, cut and checked in mod_headers' order. */
function header(call: Call): void {
  const isRequest = call.known.name === "RequestHeader";
  const args = splitArguments(call, isRequest);
  if (isRequest && args.action === "echo") refuse(call, "Header echo only valid on Header directives");
  if (isRequest && args.action === "note") refuse(call, "RequestHeader does not support the 'note' action");
  const { condition, isEarly } = conditionOf(call, args.clause);
  checkFormats(call, args);
  if (args.action === "echo" && isBadPattern(args.name)) refuse(call, "Header echo regex could not be compiled");
  const rule: HeaderRule = {
    where: isRequest ? "request" : "response",
    always: args.always,
    action: args.action,
    name: args.name.replace(/:.*$/s, ""),
    value: args.value?.text ?? "",
    replacement: args.replacement?.text ?? "",
    condition,
    guards: call.context.section?.guards ?? [],
    position: nodePosition(call.node),
  };
  const { kind, reach, section, server } = call.context;
  const isUnreadable =
    (condition?.kind === "expr" && expressionError(condition.source) !== null) ||
    (args.action.startsWith("edit") && patternOf(rule.value, "") === null);
  if (isEarly || isUnreadable || (section === null && reach === "part")) passOver(call, "unmodelled");
  else if (section === null && kind === "location") server.rootHeaders.push(rule);
  else (section ?? server).headers.push(rule);
}

function splitArguments(call: Call, isRequest: boolean): HeaderArguments {
  const { args } = call.node;
  let at = 0;
  const take = (): Word => {
    const { word, next } = readWord(args, at);
    at = next;
    return word;
  };
  const takeMore = (): Word | null => (at < args.length ? take() : null);
  let verb = take();
  let always = false;
  const table = verb.text.toLowerCase();
  if (!isRequest && (table === "always" || table === "onsuccess")) {
    always = table === "always";
    verb = take();
  }
  const name = take();
  const [value, fourth, fifth] = [takeMore(), takeMore(), takeMore()];
  if (at < args.length) refuse(call, `${call.known.name} has too many arguments`, take());
  const action = ACTIONS.find((known) => known === verb.text.toLowerCase());
  if (action === undefined) refuse(call, BAD_ACTION, verb);
  return { always, action, name: name.text, ...roles(call, action, value, fourth, fifth) };
}

/** Which of the words behind the name is value, replacement and condition. */
function roles(
  call: Call,
  action: HeaderRule["action"],
  value: Word | null,
  fourth: Word | null,
  fifth: Word | null,
): Pick<HeaderArguments, "value" | "replacement" | "clause"> {
  if (action === "edit" || action === "edit*") {
    if (fourth === null || value === null) refuse(call, "Header edit requires a match and a substitution");
    if (isBadPattern(value.text)) refuse(call, "Header edit regex could not be compiled", value);
    return { value, replacement: fourth, clause: fifth };
  }
  if (fifth !== null) refuse(call, "Too many arguments to directive", fourth?.text.startsWith("#") ? fourth : fifth);
  if (action === "unset" || action === "echo") {
    if (value !== null && fourth !== null)
      refuse(call, `${action === "unset" ? "header unset" : "Header echo"} takes two arguments`);
    return { value: null, replacement: null, clause: value };
  }
  if (value === null) refuse(call, "Header requires three arguments");
  return { value, replacement: null, clause: fourth };
}

function conditionOf(call: Call, clause: Word | null): { condition: HeaderRule["condition"]; isEarly: boolean } {
  if (clause === null) return { condition: null, isEarly: false };
  const lower = clause.text.toLowerCase();
  if (lower === "early") return { condition: null, isEarly: true };
  if (lower.startsWith("expr=")) {
    const source = clause.text.slice(5);
    const error = expressionError(source);
    if (error !== null && error.httpd !== null)
      refuse(call, `Can't parse envclause/expression: ${error.httpd}`, clause);
    return { condition: { kind: "expr", source }, isEarly: false };
  }
  if (!lower.startsWith("env=")) refuse(call, `Unknown parameter: ${clause.text}`, clause);
  const negated = clause.text[4] === "!";
  const name = clause.text.slice(negated ? 5 : 4);
  if (name === "") {
    const text = "error: missing environment variable name. envclause should be in the form env=envar ";
    refuse(call, text, clause);
  }
  return { condition: { kind: "env", name, negated }, isEarly: false };
}

function checkFormats(call: Call, args: HeaderArguments): void {
  const text = args.action === "edit" || args.action === "edit*" ? args.replacement : args.value;
  if (text?.text.startsWith("expr=") === true && isUnterminated(text.text)) {
    refuse(call, `Can't parse value expression : ${UNTERMINATED}`, text);
  }
  if (text === null || args.action === "echo" || text.text.startsWith("expr=")) return;
  for (const match of text.text.matchAll(/%(\{[^}]*\}?)?(.|$)/gs)) {
    const letter = match[2] ?? "";
    const atEnd = letter === "" && match[1] === undefined;
    if (!atEnd && (letter === "" || !FORMATS.includes(letter))) {
      refuse(call, `Unrecognized header format %${letter}`, text);
    }
  }
}

export const HEADERS: HandlerTable = [
  ["header", header],
  ["requestheader", header],
];
