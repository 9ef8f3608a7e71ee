import { isKnownStatus } from "../../error-pages.ts";
import type { RewriteFlag } from "../rewrite-arguments.ts";
import type { RewriteConditionConfig, RewriteRuleConfig } from "../rewrite-config.ts";
import { atoi } from "../unit-values.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What the flags of a RewriteRule say, and those that lbsim does not carry out. */
export interface RuleFlags {
  readonly rule: Pick<
    Mutable<RewriteRuleConfig>,
    | "ignoreCase"
    | "proxy"
    | "passThrough"
    | "last"
    | "rounds"
    | "chain"
    | "skip"
    | "noEscape"
    | "redirect"
    | "status"
    | "allowsQuestionMark"
    | "keepsSlashes"
  >;
  readonly query: Mutable<RewriteRuleConfig["query"]>;
  readonly escape: Mutable<NonNullable<RewriteRuleConfig["escape"]>>;
  escapes: boolean;
  readonly environment: string[];
  readonly cookies: string[];
  /** H: another handler. */
  setsHandler: boolean;
}

/** REWRITE_MAX_ROUNDS of mod_rewrite.c. */
const MOST_ROUNDS = 32_000;

type Setter = (flags: RuleFlags, value: string) => string | null;

const sets =
  (act: (flags: RuleFlags, value: string) => void): Setter =>
  (flags, value) => {
    act(flags, value);
    return null;
  };

const ignored: Setter = () => null;

function answer(status: number): Setter {
  return sets(({ rule }) => {
    rule.status = status;
  });
}

/** R and its status. */
function redirect({ rule }: RuleFlags, value: string): string | null {
  const named: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303 };
  let status = named[value.toLowerCase()] ?? 302;
  if (/^\d/.test(value)) {
    status = atoi(value);
    if (!isKnownStatus(status)) return `invalid HTTP response code '${value}' for flag 'R'`;
  }
  if (status >= 300 && status < 400) rule.redirect = status;
  else rule.status = status;
  return null;
}

function escapeExcept(flags: RuleFlags, value: string): string | null {
  if (value === "") return "flag 'BNE' wants a list of characters (i.e. [BNE=...])";
  flags.escape.except = value;
  return null;
}

const escapeReferences = sets((flags, value) => {
  flags.escapes = true;
  if (value !== "") flags.escape.only = value;
});

/** Flags by name, upper case (cmd_rewriterule_setflag of mod_rewrite.c, 2.4.x). */
const RULE_FLAGS: Readonly<Record<string, Setter>> = {
  B: escapeReferences,
  BACKREFESCAPING: escapeReferences,
  BNE: escapeExcept,
  BNP: sets((flags) => {
    flags.escape.noPlus = true;
  }),
  BCTLS: sets((flags) => {
    flags.escapes = true;
    flags.escape.controls = true;
  }),
  C: sets(({ rule }) => {
    rule.chain = true;
  }),
  CO: sets(({ cookies }, value) => {
    cookies.push(value);
  }),
  E: sets(({ environment }, value) => {
    environment.push(value);
  }),
  END: sets(({ rule }) => {
    rule.last = true;
  }),
  F: answer(403),
  G: answer(410),
  H: sets((flags) => {
    flags.setsHandler = true;
  }),
  L: sets(({ rule }) => {
    rule.last = true;
  }),
  N: sets(({ rule }, value) => {
    rule.rounds = value === "" ? MOST_ROUNDS : Math.max(1, atoi(value));
  }),
  NC: sets(({ rule }) => {
    rule.ignoreCase = true;
  }),
  NE: sets(({ rule }) => {
    rule.noEscape = true;
  }),
  NS: ignored,
  P: sets(({ rule }) => {
    rule.proxy = true;
  }),
  PT: sets(({ rule }) => {
    rule.passThrough = true;
  }),
  QSA: sets(({ query }) => {
    query.append = true;
  }),
  QSD: sets(({ query }) => {
    query.discard = true;
  }),
  QSL: sets(({ query }) => {
    query.last = true;
  }),
  R: redirect,
  S: sets(({ rule }, value) => {
    rule.skip = Math.max(0, atoi(value));
  }),
  T: ignored,
  UNSAFEPREFIXSTAT: ignored,
  UNSAFEALLOW3F: sets(({ rule }) => {
    rule.allowsQuestionMark = true;
  }),
  UNC: sets(({ rule }) => {
    rule.keepsSlashes = true;
  }),
};

const LONG_NAMES: Readonly<Record<string, string>> = {
  BACKREFERNOPLUS: "BNP",
  CHAIN: "C",
  COOKIE: "CO",
  ENV: "E",
  FORBIDDEN: "F",
  GONE: "G",
  HANDLER: "H",
  LAST: "L",
  NEXT: "N",
  NOCASE: "NC",
  NOESCAPE: "NE",
  NOSUBREQ: "NS",
  PROXY: "P",
  PASSTHROUGH: "PT",
  QSAPPEND: "QSA",
  QSDISCARD: "QSD",
  QSLAST: "QSL",
  REDIRECT: "R",
  SKIP: "S",
  TYPE: "T",
};

/** Reads the flags of a RewriteRule; httpd's complaint as text when it has one. */
export function ruleFlags(flags: readonly RewriteFlag[]): RuleFlags | string {
  const read: RuleFlags = {
    rule: {
      ignoreCase: false,
      proxy: false,
      passThrough: false,
      last: false,
      rounds: 0,
      chain: false,
      skip: 0,
      noEscape: false,
      redirect: 0,
      status: 0,
      allowsQuestionMark: false,
      keepsSlashes: false,
    },
    query: { append: false, discard: false, last: false, none: false },
    escape: { only: null, except: "", noPlus: false, controls: false },
    escapes: false,
    environment: [],
    cookies: [],
    setsHandler: false,
  };
  for (const { key, value } of flags) {
    const name = key.toUpperCase();
    // Every word that begins with D is let through (cmd_rewriterule_setflag).
    if (name.startsWith("D")) continue;
    const setter = RULE_FLAGS[LONG_NAMES[name] ?? name];
    const complaint = setter === undefined ? `unknown flag '${key}'` : setter(read, value);
    if (complaint !== null) return complaint;
  }
  return read;
}

/** Reads the flags of a RewriteCond; httpd's complaint as text when it has one. */
export function conditionFlags(
  flags: readonly RewriteFlag[],
): (Pick<RewriteConditionConfig, "orNext"> & { readonly ignoreCase: boolean }) | string {
  let ignoreCase = false;
  let orNext = false;
  for (const { key } of flags) {
    const name = key.toLowerCase();
    if (name === "nc" || name === "nocase") ignoreCase = true;
    else if (name === "or" || name === "ornext") orNext = true;
    else if (name !== "nv" && name !== "novary") return `unknown flag '${key}'`;
  }
  return { ignoreCase, orNext };
}
