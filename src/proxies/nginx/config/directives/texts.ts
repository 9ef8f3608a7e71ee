import type { Call, Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { parseNumber, parseTime } from "../unit-values.ts";

/** Arguments that may hold variables; from which one on. */
function templates(from: number): Handler {
  return ({ reader, node, args }) => {
    for (const [i, arg] of args.entries()) if (i >= from) reader.template(arg, node, i + 1);
    return undefined;
  };
}

/** A pattern ("~regex" or text with variables) and its replacement. */
function checkPattern({ reader, node, args }: Call): void {
  const [pattern = ""] = args;
  const isCaseless = pattern.startsWith("~*");
  if (pattern.startsWith("~")) reader.regex(pattern.slice(isCaseless ? 2 : 1), isCaseless, node, 1);
  else reader.template(pattern, node, 1);
}

/** Source: ngx_http_proxy_redirect, nginx 1.22.1. */
const redirect: Handler = (call) => {
  const { node, args, location, scope } = call;
  const earlier = scope.ownUses("proxy_redirect");
  const [first = ""] = args;
  if (earlier.some((use) => use.args[0] === "off" && use.args.length === 1)) return "is duplicate";
  if (args.length === 1 && first === "off") return earlier.length > 0 ? "is duplicate" : undefined;
  if (args.length === 1 && first !== "default") throw refuse(node, `invalid parameter "${first}"`, 1);
  if (args.length === 1) {
    const pass = location?.proxyPass ?? null;
    if (pass?.kind === "variable") {
      throw refuse(node, '"proxy_redirect default" cannot be used with "proxy_pass" directive with variables');
    }
    if (pass === null) throw refuse(node, '"proxy_redirect default" should be placed after the "proxy_pass" directive');
    return undefined;
  }
  checkPattern(call);
  call.reader.template(args[1] ?? "", node, 2);
  return undefined;
};

/** Source: ngx_http_proxy_cookie_domain and ngx_http_proxy_cookie_path, nginx 1.22.1. */
const cookieRewrite: Handler = (call) => {
  const { node, args } = call;
  if (args.length === 1 && args[0] !== "off") throw refuse(node, `invalid parameter "${args[0]}"`, 1);
  if (args.length === 1) return undefined;
  checkPattern(call);
  call.reader.template(args[1] ?? "", node, 2);
  return undefined;
};

/** Source: ngx_http_headers_add, nginx 1.22.1. */
const addHeader: Handler = ({ reader, node, args }) => {
  const [, value = "", always = "always"] = args;
  reader.template(value, node, 2);
  if (always !== "always") throw refuse(node, `invalid parameter "${always}"`, 3);
  return undefined;
};

/** Source: ngx_http_core_error_page, nginx 1.22.1. */
const errorPage: Handler = ({ reader, node, args }) => {
  const answer = args.length > 1 ? (args.at(-2) ?? "") : "";
  const overwrites = answer.startsWith("=");
  const isInvalid = overwrites && (args.length === 2 || (answer.length > 1 && parseNumber(answer.slice(1)) === null));
  if (isInvalid) throw refuse(node, `invalid value "${answer}"`, args.length - 1);
  reader.template(args.at(-1) ?? "", node, args.length);
  for (const [i, word] of args.slice(0, overwrites ? -2 : -1).entries()) {
    const status = parseNumber(word);
    if (status === null || status === 499) throw refuse(node, `invalid value "${word}"`, i + 1);
    if (status < 300 || status > 599) throw refuse(node, `value "${word}" must be between 300 and 599`, i + 1);
  }
  return undefined;
};

/** Source: ngx_http_core_keepalive, nginx 1.22.1. */
const keepaliveTimeout: Handler = ({ scope, args }) => {
  if (scope.has("keepalive_timeout")) return "is duplicate";
  const [timeout = "", header] = args;
  if (parseTime(timeout, false) === null) return "invalid value";
  return header !== undefined && parseTime(header, true) === null ? "invalid value" : undefined;
};

/** Source: ngx_http_try_files, nginx 1.22.1. */
const tryFiles: Handler = ({ reader, node, args, scope }) => {
  if (scope.has("try_files")) return "is duplicate";
  for (const [i, arg] of args.entries()) if (!arg.startsWith("=")) reader.template(arg, node, i + 1);
  const last = args.at(-1) ?? "";
  const code = last.startsWith("=") ? parseNumber(last.slice(1)) : 0;
  if (code === null || code > 999) throw refuse(node, `invalid code "${last}"`, args.length);
  return undefined;
};

const root: Handler = ({ reader, node, args, scope }) => {
  const name = node.words[0]?.text ?? "";
  if (scope.has(name)) return "is duplicate";
  const other = name === "root" ? "alias" : "root";
  if (scope.context === "L" && scope.has(other)) {
    return `is duplicate, "${other}" directive was specified earlier`;
  }
  reader.template(args[0] ?? "", node, 1);
  return undefined;
};

export const TEXTS: readonly (readonly [string, Handler])[] = [
  ["proxy_set_header", templates(1)],
  ["add_header", addHeader],
  ["add_trailer", addHeader],
  ["proxy_method", templates(0)],
  ["proxy_redirect", redirect],
  ["proxy_cookie_domain", cookieRewrite],
  ["proxy_cookie_path", cookieRewrite],
  ["proxy_cookie_flags", templates(0)],
  ["error_page", errorPage],
  ["keepalive_timeout", keepaliveTimeout],
  ["try_files", tryFiles],
  ["root", root],
  ["alias", root],
];
