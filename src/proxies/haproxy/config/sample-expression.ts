import type { Position } from "../../../contract/problem.ts";

/** A converter of a sample expression: `lower`, `field(1,:)`. */
export interface ConverterCall {
  readonly name: string;
  readonly args: readonly string[];
}

/**
 * A sample expression: a fetch and the converters that follow it, `req.cook(JSESSIONID),lower`. Names are those of the
 * 2.6 manual, chapter 7; older spellings of one fetch are replaced by the present one (`hdr` → `req.hdr`, `cook` →
 * `req.cook`, `urlp` → `url_param`), so a machine has one name to look for.
 */
export interface SampleExpression {
  readonly fetch: string;
  readonly args: readonly string[];
  readonly converters: readonly ConverterCall[];
  /** As written. */
  readonly text: string;
}

/** A piece of a log-format string: literal text, `%[expression]`, or a variable such as `%ci`. */
export type FormatPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "sample"; readonly sample: SampleExpression }
  | { readonly kind: "variable"; readonly name: string };

/** A log-format string as rules take it for header values, paths and names. */
export type FormatString = readonly FormatPart[];

/**
 * How patterns are compared with a sample (manual 7.1, flag `-m`): `bool`, `int`, `ip`, `found` look at the value, the
 * others at its text. `dir` and `dom` compare whole parts between slashes or dots.
 */
export type MatchMethod =
  | "found"
  | "bool"
  | "int"
  | "ip"
  | "bin"
  | "len"
  | "str"
  | "beg"
  | "sub"
  | "dir"
  | "dom"
  | "end"
  | "reg";

/** One pattern of a test, already read: which field is set follows the match method. */
export interface AclPattern {
  /** As written; the text to compare for str, beg, end, sub, dir, dom, and the expression for reg. */
  readonly text: string;
  /** Bounds for int and len, both included; null = open. */
  readonly range: { readonly min: number | null; readonly max: number | null } | null;
  /** For ip: the network as written, IPv4 as 32-bit number with its mask (unsigned); null for IPv6 or other methods. */
  readonly network: { readonly address: number; readonly mask: number } | null;
}

/** One `acl` line or one anonymous `{ … }`: a sample compared with patterns; any pattern that matches makes it true. */
export interface AclTest {
  readonly sample: SampleExpression;
  readonly match: MatchMethod;
  /** Flag `-i`. */
  readonly ignoreCase: boolean;
  readonly patterns: readonly AclPattern[];
  readonly position: Position;
}

/** A named or anonymous acl in a condition; lines of one name are alternatives (OR). */
export interface ConditionTerm {
  readonly negated: boolean;
  /** Name of the acl, "{ … }" for an anonymous one. */
  readonly name: string;
  readonly tests: readonly AclTest[];
}

/** `if a b || !c`: true when one alternative has all its terms true; `unless` negates the whole. */
export interface Condition {
  readonly unless: boolean;
  readonly alternatives: readonly (readonly ConditionTerm[])[];
  readonly text: string;
  readonly position: Position;
}
