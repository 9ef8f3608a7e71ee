import { networkError } from "../../ip-network.ts";
import { isBadPattern, patternOf } from "../../pattern.ts";
import { matchPrefix } from "../../url-path.ts";
import { nodePosition } from "../directive-node.ts";
import type { Call } from "../directives/call.ts";
import { atoi } from "../unit-values.ts";
import { readWords } from "../words.ts";
import { type ArgumentCheck, atLeast, type CheckTable, eachWord, firstWord, oneOf } from "./check.ts";

function remote(call: Call): string | null {
  const [match = "", url = ""] = call.words.map(({ text }) => text);
  const { name } = call.known;
  const bad = `${name}: Bad syntax for a remote proxy server`;
  const rest = /^[^:]*:\/\/(.+)$/s.exec(url)?.[1];
  if (rest === undefined) return bad;
  const port = /:(.*)$/s.exec(rest)?.[1];
  if (port !== undefined && (!/^\s*[+-]?\d/.test(port) || atoi(port) > 65535 || atoi(port) < 0)) {
    return `${bad} (bad port number)`;
  }
  return name === "ProxyRemoteMatch" && isBadPattern(match)
    ? "Regular expression for ProxyRemoteMatch could not be compiled."
    : null;
}

const connectPorts = eachWord((word) => {
  if (!/^\d/.test(word)) return "AllowCONNECT: port numbers must be numeric";
  const range = /^\d+(?:-(.*))?(.*)$/s.exec(word);
  if (/^\d+(?:-\d+)?$/.test(word)) return null;
  return `Cannot parse '${range?.[1] ?? word}' as port number`;
});

/** Names are asked of the name server when httpd starts: lbsim takes them as known. */
function sourceAddress(call: Call): string | null {
  const word = firstWord(call);
  return /^[\d.]*\.[\d.]*$/.test(word) && !isAddress(word) ? "ProxySourceAddress invalid value" : null;
}

function isAddress(text: string): boolean {
  const parts = text.split(".");
  return parts.length <= 4 && parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255);
}

function alias(call: Call): string | null {
  const { words, context, known } = call;
  const [first = ""] = words.map(({ text }) => text);
  const isMatch = known.name.endsWith("Match");
  if (isMatch && isBadPattern(first)) return "Regular expression could not be compiled.";
  if (!isMatch && words.length < 2) {
    return context.path === null ? "Alias must have two arguments when used globally" : null;
  }
  const { aliases } = context.server;
  const earlier = isMatch ? undefined : aliases.find(({ pattern, path }) => covers(pattern, path, first));
  if (earlier !== undefined) {
    const { number: line, label } = call.node.source;
    const name = `${earlier.isScript ? "Script" : ""}Alias${earlier.pattern ? "Match" : ""}`;
    const text = `The ${known.name} directive in ${label} at line ${line} will probably never match because it overlaps an earlier ${name}.`;
    call.reader.warn(`[alias:warn] AH00671: ${text}`, nodePosition(call.node));
  }
  aliases.push({ path: first, pattern: isMatch, isScript: known.name.startsWith("Script") });
  return null;
}

function covers(isPattern: boolean, earlier: string, path: string): boolean {
  return isPattern ? (patternOf(earlier, "")?.test(path) ?? false) : matchPrefix(path, earlier) > 0;
}

/** add_redirect_internal of mod_alias.c. */
export function redirectComplaint(call: Call): string | null {
  const isMatch = call.known.name === "RedirectMatch";
  const own = { RedirectTemp: 302, RedirectPermanent: 301 }[call.known.name];
  const [first = "", second, third] = call.words.map(({ text }) => text);
  const { status, known } = redirectStatus(first, own ?? 302);
  if (third !== undefined && known === 0) return "Redirect: invalid first argument (of three)";
  if (call.context.path !== null) {
    if ((known > 0 && second !== undefined && third === undefined) || (known === 0 && second === undefined))
      return null;
    if (known < 0 && second === undefined) return null;
  }
  const shifted = third === undefined && known === 0;
  const [from, url] = shifted ? [first, second] : [second, third];
  if (isMatch && from !== undefined && isBadPattern(from)) return "Regular expression could not be compiled.";
  if (status < 300 || status > 399) return url === undefined ? null : "Redirect URL not valid for this status";
  if (url === undefined) return "URL to redirect to is missing";
  return !isMatch && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(url) && !url.startsWith("/") ? "Redirect to non-URL" : null;
}

/** `known`: 1 = a redirect, −1 = another status, 0 = no status at all. */
export function redirectStatus(word: string, otherwise: number): { readonly status: number; readonly known: number } {
  const named: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };
  const given = named[word.toLowerCase()] ?? (/^\d/.test(word) ? atoi(word) : null);
  if (given === null) return { status: otherwise, known: 0 };
  return { status: given, known: given >= 300 && given < 400 ? 1 : -1 };
}

/** SetEnvIf and BrowserMatch (add_setenvif_core of mod_setenvif.c). */
export function setEnvIf(call: Call): string | null {
  const { name } = call.known;
  const words = readWords(call.node.args).map(({ text }) => text);
  const header = name.startsWith("BrowserMatch") ? "User-Agent" : words.shift();
  if (header === undefined || header === "") return `Missing header-field name for ${name}`;
  const pattern = words.shift() ?? "";
  if (pattern === "") return `Missing regular expression for ${name}`;
  if (isBadPattern(pattern)) return `${name} regex could not be compiled.`;
  if (/[^\w-]/.test(header) && isBadPattern(header)) return `${name}Header name regex could not be compiled.`;
  return (words[0] ?? "") === "" ? `Missing envariable expression for ${name}` : null;
}

/** Names are asked of the name server when httpd reads them: lbsim takes them as known. */
export const trustedProxies: ArgumentCheck = (call) =>
  eachWord((word) => {
    const [address = "", mask] = word.split(/\/(.*)/s, 2);
    const looksLikeIp = /^[\d./]+$/.test(address) || address.includes(":");
    if (!looksLikeIp) {
      const subnet = `the subnet /${mask} is invalid for ${call.known.name}`;
      return mask === undefined ? null : `RemoteIP: Error parsing IP ${word} ${subnet}`;
    }
    const reason = networkError(address, mask);
    return reason === null ? null : `RemoteIP: Error parsing IP ${word} (${reason} error) for ${call.known.name}`;
  })(call);

const exceptions: ArgumentCheck = (call) => {
  if (call.words.length === 0) return `${call.known.name} requires an argument`;
  return eachWord((word) => {
    const [address = "", mask] = word.split(/\/(.*)/s, 2);
    if (!/^[\d.]+$/.test(address) && !address.includes(":")) return `ip address '${address}' appears to be invalid`;
    const reason = networkError(address, mask);
    return reason === null ? null : `ip address '${address}' appears to be invalid: ${reason}`;
  })(call);
};

function outputFilter(call: Call): string | null {
  return readWords(call.node.args).length < 2 ? `${call.known.name} requires at least two arguments` : null;
}

function compressionLevel(call: Call): string | null {
  const level = atoi(firstWord(call));
  return level >= 1 && level <= 9 ? null : "Compression Level must be between 1 and 9";
}

function cacheEnable(call: Call): string | null {
  const [provider = "", url] = call.words.map(({ text }) => text);
  return url === undefined && call.context.path === null
    ? `CacheEnable provider (${provider}) is missing an URL.`
    : null;
}

function customLog(call: Call): string | null {
  const clause = call.words[2]?.text;
  if (clause === undefined) return null;
  if (/^env=/i.test(clause)) return /^env=!?$/i.test(clause) ? "missing environment variable name" : null;
  return /^expr=/i.test(clause) ? null : "error in condition clause";
}

/** Letters of a log format, mod_logio's and mod_ssl's included. */
const LOG_LETTERS = "abcefhiklmnopqrstuvxABCDHILOPRSTUVX%";

function logFormat(call: Call): string | null {
  const text = firstWord(call);
  for (const match of text.matchAll(/%(?:[!,\d<>]*)(\{[^}]*\}?)?[!,\d<>]*(\^..|.|$)/gs)) {
    const [all, argument, letter = ""] = match;
    if (argument !== undefined && !argument.endsWith("}")) {
      return `Ran off end of ${call.known.name} parsing args to some directive`;
    }
    if (letter === "") return all === "%" ? null : `Ran off end of ${call.known.name} parsing args to some directive`;
    if (!letter.startsWith("^") && !LOG_LETTERS.includes(letter)) {
      return `Unrecognized LogFormat directive %${letter}`;
    }
  }
  return null;
}

/** Directives of the modules around proxying that lbsim passes over. */
export const PROXYING_CHECKS: CheckTable = {
  alias,
  aliasmatch: alias,
  addoutputfilterbytype: outputFilter,
  allowconnect: connectPorts,
  cacheenable: cacheEnable,
  customlog: customLog,
  deflatebuffersize: atLeast(1, "DeflateBufferSize should be positive"),
  deflatecompressionlevel: compressionLevel,
  h2direct: oneOf(["on", "off"], "value must be On or Off"),
  logformat: logFormat,
  proxyfcgibackendtype: oneOf(
    ["generic", "fpm"],
    "ProxyFCGIBackendType requires one of the following arguments: 'GENERIC', 'FPM'",
  ),
  proxydomain: (call) => (firstWord(call).startsWith(".") ? null : "ProxyDomain: domain name must start with a dot."),
  proxyremote: remote,
  proxyremotematch: remote,
  proxysourceaddress: sourceAddress,
  remoteipproxyprotocolexceptions: exceptions,
  scriptalias: alias,
  scriptaliasmatch: alias,
  watchdoginterval: (call) => (/^\s*\+?\d/.test(firstWord(call)) ? null : "Unparse-able WatchdogInterval setting"),
};

/** DirectoryIndexRedirect of mod_dir. */
export const directoryIndexRedirect: ArgumentCheck = (call) => {
  const word = firstWord(call);
  if (/^\d/.test(word)) {
    const status = atoi(word);
    return status >= 300 && status < 400 ? null : "DirectoryIndexRedirect only accepts values between 300 and 399";
  }
  const words = ["on", "off", "permanent", "temp", "seeother"];
  return oneOf(words, "DirectoryIndexRedirect ON|OFF|permanent|temp|seeother|3xx")(call);
};
