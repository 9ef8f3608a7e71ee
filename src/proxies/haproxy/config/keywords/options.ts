import { networkOf } from "../acl-patterns.ts";
import type { Args } from "../args.ts";
import type { ProxyDraft } from "../drafts.ts";
import type { ForwardForConfig } from "../haproxy-config.ts";
import { leadingInteger } from "../number-values.ts";
import { OTHER_OPTIONS, SIMPLE_OPTIONS } from "../option-names.ts";
import type { Reader } from "../reader.ts";
import { Fault } from "../report.ts";
import { similarWord } from "../similar-word.ts";
import { checkOption } from "./check-options.ts";
import type { Keyword } from "./keyword.ts";

const GONE: Readonly<Record<string, string>> = {
  forceclose:
    "is not supported any more since HAProxy 2.0, please just remove it, or use 'option httpclose' if absolutely needed.",
  "http-tunnel": "is not supported any more since HAProxy 2.1, please just remove it, it shouldn't be needed.",
};
const LOG_FORMATS = ["httplog", "tcplog", "httpslog"];
const MODES = new Map([
  ["httpclose", "close"],
  ["http-server-close", "server-close"],
  ["http-keep-alive", "keep-alive"],
] as const);

/** `option …`, `no option …`. Source: HAProxy 2.6.12 src/cfgparse-listen.c. */
export const option: Keyword = (reader, args, proxy) => {
  const name = args.at(1);
  if (name === "") {
    reader.alertTight(args, "'option' expects an option name.");
    return;
  }
  proxy.places.set(`option ${name}`, args.span(0));
  if (SIMPLE_OPTIONS.has(name)) simpleOption(reader, args, proxy);
  else if (GONE[name] !== undefined) reader.alertTight(args, `option '${name}' ${GONE[name]}`, 1);
  else if (MODES.has(name as "httpclose")) connectionMode(reader, args, proxy);
  else if (name === "redispatch") redispatch(reader, args, proxy);
  else if (args.modifier !== "") reader.alertTight(args, `negation/default is not supported for option '${name}'.`, 1);
  else if (LOG_FORMATS.includes(name)) logOption(reader, args, proxy);
  else if (name === "tcpka") reader.passOver("ignored", `option ${name}`, args.position(1));
  else if (name === "forwardfor") forwardFor(reader, args, proxy);
  else if (name === "originalto" || name === "http-restrict-req-hdr-names") {
    reader.passOver("ignored", `option ${name}`, args.position(1));
  } else if (!checkOption(reader, args, proxy)) {
    const best = similarWord(name, [...SIMPLE_OPTIONS.keys(), ...OTHER_OPTIONS]);
    const meant = best === null ? "." : `; did you mean '${best}' maybe ?`;
    reader.alert(args, `unknown option '${name}'${meant}`, 1);
  }
};

function simpleOption(reader: Reader, args: Args, proxy: ProxyDraft): void {
  const name = args.at(1);
  const info = SIMPLE_OPTIONS.get(name);
  if (info === undefined || reader.tooMany(args, 0, 1)) return;
  if (info.side !== "both") reader.needs(args, proxy, info.side, name);
  const on = args.modifier === "";
  const { settings } = proxy;
  if (name === "abortonclose") settings.abortOnClose = on;
  else if (name === "allbackups") settings.allBackups = on;
  else if (name === "persist") settings.persist = on;
  else if (name === "prefer-last-server") settings.preferLastServer = on;
  else if (info.effect !== "modelled" && on) reader.passOver(info.effect, `option ${name}`, args.position(1));
}

function connectionMode(reader: Reader, args: Args, proxy: ProxyDraft): void {
  if (reader.tooMany(args, 0, 1)) return;
  const mode = MODES.get(args.at(1) as "httpclose") ?? "keep-alive";
  if (args.modifier === "") proxy.settings.connectionMode = mode;
  else if (proxy.settings.connectionMode === mode) proxy.settings.connectionMode = "keep-alive";
}

/** `option redispatch [N]`: -1 without a number; words without one count as 0, which never matches. */
function redispatch(reader: Reader, args: Args, proxy: ProxyDraft): void {
  reader.needs(args, proxy, "backend", "redispatch");
  const word = args.at(2);
  if (word !== "" && args.modifier === "") reader.checkNumber(args, 2, "option redispatch");
  proxy.settings.redispatch = args.modifier !== "" ? null : word === "" ? -1 : leadingInteger(word);
}

function logOption(reader: Reader, args: Args, proxy: ProxyDraft): void {
  const name = args.at(1);
  const word = args.at(2);
  const isClf = name === "httplog" && word === "clf";
  if (name === "httplog" && word !== "" && !isClf) {
    reader.alert(args, `keyword 'httplog' only supports option 'clf'.`, 2);
    return;
  }
  if (reader.tooMany(args, isClf ? 1 : 0, 1)) return;
  setLogFormat(reader, args, proxy, `option ${name}${isClf ? " clf" : ""}`, `option ${name}`);
}

/** A log format is chosen: no effect on balancing, but HAProxy warns about some places. */
export function setLogFormat(reader: Reader, args: Args, proxy: ProxyDraft, format: string, directive: string): void {
  const { settings } = proxy;
  if (proxy.kind === "defaults" && settings.logFormat !== null) {
    const told = format === "option httpslog" ? "option httplog" : format;
    reader.report.warn(
      `parsing [${args.here}]: '${told}' overrides previous '${settings.logFormat}' in 'defaults' section.`,
      args.position(),
    );
  }
  settings.logFormat = format;
  if (proxy.kind === "backend") {
    reader.warn(args, `backend '${proxy.name}' : '${directive}' directive is ignored in backends.`);
  }
  reader.passOver("ignored", directive, args.position());
}

function forwardFor(reader: Reader, args: Args, proxy: ProxyDraft): void {
  let header = "X-Forwarded-For";
  let except: ForwardForConfig["except"] = null;
  let ifNone = false;
  for (let i = 2; args.at(i) !== ""; ) {
    const word = args.at(i);
    const value = args.at(i + 1);
    if (word === "if-none") {
      ifNone = true;
      i++;
      continue;
    }
    if (word !== "except" && word !== "header") {
      const options = "'except', 'header' and 'if-none'";
      reader.alert(args, `'option forwardfor' only supports optional values: ${options}.`, i);
      return;
    }
    const network = word === "except" ? networkIn(value) : null;
    if (value === "" || network === undefined) {
      const what = word === "except" ? "<address>[/mask]" : "<header_name>";
      reader.alert(args, `'option forwardfor ${word}' expects ${what} as argument.`, i);
      return;
    }
    if (word === "header") header = value;
    else except = network;
    i += 2;
  }
  proxy.settings.forwardFor = { header, except, ifNone };
}

/** The network, null for IPv6, undefined for what is none. */
function networkIn(text: string): ForwardForConfig["except"] | undefined {
  try {
    return networkOf(text);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
