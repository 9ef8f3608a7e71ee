import type { Position } from "../../../contract/problem.ts";
import { parsePatterns } from "./acl-patterns.ts";
import { Fault } from "./report.ts";
import type { AclTest, MatchMethod } from "./sample-expression.ts";
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
    flags.match ?? (suffix === "" ? defaultMatch(sample.fetch, sample.converters.length > 0) : (suffix as MatchMethod));
  if (match === null) {
    throw new Fault(
      `matching method must be specified first (using '-m') when using a sample fetch of this type ('${keyword}')`,
    );
  }
  const isSilent = match === "bool" || match === "found" || flags.hasEnd || flags.hasFiles;
  if (flags.patterns.length === 0 && !isSilent) host.warn(noPattern(keyword));
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

/** Method of a fetch without `-m`: by the type of its value; text needs one to be named unless the ACL keyword has it. */
function defaultMatch(fetch: string, isConverted: boolean): MatchMethod | null {
  const type = SAMPLE_FETCHES.get(fetch)?.type ?? "str";
  if (isConverted) return type === "bool" ? null : "str";
  if (type === "bool") return "bool";
  if (type === "sint") return "int";
  if (["ipv4", "ipv6", "addr"].includes(type)) return "ip";
  return type === "bin" ? "bin" : "str";
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
  for (; (words[i] ?? "").startsWith("-") && !/^-\d/.test(words[i] ?? ""); i++) {
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
