import type { Position } from "../../../contract/problem.ts";

/** How a RewriteCond compares its expanded test string. */
export type ConditionTest =
  | { readonly kind: "pattern"; readonly source: string; readonly ignoreCase: boolean }
  /** `=`, `<`, `<=`, `>`, `>=` and a text. */
  | {
      readonly kind: "text";
      readonly operator: "=" | "<" | "<=" | ">" | ">=";
      readonly value: string;
      readonly ignoreCase: boolean;
    }
  /** `-eq`, `-lt`, `-le`, `-gt`, `-ge` and a number. */
  | { readonly kind: "number"; readonly operator: "=" | "<" | "<=" | ">" | ">="; readonly value: number }
  /** `-f`, `-d` and the like: what the file system has under this name. */
  | { readonly kind: "file"; readonly wants: "file" | "directory" | "other" }
  | { readonly kind: "expression"; readonly source: string };

/** A RewriteCond line. */
export interface RewriteConditionConfig {
  /** Test string, %{…} and back-references left in place. */
  readonly input: string;
  readonly test: ConditionTest;
  readonly negated: boolean;
  /** Flag OR: this one or the next. */
  readonly orNext: boolean;
}

/** A RewriteRule line with the conditions in front of it. */
export interface RewriteRuleConfig {
  readonly pattern: string;
  readonly ignoreCase: boolean;
  /** `!` in front of the pattern. */
  readonly negated: boolean;
  /** Substitution, %{…} and back-references left in place; null = "-" or a flag that says "no substitution". */
  readonly output: string | null;
  readonly conditions: readonly RewriteConditionConfig[];
  readonly query: {
    readonly append: boolean;
    readonly discard: boolean;
    readonly last: boolean;
    readonly none: boolean;
  };
  /** B, BNP, BNE, BCTLS; null = back-references are put in as they are. */
  readonly escape: {
    readonly only: string | null;
    readonly except: string;
    readonly noPlus: boolean;
    readonly controls: boolean;
  } | null;
  readonly proxy: boolean;
  readonly passThrough: boolean;
  readonly last: boolean;
  /** Flag N: the rules begin anew, at most so many times; 0 = no. */
  readonly rounds: number;
  readonly chain: boolean;
  readonly skip: number;
  readonly noEscape: boolean;
  /** Flag R: status of the redirect, 0 = none. */
  readonly redirect: number;
  /** F, G and R with another status than 3xx: the answer; 0 = none. */
  readonly status: number;
  /** UnsafeAllow3F: a question mark may come out of a back-reference. */
  readonly allowsQuestionMark: boolean;
  /** UNC: leading slashes are not merged. */
  readonly keepsSlashes: boolean;
  /** `NAME:value`, `NAME` or `!NAME`. */
  readonly environment: readonly string[];
  readonly cookies: readonly string[];
  readonly position: Position;
}

/** What the rewriting engine of a server acts on. */
export interface RewriteConfig {
  /** RewriteEngine at server level; a <Location> may say otherwise (SectionConfig.rewrites). */
  readonly isOn: boolean;
  /** Own and inherited rules, in the order in which they act. */
  readonly rules: readonly RewriteRuleConfig[];
  /** Rules of sections, in the order in which sections take each other's place. */
  readonly places: readonly RewritePlace[];
  /** RewriteMap by name: its entries, or one of httpd's own functions. */
  readonly maps: Readonly<Record<string, RewriteMapConfig>>;
  /** Indexes of the workers that this server's URLs may mean, in the order in which they were defined. */
  readonly workers: readonly number[];
  /** Indexes of the workers that stand for httpd's default worker (proxy:reverse), by `scheme://host:port`. */
  readonly defaults: Readonly<Record<string, number>>;
}

/** A <Directory> or <Location> with rules of its own: they act after ProxyPass, on the file name or on `proxy:` and the URL. */
export interface RewritePlace {
  /** A directory counts only for requests that no ProxyPass takes. */
  readonly kind: "directory" | "location";
  readonly match:
    | { readonly kind: "prefix"; readonly path: string }
    | { readonly kind: "regex"; readonly source: string };
  /** With its slash at the end: what is cut off the file name. */
  readonly directory: string;
  /** RewriteEngine there; undefined = as around it. */
  readonly isOn: boolean | undefined;
  readonly rules: readonly RewriteRuleConfig[];
}

export type RewriteMapConfig =
  | { readonly kind: "function"; readonly name: "toupper" | "tolower" | "escape" | "unescape" }
  /** `random`: values are lists with "|", of which one is drawn. */
  | { readonly kind: "text"; readonly entries: Readonly<Record<string, string>>; readonly random: boolean };
