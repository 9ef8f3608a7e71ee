import { expressionError } from "../../expression.ts";
import { patternOf } from "../../pattern.ts";
import { setEnvIf } from "../argument-checks/proxying.ts";
import { nodePosition } from "../directive-node.ts";
import type { EnvironmentRule } from "../request-config.ts";
import { readWords } from "../words.ts";
import { type Call, type HandlerTable, passOver, refuse } from "./call.ts";
import { policyOf } from "./policy-of.ts";

/** Variables that change how httpd talks to members or clients, and that lbsim does not follow. */
const ACTING = /^(?:proxy-|force-|downgrade-|nokeepalive$|no-gzip$|suppress-)/;

function conditional(call: Call): void {
  const complaint = setEnvIf(call);
  if (complaint !== null) refuse(call, complaint);
  const words = readWords(call.node.args).map(({ text }) => text);
  const isBrowser = call.known.name.startsWith("BrowserMatch");
  const attribute = isBrowser ? "User-Agent" : (words.shift() as string);
  const [pattern = "", ...sets] = words;
  keep(call, { attribute, pattern, ignoreCase: call.known.name.endsWith("NoCase"), sets: sets.map(setting) });
}

function byExpression(call: Call): void {
  const [source = "", ...sets] = readWords(call.node.args).map(({ text }) => text);
  const error = source === "" ? null : expressionError(source);
  if (source === "") refuse(call, "Missing expression for SetEnvIfExpr");
  if (error !== null && error.httpd !== null) refuse(call, `Could not parse expression "${source}": ${error.httpd}`);
  if (sets.length === 0) refuse(call, "Missing envariable expression for SetEnvIfExpr");
  if (error !== null) passOver(call, "unmodelled");
  else keep(call, { attribute: null, pattern: source, ignoreCase: false, sets: sets.map(setting) });
}

function setting(text: string): EnvironmentRule["sets"][number] {
  const equals = text.indexOf("=");
  if (equals > 0 && equals < text.length - 1) return { name: text.slice(0, equals), value: text.slice(equals + 1) };
  const name = text.replace(/=$/, "");
  return name.startsWith("!") ? { name: name.slice(1), value: null } : { name, value: "1" };
}

function keep(call: Call, rule: Omit<EnvironmentRule, "position">): void {
  const { attribute, pattern } = rule;
  const readable = attribute === null || (patternOf(pattern, "") !== null && patternOf(attribute, "") !== null);
  const lost = /^(?:remote_host|server_addr)$/i.test(attribute ?? "");
  if (!readable || lost) {
    passOver(call, "unmodelled");
    return;
  }
  const { sets } = rule;
  if (!call.known.name.startsWith("BrowserMatch") && sets.some(({ name }) => ACTING.test(name))) {
    passOver(call, "unmodelled");
  }
  policyOf(call)?.environment.push({ ...rule, position: nodePosition(call.node) });
}

/** SetEnv: a value for every request. */
function fixed(call: Call): void {
  const [name = "", value = ""] = call.words.map(({ text }) => text);
  if (call.words.length === 1 && name.includes("=")) {
    const [before, after] = name.split(/=(.*)/s, 2);
    const text = `Spurious usage of '=' in an environment variable name. 'SetEnv ${before} ${after}' expected instead?`;
    call.reader.warn(`[env:warn] AH10032: ${text}`, nodePosition(call.node));
  }
  if (name === "proxy-nokeepalive") {
    if (call.context.path === null) call.context.server.closesConnections = nodePosition(call.node);
    else passOver(call, "unmodelled");
    return;
  }
  if (ACTING.test(name)) passOver(call, "unmodelled");
  policyOf(call)?.fixed.set(name, value);
}

function unset(call: Call): void {
  const policy = policyOf(call);
  for (const { text } of call.words) policy?.fixed.delete(text);
}

export const ENVIRONMENT: HandlerTable = [
  ["setenvif", conditional],
  ["setenvifnocase", conditional],
  ["browsermatch", conditional],
  ["browsermatchnocase", conditional],
  ["setenvifexpr", byExpression],
  ["setenv", fixed],
  ["unsetenv", unset],
];
