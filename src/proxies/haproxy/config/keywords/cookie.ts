import type { Args } from "../args.ts";
import type { ProxyDraft } from "../drafts.ts";
import type { CookieConfig } from "../haproxy-config.ts";
import { readTime, trailingWarning } from "../number-values.ts";
import type { Reader } from "../reader.ts";
import type { Keyword } from "./keyword.ts";

type CookieDraft = { -readonly [K in keyof CookieConfig]: CookieConfig[K] };
type Flag = "indirect" | "nocache" | "postonly" | "preserve" | "httponly" | "secure";

const MODES = ["rewrite", "insert", "prefix"] as const;
const FLAGS: readonly Flag[] = ["indirect", "nocache", "postonly", "preserve", "httponly", "secure"];

/** `cookie NAME …`. Source: HAProxy 2.6.12 src/cfgparse-listen.c. */
export const cookie: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "backend");
  if (args.at(1) === "") {
    reader.alert(args, `'${args.keyword}' expects <cookie_name> as argument.`);
    return;
  }
  const draft = newCookie(args);
  proxy.settings.cookie = draft;
  const modes = new Set<(typeof MODES)[number]>();
  for (let i = 2; args.at(i) !== ""; ) {
    const word = args.at(i);
    const mode = MODES.find((each) => each === word);
    const flag = FLAGS.find((each) => each === word);
    let taken = 1;
    if (mode !== undefined) modes.add(mode);
    else if (flag !== undefined) draft[flag] = true;
    else if (word === "dynamic") {
      reader.needs(args, proxy, "backend", word);
      draft.dynamic = true;
    } else taken = withValue(reader, args, i, draft);
    if (taken === 0) return;
    i += taken;
  }
  draft.mode = [...modes][0] ?? "passive";
  checkModes(reader, args, draft, modes);
};

function newCookie(args: Args): CookieDraft {
  return {
    name: args.at(1),
    mode: "passive",
    indirect: false,
    nocache: false,
    postonly: false,
    preserve: false,
    httponly: false,
    secure: false,
    dynamic: false,
    domains: [],
    maxidleUs: null,
    maxlifeUs: null,
    attrs: [],
    position: args.span(0),
  };
}

/** Parameters with a value; answers the number of words taken, 0 when the line is refused. */
function withValue(reader: Reader, args: Args, i: number, draft: CookieDraft): number {
  const word = args.at(i);
  const value = args.at(i + 1);
  if (word === "domain") {
    if (value === "") return refuse(reader, args, i, "'domain' expects <domain> as argument.");
    if (!value.includes(".")) {
      reader.report.warn(
        `parsing [${args.here}]: domain '${value}' contains no embedded dot, this configuration may not work properly (see RFC6265#5.2.3).`,
        args.position(i + 1),
      );
    }
    const wrong = /[^A-Za-z0-9.-]/.exec(value)?.[0];
    if (wrong !== undefined) {
      return refuse(reader, args, i + 1, `character '${wrong}' is not permitted in domain name '${value}'.`);
    }
    draft.domains = [...draft.domains, value];
    return 2;
  }
  if (word === "maxidle" || word === "maxlife") return readAge(reader, args, i, draft);
  if (word === "attr") {
    if (value === "") return refuse(reader, args, i, "'attr' expects <value> as argument.");
    const wrong = [...value].find((c) => c === ";" || c < " " || c === "\x7f");
    if (wrong !== undefined) {
      const hex = wrong.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
      return refuse(reader, args, i + 1, `character '%x${hex}' is not permitted in attribute value.`);
    }
    draft.attrs = [...draft.attrs, value];
    return 2;
  }
  reader.alert(
    args,
    `'${args.keyword}' supports 'rewrite', 'insert', 'prefix', 'indirect', 'nocache', 'postonly', 'domain', 'maxidle', 'dynamic', 'maxlife' and 'attr' options.`,
    i,
  );
  return 0;
}

function readAge(reader: Reader, args: Args, i: number, draft: CookieDraft): number {
  const word = args.at(i);
  const value = args.at(i + 1);
  const what = word === "maxidle" ? "idletime" : "lifetime";
  if (value === "") return refuse(reader, args, i, `'${word}' expects <${what}> in seconds as argument.`);
  const read = readTime(value, "s");
  if (read.kind === "over") {
    const most = "maximum value is 2147483647 s (~68 years)";
    return refuse(reader, args, i + 1, `timer overflow in argument <${value}> to <${word}>, ${most}.`);
  }
  if (read.kind === "character") {
    return refuse(reader, args, i + 1, `unexpected character '${read.character}' in argument to <${word}>.`);
  }
  if (read.kind === "time") {
    if (read.trailing !== "") reader.report.warn(trailingWarning(value, read.trailing), args.position(i + 1));
    const us = read.us === 0 ? null : read.us;
    if (word === "maxidle") draft.maxidleUs = us;
    else draft.maxlifeUs = us;
  }
  return 2;
}

function refuse(reader: Reader, args: Args, i: number, text: string): 0 {
  reader.alertTight(args, text, i);
  return 0;
}

function checkModes(reader: Reader, args: Args, draft: CookieDraft, modes: ReadonlySet<string>): void {
  if (modes.has("rewrite") && draft.indirect) {
    reader.alert(args, "cookie 'rewrite' and 'indirect' modes are incompatible.");
  }
  if (modes.size > 1) reader.alert(args, "cookie 'rewrite', 'insert' and 'prefix' modes are incompatible.");
  if (draft.preserve && !draft.indirect && !modes.has("insert")) {
    reader.alert(args, "cookie 'preserve' requires at least 'insert' or 'indirect'.");
  }
}

export const dynamicCookieKey: Keyword = (reader, args, proxy: ProxyDraft) => {
  reader.needs(args, proxy, "backend");
  if (args.at(1) === "") reader.alert(args, `'${args.keyword}' expects <secret_key> as argument.`);
  else proxy.settings.dynamicCookieKey = args.at(1);
};
