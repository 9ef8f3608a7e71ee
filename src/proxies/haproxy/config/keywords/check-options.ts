import { parsePatterns } from "../acl-patterns.ts";
import type { Args } from "../args.ts";
import type { ProxyDraft } from "../drafts.ts";
import type { CheckExpect } from "../haproxy-config.ts";
import type { Reader } from "../reader.ts";
import { Fault } from "../report.ts";
import type { Keyword } from "./keyword.ts";

const PROTOCOL_CHECKS = [
  "ssl-hello-chk",
  "smtpchk",
  "pgsql-check",
  "redis-check",
  "mysql-check",
  "ldap-check",
  "spop-check",
  "external-check",
];

/** Options that choose how servers are checked; false when it is none. Source: HAProxy 2.6.12 src/tcpcheck.c. */
export function checkOption(reader: Reader, args: Args, proxy: ProxyDraft): boolean {
  const name = args.at(1);
  const { settings } = proxy;
  if (name === "httpchk") {
    reader.needs(args, proxy, "backend", name);
    httpCheck(reader, args, proxy);
    return true;
  }
  if (name === "tcp-check") {
    reader.needs(args, proxy, "backend", name);
    if (!reader.tooMany(args, 0, 1)) settings.checkKind = "other";
    reader.passOver("unmodelled", "option tcp-check", args.position(1));
    return true;
  }
  if (!PROTOCOL_CHECKS.includes(name)) return false;
  reader.needs(args, proxy, "backend", name);
  settings.checkKind = "other";
  reader.passOver("unmodelled", `option ${name}`, args.position(1));
  return true;
}

/** `option httpchk [URI | METHOD URI [VERSION]]`; a version may bring headers along behind `\r\n`. */
function httpCheck(reader: Reader, args: Args, proxy: ProxyDraft): void {
  if (reader.tooMany(args, 3, 1)) return;
  const { settings } = proxy;
  settings.checkKind = "http";
  if (args.at(2) === "") return;
  const hasMethod = args.at(3) !== "";
  settings.checkMethod = hasMethod ? args.at(2) : "OPTIONS";
  settings.checkUri = hasMethod ? args.at(3) : args.at(2);
  const [version = "", ...lines] = args.at(4).split("\r\n");
  settings.checkVersion = version === "" ? "HTTP/1.0" : version;
  if (!args.at(4).includes("\r\n")) return;
  const [headers = "", body = null] = [lines.join("\r\n").split("\r\n\r\n")[0], null];
  settings.checkBody = body;
  settings.checkHeaders = headers.split("\r\n").flatMap((line) => {
    const cut = line.indexOf(":");
    return cut <= 0 ? [] : [{ name: line.slice(0, cut), value: line.slice(cut + 1).trim() }];
  });
  reader.report.warn(
    `parsing [${args.here}]: 'option httpchk' : hiding headers or body at the end of the version string is deprecated. Please, consider to use 'http-check send' directive instead.`,
    args.position(4),
  );
}

/** `http-check …`. */
export const httpCheckRule: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "backend");
  const { settings } = proxy;
  const word = args.at(1);
  if (word === "disable-on-404") {
    if (!reader.tooMany(args, 0, 1)) settings.disableOn404 = true;
    return;
  }
  if (word === "send-state") {
    reader.passOver("ignored", "http-check send-state", args.position(1));
    return;
  }
  const isVariable = /^(?:set-var|set-var-fmt|unset-var)\(/.test(word);
  if (!isVariable && !["comment", "connect", "send", "expect"].includes(word)) {
    reader.alert(
      args,
      `'http-check' only supports 'disable-on-404', 'send-state', 'comment', 'connect', 'send', 'expect', 'set-var-fmt(*)', 'set-var(*)', 'unset-var(*)'. but got '${word}'`,
      1,
    );
    return;
  }
  settings.hasCheckRules = true;
  proxy.places.set("http-check", args.span(0));
  try {
    if (word === "expect") settings.expects.push(readExpect(args));
    else if (word === "send") readSend(args, proxy);
    else if (word !== "comment") reader.passOver("unmodelled", `http-check ${word}`, args.position(1));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    reader.alert(args, `'http-check ${word}' : ${error.message}.`, 2);
  }
};

const EXPECTS = ["string", "rstring", "status", "rstatus", "hdr", "fhdr", "string-lf", "binary", "rbinary"];
const SKIPPED_WITH_VALUE = [
  "min-recv",
  "comment",
  "ok-status",
  "error-status",
  "tout-status",
  "on-success",
  "on-error",
  "status-code",
];

function readExpect(args: Args): CheckExpect {
  let i = 2;
  while (SKIPPED_WITH_VALUE.includes(args.at(i))) i += 2;
  if (args.at(i) === "") throw new Fault("expects at least a matching pattern as arguments");
  const isApart = args.at(i) === "!";
  const negated = args.at(i).startsWith("!");
  const kind = isApart ? args.at(++i) : args.at(i).replace(/^!/, "");
  if (!EXPECTS.includes(kind)) {
    throw new Fault(
      `'only supports min-recv, [!]string', '[!]rstring', '[!]string-lf', '[!]status', '[!]rstatus', [!]hdr, [!]fhdr or comment but got '${kind}' as argument.`,
    );
  }
  const pattern = kind === "hdr" || kind === "fhdr" ? args.from(i + 1).join(" ") : args.at(i + 1);
  if (pattern === "") throw new Fault(`'${kind}' expects a <pattern> as argument`);
  if (kind === "rstatus" || kind === "rstring") parsePatterns("reg", [pattern]);
  const statuses = kind === "status" ? statusRanges(pattern) : [];
  return { negated, kind: kindOf(kind), pattern, statuses };
}

function kindOf(word: string): CheckExpect["kind"] {
  if (word === "hdr") return "header";
  if (word === "fhdr") return "fheader";
  if (word === "string" || word === "rstring" || word === "status" || word === "rstatus") return word;
  return word === "binary" ? "binary" : "custom";
}

function statusRanges(text: string): CheckExpect["statuses"] {
  const wrong = /[^0-9,-]/.exec(text)?.[0];
  if (wrong !== undefined) throw new Fault(`invalid character '${wrong}' in the list of status codes`);
  return text.split(",").map((part) => {
    const [min = "", max = min] = part.split("-");
    return { min: Number(min), max: Number(max) };
  });
}

function readSend(args: Args, proxy: ProxyDraft): void {
  const { settings } = proxy;
  for (let i = 2; args.at(i) !== ""; i += args.at(i) === "hdr" ? 3 : 2) {
    const word = args.at(i);
    const value = args.at(i + 1);
    if (word === "meth") settings.checkMethod = value;
    else if (word === "uri" || word === "uri-lf") settings.checkUri = value;
    else if (word === "ver") settings.checkVersion = value;
    else if (word === "hdr") settings.checkHeaders = [...settings.checkHeaders, { name: value, value: args.at(i + 2) }];
    else if (word === "body" || word === "body-lf") settings.checkBody = value;
    else if (word !== "comment") {
      throw new Fault(
        `expects 'comment', 'meth', 'uri', 'uri-lf', 'ver', 'hdr', 'body' or 'body-lf' but got '${word}' as argument.`,
      );
    }
  }
}

/** `tcp-check …`: read for its first word only, such checks are simulated as a connect. */
export const tcpCheckRule: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "backend");
  const word = args.at(1);
  const known = ["comment", "connect", "send", "send-lf", "send-binary", "send-binary-lf", "expect"];
  if (!known.includes(word) && !/^(?:set-var|set-var-fmt|unset-var)\(/.test(word)) {
    reader.alert(
      args,
      `'tcp-check' only supports 'comment', 'connect', 'send', 'send-binary', 'expect', 'set-var-fmt(*)', 'set-var(*)', 'unset-var(*)'. but got '${word}'`,
      1,
    );
    return;
  }
  proxy.places.set("tcp-check", args.span(0));
  reader.passOver("unmodelled", `tcp-check ${word}`, args.position(1));
};
