import { parsePatterns } from "../acl-patterns.ts";
import type { Args } from "../args.ts";
import type { AnswerAction, HttpAction, RedirectAction } from "../http-rule.ts";
import { leadingInteger } from "../number-values.ts";
import { Fault } from "../report.ts";
import type { FormatString, MatchMethod } from "../sample-expression.ts";
import { parseFormat, parseSample } from "../sample-parser.ts";

/** An action and the word behind it. */
export interface ReadAction {
  readonly action: HttpAction;
  readonly next: number;
}

const SCOPES = ["proc", "sess", "txn", "req", "res", "check"];
const REDIRECT_CODES = [301, 302, 303, 307, 308];

/** Statuses that HAProxy has pages for (src/http.c, http_err_codes). */
export const ERROR_STATUSES = [
  200, 400, 401, 403, 404, 405, 407, 408, 410, 413, 421, 422, 425, 429, 500, 501, 502, 503, 504,
];

/**
 * Reads the action that begins at word `i`; null for those that are passed over. Throws `Fault` with HAProxy's words.
 * Source: HAProxy 2.6.12 src/http_act.c and src/http_rules.c.
 */
export function readAction(args: Args, i: number, isResponse: boolean): ReadAction | null {
  const word = args.at(i);
  const [, name = word, inside = ""] = /^([\w-]+)\((.*)\)$/.exec(word) ?? [];
  switch (name) {
    case "allow":
    case "reject":
    case "disable-l7-retry":
      return { action: { kind: name }, next: i + 1 };
    case "auth": {
      const hasRealm = args.at(i + 1) === "realm";
      if (hasRealm && args.at(i + 2) === "") throw new Fault("missing realm value.");
      return { action: { kind: name, realm: hasRealm ? args.at(i + 2) : "" }, next: i + (hasRealm ? 3 : 1) };
    }
    case "set-header":
    case "add-header":
      need(args, i, 2, "expects exactly 2 arguments");
      return { action: { kind: name, name: args.at(i + 1), value: format(args, i + 2) }, next: i + 3 };
    case "replace-header":
    case "replace-value":
      need(args, i, 3, "expects exactly 3 arguments");
      parsePatterns("reg", [args.at(i + 2)]);
      return {
        action: { kind: name, name: args.at(i + 1), regex: args.at(i + 2), value: format(args, i + 3) },
        next: i + 4,
      };
    case "replace-path":
    case "replace-pathq":
    case "replace-uri":
      need(args, i, 2, "expects exactly 2 arguments <match-regex> and <replace-format>");
      parsePatterns("reg", [args.at(i + 1)]);
      return { action: { kind: name, regex: args.at(i + 1), value: format(args, i + 2) }, next: i + 3 };
    case "set-path":
    case "set-pathq":
    case "set-query":
    case "set-uri":
    case "set-method":
      need(args, i, 1, "expects exactly 1 argument <format>");
      if (!["", "if", "unless"].includes(args.at(i + 2))) throw new Fault("expects exactly 1 argument <format>");
      return { action: { kind: name, value: format(args, i + 1) }, next: i + 2 };
    case "del-header":
      return readDelete(args, i);
    case "return":
    case "deny":
    case "tarpit":
      return readAnswer(args, i, name, isResponse);
    case "redirect":
      return readRedirect(args, i + 1);
    case "set-status":
      return readStatus(args, i);
    case "set-src":
      need(args, i, 1, "missing arguments");
      return { action: { kind: name, sample: parseSample(args.at(i + 1)) }, next: i + 2 };
    case "set-var":
    case "set-var-fmt":
    case "unset-var":
      return readVariable(args, i, name, inside);
    default:
      return null;
  }
}

function need(args: Args, i: number, count: number, says: string): void {
  if (args.at(i + count) === "") throw new Fault(says);
}

function format(args: Args, i: number): FormatString {
  try {
    return parseFormat(args.at(i));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.message.startsWith("missing ']'")) throw error;
    const expression = /%(?:\{[^}]*\})?\[(.*)$/.exec(args.at(i))?.[1] ?? "";
    throw new Fault(`failed to parse sample expression <${expression}> : ${error.message}`);
  }
}

function readDelete(args: Args, i: number): ReadAction {
  need(args, i, 1, "expects at least 1 argument");
  const hasMethod = args.at(i + 2) === "-m";
  const method = hasMethod ? args.at(i + 3) : "str";
  if (!["str", "beg", "end", "sub", "reg"].includes(method)) {
    throw new Fault(`-m with unsupported matching method '${method}'`);
  }
  const action = { kind: "del-header", name: args.at(i + 1), match: method as MatchMethod } as const;
  return { action, next: i + (hasMethod ? 4 : 2) };
}

function readStatus(args: Args, i: number): ReadAction {
  need(args, i, 1, "expects 1 argument: <status>; or 3 arguments: <status> reason <fmt>");
  const status = leadingInteger(args.at(i + 1));
  if (status < 100 || status > 999) throw new Fault("expects an integer status code between 100 and 999");
  const hasReason = args.at(i + 2) === "reason";
  const reason = hasReason ? args.at(i + 3) : null;
  return { action: { kind: "set-status", status, reason }, next: i + (hasReason ? 4 : 2) };
}

function readVariable(args: Args, i: number, kind: "set-var" | "set-var-fmt" | "unset-var", name: string): ReadAction {
  const variable = name.split(",")[0] ?? "";
  const scope = variable.split(".")[0] ?? "";
  if (!variable.includes(".") || !SCOPES.includes(scope)) {
    throw new Fault(
      `invalid variable name '${variable}'. A variable name must be start by its scope. The scope can be 'proc', 'sess', 'txn', 'req', 'res' or 'check'`,
    );
  }
  if (kind === "unset-var") return { action: { kind, name: variable }, next: i + 1 };
  need(args, i, 1, "missing fetch method");
  if (kind === "set-var-fmt") return { action: { kind, name: variable, value: format(args, i + 1) }, next: i + 2 };
  return { action: { kind, name: variable, sample: parseSample(args.at(i + 1)) }, next: i + 2 };
}

function readAnswer(args: Args, from: number, kind: AnswerAction["kind"], isResponse: boolean): ReadAction {
  let status = { return: 200, deny: isResponse ? 502 : 403, tarpit: 500 }[kind];
  // Without more words than a status, deny and tarpit answer with the page of that status (src/http_act.c, parse_http_deny).
  const end = args.at(from + 1) === "deny_status" ? from + 3 : from + 1;
  const takesPage = kind !== "return" && ["", "if", "unless"].includes(args.at(end));
  let contentType: string | null = null;
  let body: FormatString | null = null;
  const headers: { name: string; value: FormatString }[] = [];
  let i = from + 1;
  for (; args.at(i) !== "" && args.at(i) !== "if" && args.at(i) !== "unless"; ) {
    const word = args.at(i);
    const value = args.at(i + 1);
    if (word === "status" || (word === "deny_status" && kind !== "return")) {
      if (value === "") throw new Fault("'status' expects <status_code> as argument");
      status = leadingInteger(value);
      if (status < 200 || status > 599) throw new Fault(`Unexpected status code '${status}'`);
    } else if (word === "content-type") contentType = value;
    else if (word === "string" || word === "lf-string") {
      body = word === "string" ? [{ kind: "text", text: value }] : format(args, i + 1);
    } else if (word === "hdr") {
      headers.push({ name: value, value: format(args, i + 2) });
      i++;
    } else if (word === "default-errorfiles") {
      i++;
      continue;
    } else if (!["errorfile", "errorfiles", "file", "lf-file"].includes(word)) break;
    i += 2;
  }
  if (takesPage && !ERROR_STATUSES.includes(status))
    throw new Fault(`status code '${status}' not handled by default with 'default-errorfiles' argument.`);
  if (kind === "return" && body !== null && contentType === null) {
    throw new Fault("a content type must be defined when non-empty payload is configured");
  }
  return { action: { kind, status, contentType, body, headers }, next: i };
}

/** `location|prefix|scheme TO …` from word `from`; also the `redirect` line's. */
export function readRedirect(args: Args, from: number): { readonly action: RedirectAction; readonly next: number } {
  let how: RedirectAction["how"] | null = null;
  let to: FormatString = [];
  const draft = {
    code: 302,
    dropQuery: false,
    appendSlash: false,
    ignoreEmpty: false,
    setCookie: null as string | null,
  };
  let i = from;
  for (; args.at(i) !== "" && args.at(i) !== "if" && args.at(i) !== "unless"; i++) {
    const word = args.at(i);
    const value = args.at(i + 1);
    if (["location", "prefix", "scheme", "set-cookie", "clear-cookie", "code"].includes(word) && value === "") {
      throw new Fault(`missing argument for '${word}'`);
    }
    if (word === "location" || word === "prefix" || word === "scheme") {
      how = word;
      to = format(args, ++i);
    } else if (word === "code") {
      draft.code = leadingInteger(args.at(++i));
      if (!REDIRECT_CODES.includes(draft.code)) {
        throw new Fault(`'code': unsupported HTTP code '${value}' (must be one of 301, 302, 303, 307 or 308)`);
      }
    } else if (word === "set-cookie") {
      draft.setCookie = `${args.at(++i)}; path=/;`;
    } else if (word === "clear-cookie") {
      draft.setCookie = `${args.at(++i)}; path=/; Max-Age=0;`;
    } else if (word === "drop-query") draft.dropQuery = true;
    else if (word === "append-slash") draft.appendSlash = true;
    else if (word === "ignore-empty") draft.ignoreEmpty = true;
    else {
      throw new Fault(
        `expects 'code', 'prefix', 'location', 'scheme', 'set-cookie', 'clear-cookie', 'drop-query', 'ignore-empty' or 'append-slash' (was '${word}')`,
      );
    }
  }
  if (how === null) throw new Fault("redirection type expected ('prefix', 'location', or 'scheme')");
  return { action: { kind: "redirect", how, to, ...draft }, next: i };
}
