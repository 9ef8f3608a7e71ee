import type { Position } from "../../../contract/problem.ts";
import { parsePatterns } from "./acl-patterns.ts";
import { Fault } from "./report.ts";
import { SAMPLE_CONVERTERS } from "./sample-converters.ts";
import type { AclTest, MatchMethod, SampleExpression } from "./sample-expression.ts";
import { SAMPLE_FETCHES } from "./sample-fetches.ts";
import { parseSample } from "./sample-parser.ts";

const SUFFIXES: ReadonlySet<string> = new Set(["beg", "dir", "dom", "end", "len", "reg", "sub"]);
/** Fetches that have a form with a match method behind an underscore (`haproxy -dKacl`). */
const DERIVED: ReadonlySet<string> = new Set(["base", "cook", "hdr", "path", "scook", "shdr", "url", "urlp"]);
const METHODS: readonly string[] = [
  "found",
  "bool",
  "int",
  "ip",
  "bin",
  "len",
  "str",
  "beg",
  "sub",
  "dir",
  "dom",
  "end",
  "reg",
];

/** What is needed beside the words to read a test. */
export interface AclHost {
  /** Text of a pattern file, null when it isn't there and that is an error; "" when it is taken as empty. */
  patternFile(path: string): string | null;
  warn(text: string): void;
}

/**
 * Reads a test: fetch, flags, patterns. Throws `Fault` with HAProxy's words. Source: HAProxy 2.6.12 src/acl.c,
 * parse_acl_expr; names with a suffix (`path_beg`) bring their match method along.
 */
export function parseAclTest(words: readonly string[], position: Position, host: AclHost): AclTest {
  const keyword = words[0] ?? "";
  const within = ` in ACL expression '${keyword}'`;
  const { text, suffix } = splitSuffix(keyword);
  const sample = parseOwn(text, keyword, suffix === "" ? within : "", within);
  const flags = readFlags(words, host);
  const isDerived = suffix !== "" || DERIVED.has(/^[\w.]+/.exec(text)?.[0] ?? "");
  const match =
    flags.match ?? (suffix === "" || isConverted(sample) ? defaultMatch(outputType(sample)) : (suffix as MatchMethod));
  if (flags.match !== null && !canMatch(outputType(sample), flags.match)) {
    const name = /^[\w.+]+/.exec(keyword)?.[0] ?? "";
    throw new Fault(`matching method '${flags.match}' cannot be used with fetch keyword '${name}'`);
  }
  if (match === null) {
    const name = /^[\w.+]+/.exec(keyword)?.[0] ?? "";
    throw new Fault(
      `matching method must be specified first (using '-m') when using a sample fetch of this type ('${name}')`,
    );
  }
  // Asked before the flags are read: any of them silences it (src/acl.c, parse_acl_expr).
  const isSilent = outputType(sample) === "bool" || words.length > 1;
  if (!isSilent) host.warn(noPattern(keyword));
  if (isDerived && text.includes("(") && !text.includes(")"))
    throw new Fault(`ACL keyword '${keyword}' : expected ')'`);
  const patterns = parsePatterns(match, flags.patterns);
  return { sample, match, ignoreCase: flags.ignoreCase, patterns, position };
}

function parseOwn(text: string, keyword: string, within: string, always: string) {
  try {
    return parseSample(text, within === "" ? always : within);
  } catch (error) {
    const name = /^[\w.]+/.exec(keyword)?.[0] ?? "";
    if (error instanceof Fault && error.message.endsWith("expected ')'") && (DERIVED.has(name) || text !== keyword)) {
      throw new Fault(`ACL keyword '${name}' : expected ')'`);
    }
    const unknown = error instanceof Fault ? /^unknown converter '[^']*'/.exec(error.message)?.[0] : undefined;
    if (unknown !== undefined && (DERIVED.has(name) || text !== keyword))
      throw new Fault(`ACL keyword '${name}' : ${unknown}.`);
    throw error;
  }
}

function splitSuffix(keyword: string): { readonly text: string; readonly suffix: string } {
  const name = /^[\w.]+/.exec(keyword)?.[0] ?? "";
  const cut = name.lastIndexOf("_");
  const suffix = name.slice(cut + 1);
  const stem = name.slice(0, Math.max(0, cut));
  const isDerived = SUFFIXES.has(suffix) && (DERIVED.has(stem) || (stem === "ssl_fc_sni" && suffix !== "len"));
  return isDerived ? { text: stem + keyword.slice(name.length), suffix } : { text: keyword, suffix: "" };
}

function isConverted({ converters }: SampleExpression): boolean {
  return converters.length > 0;
}

/** Type of the value that a test looks at: the fetch's, or what its last converter gives. */
function outputType({ fetch, converters }: SampleExpression): string {
  const last = converters.at(-1);
  return last === undefined
    ? (SAMPLE_FETCHES.get(fetch)?.type ?? "str")
    : (SAMPLE_CONVERTERS.get(last.name)?.gives ?? "any");
}

/** Method without `-m`: by the type of the value; bytes and values of any type need one to be named. */
function defaultMatch(type: string): MatchMethod | null {
  if (type === "bool") return "bool";
  if (type === "sint") return "int";
  if (ADDRESSES.includes(type)) return "ip";
  return type === "str" || type === "meth" ? "str" : null;
}

const ADDRESSES: readonly string[] = ["ipv4", "ipv6", "addr"];

/** Whether a value of a type can be cast to what a method compares (src/sample.c, sample_casts; src/pattern.c). */
function canMatch(type: string, method: MatchMethod): boolean {
  if (method === "found" || type === "any") return true;
  const isAddress = ADDRESSES.includes(type);
  if (method === "int" || method === "bool")
    return type !== "bin" && type !== "meth" && type !== "ipv6" && type !== "addr";
  if (method === "ip") return isAddress || type === "sint" || type === "str";
  return type !== "addr";
}

interface Flags {
  readonly match: MatchMethod | null;
  readonly ignoreCase: boolean;
  readonly patterns: readonly string[];
  readonly hasEnd: boolean;
  readonly hasFiles: boolean;
}

function readFlags(words: readonly string[], host: AclHost): Flags {
  let match: MatchMethod | null = null;
  let ignoreCase = false;
  let hasEnd = false;
  const files: string[] = [];
  let i = 1;
  for (; (words[i] ?? "").startsWith("-"); i++) {
    const flag = words[i] ?? "";
    if (flag === "--") {
      hasEnd = true;
      i++;
      break;
    }
    if (flag === "-i") ignoreCase = true;
    else if (flag === "-n" || flag === "-M") continue;
    else if (flag === "-u") i++;
    else if (flag === "-f") files.push(words[++i] ?? "");
    else if (flag === "-m") {
      const name = words[++i] ?? "";
      if (!METHODS.includes(name)) throw new Fault(`unknown matching method '${name}' when parsing ACL expression`);
      match = name as MatchMethod;
    } else {
      throw new Fault(`'${flag}' is not a valid ACL option. Please use '--' before any pattern beginning with a '-'`);
    }
  }
  const fromFiles = files.flatMap((file) => patternsIn(file, host));
  return { match, ignoreCase, patterns: [...fromFiles, ...words.slice(i)], hasEnd, hasFiles: files.length > 0 };
}

function patternsIn(file: string, host: AclHost): readonly string[] {
  const text = host.patternFile(file);
  if (text === null) throw new Fault(`failed to open pattern file <${file}>`);
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

function noPattern(keyword: string): string {
  return [
    `parsing acl keyword '${keyword}' :`,
    "  no pattern to match against were provided, so this ACL will never match.",
    "  If this is what you intended, please add '--' to get rid of this warning.",
    "  If you intended to match only for existence, please use '-m found'.",
    "  If you wanted to force an int to match as a bool, please use '-m bool'.",
  ].join("\n");
}
