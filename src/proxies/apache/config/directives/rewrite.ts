import { expressionError } from "../../expression.ts";
import { isBadPattern } from "../../pattern.ts";
import { schemeLength } from "../../rewrite/target-url.ts";
import { nodePosition } from "../directive-node.ts";
import type { RewritePlaceDraft } from "../drafts.ts";
import { cutRewriteArguments, flagsOf } from "../rewrite-arguments.ts";
import type { ConditionTest, RewriteConditionConfig, RewriteRuleConfig } from "../rewrite-config.ts";
import { readRewriteMap } from "../rewrite-map.ts";
import { atoi } from "../unit-values.ts";
import { readWords } from "../words.ts";
import { type Call, type Handler, type HandlerTable, passOver, refuse } from "./call.ts";
import { conditionFlags, ruleFlags } from "./rewrite-flags.ts";

/** The section whose rules a line is about; null = lbsim does not follow rules there. */
function placeOf(call: Call): RewritePlaceDraft | null {
  const { context, node, reader } = call;
  const section = node.parent;
  if (section === null) return null;
  const known = reader.rewritePlaces.get(section);
  if (known !== undefined) return known;
  const where = whereIs(call);
  if (where === null) return null;
  const { match } = where;
  const text = match.kind === "prefix" ? match.path : match.source;
  const directory = text.endsWith("/") ? text : `${text}/`;
  const place = { ...where, directory, isOn: undefined, inherits: false, conditions: [], rules: [] };
  reader.rewritePlaces.set(section, place);
  context.server.rewrite.places.push(place);
  return place;
}

function whereIs({ context, node }: Call): Pick<RewritePlaceDraft, "kind" | "match"> | null {
  const { section, kind, reach, path } = context;
  if (section !== null) return section.guards.length === 0 ? { kind: "location", match: section.match } : null;
  if (kind === "location" && reach === "server") return { kind: "location", match: { kind: "prefix", path: "/" } };
  if (node.parent?.name.toLowerCase() !== "<directory") return null;
  const folder = readWords(node.parent.args.replace(/>[^>]*$/s, ""))[0]?.text ?? "";
  return path === null || folder === "~" || /[*?[]/.test(folder)
    ? null
    : { kind: "directory", match: { kind: "prefix", path: folder.replace(/(?<=.)\/+$/, "") } };
}

/** Conditions that wait for their rule. */
function waiting(call: Call): RewriteConditionConfig[] {
  const { context } = call;
  if (context.path === null) return context.server.rewrite.conditions;
  return placeOf(call)?.conditions ?? [];
}

function engine(call: Call): void {
  const on = call.words[0]?.text.toLowerCase() === "on";
  const { path, section, kind, reach, server } = call.context;
  const place = path === null ? null : placeOf(call);
  if (place !== null) place.isOn = on;
  if (path === null) server.rewrite.isOn = on;
  else if (section !== null && section.guards.length === 0) section.rewrites = on;
  else if (kind === "location" && reach === "server") server.rewrite.rootIsOn = on;
  else if (place === null) passOver(call, "ignored");
}

const OPTIONS = [
  "inherit",
  "inheritbefore",
  "inheritdown",
  "inheritdownbefore",
  "ignoreinherit",
  "allownoslash",
  "allowanyuri",
  "mergebase",
  "ignorecontextinfo",
  "legacyprefixdocroot",
  "unsafeprefixstat",
];

function options(call: Call): void {
  for (const word of call.words.flatMap(({ text }) => readWords(text))) {
    const option = word.text.toLowerCase();
    if (option.startsWith("maxredirects=")) {
      const text =
        "RewriteOptions: MaxRedirects option has been removed in favor of the global LimitInternalRecursion directive and will be ignored.";
      call.reader.warn(`[rewrite:warn] AH00664: ${text}`, nodePosition(call.node));
    } else if (!OPTIONS.includes(option)) refuse(call, `RewriteOptions: unknown option '${word.text}'`);
    else if (call.context.path !== null) {
      const place = placeOf(call);
      if (place !== null && option.includes("inherit")) place.inherits = true;
    } else {
      const { rewrite } = call.context.server;
      rewrite.options ??= new Set();
      rewrite.options.add(option);
    }
  }
}

function base(call: Call): void {
  const text = call.words[0]?.text ?? "";
  if (call.context.path === null) refuse(call, "RewriteBase: only valid in per-directory config files");
  if (text === "") refuse(call, "RewriteBase: empty URL not allowed");
  if (!text.startsWith("/")) refuse(call, "RewriteBase: argument is not a valid URL");
}

/** RewriteCond, read in the order of cmd_rewritecond: flags first, then the pattern. */
function condition(call: Call): void {
  const args = cutRewriteArguments(call.node.args);
  if ("line" in args) refuse(call, `RewriteCond: bad argument line '${args.line}'`);
  const given = args.flags === null ? [] : flagsOf(args.flags);
  if (given === null) refuse(call, "RewriteCond: bad flag delimiters");
  const flags = conditionFlags(given);
  if (typeof flags === "string") refuse(call, `RewriteCond: ${flags}`);
  const mark = args.second.startsWith("!");
  const read = testOf(args.first, mark ? args.second.slice(1) : args.second, flags.ignoreCase);
  const { test } = read;
  if (flags.ignoreCase && test.kind !== "pattern" && test.kind !== "text") {
    const where = `(${call.node.source.label}:${call.node.source.number})`;
    const text = `RewriteCond: NoCase option for non-regex pattern '${read.rest}' is not supported and will be ignored.`;
    call.reader.warn(`[rewrite:warn] AH00665: ${text} ${where}`, nodePosition(call.node));
  }
  checkTest(call, test);
  waiting(call).push({ input: args.first, test, negated: mark !== read.inverted, orNext: flags.orNext });
}

function checkTest(call: Call, test: ConditionTest): void {
  if (test.kind === "pattern" && isBadPattern(test.source)) {
    refuse(call, `RewriteCond: cannot compile regular expression '${test.source}'`);
  }
  if (test.kind !== "expression") return;
  const error = expressionError(test.source);
  if (error !== null && error.httpd !== null) {
    refuse(call, `RewriteCond: cannot compile expression "${test.source}" ${error.httpd}`);
  }
}

interface ReadTest {
  readonly test: ConditionTest;
  /** What the complaint about NC names. */
  readonly rest: string;
  /** `-ne` is `-eq` turned round. */
  readonly inverted: boolean;
}

const FILE_TESTS: Readonly<Record<string, "file" | "directory" | "other">> = {
  f: "file",
  s: "file",
  d: "directory",
  x: "other",
  h: "other",
  L: "other",
  l: "other",
  U: "other",
  F: "other",
};

/** What kind of test a pattern is. */
function testOf(input: string, text: string, ignoreCase: boolean): ReadTest {
  const plain = (test: ConditionTest, rest = text): ReadTest => ({ test, rest, inverted: false });
  if (input.toLowerCase() === "expr") return plain({ kind: "expression", source: text });
  const file = /^-(.)$/s.exec(text)?.[1];
  if (file !== undefined && file in FILE_TESTS) return plain({ kind: "file", wants: FILE_TESTS[file] as "file" });
  const number = /^-(lt|le|gt|ge|eq|ne)(.+)$/s.exec(text);
  if (number !== null) {
    const operator = ({ lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=", ne: "=" } as const)[number[1] as "lt"];
    const value = atoi(number[2] as string);
    return { test: { kind: "number", operator, value }, rest: number[2] as string, inverted: number[1] === "ne" };
  }
  const compared = text.length < 2 ? null : /^(<=|>=|[<>=])(.*)$/s.exec(text);
  if (compared !== null) {
    const operator = compared[1] as "<" | "<=" | ">" | ">=" | "=";
    const value = operator === "=" && compared[2] === '""' ? "" : (compared[2] as string);
    return plain({ kind: "text", operator, value, ignoreCase }, value);
  }
  return plain({ kind: "pattern", source: text, ignoreCase });
}

/** RewriteRule: takes the conditions that wait for it. */
function rule(call: Call): void {
  const args = cutRewriteArguments(call.node.args);
  if ("line" in args) refuse(call, `RewriteRule: bad argument line '${args.line}'`);
  const given = args.flags === null ? [] : flagsOf(args.flags);
  if (given === null) refuse(call, "RewriteRule: bad flag delimiters");
  const flags = ruleFlags(given);
  if (typeof flags === "string") refuse(call, `RewriteRule: ${flags}`);
  const negated = args.first.startsWith("!");
  const pattern = negated ? args.first.slice(1) : args.first;
  if (isBadPattern(pattern)) refuse(call, `RewriteRule: cannot compile regular expression '${pattern}'`);
  const output = queryMark(args.second, flags.query);
  const read: RewriteRuleConfig = {
    ...flags.rule,
    pattern,
    negated,
    output: output === "-" || flags.rule.status > 0 ? null : output,
    conditions: waiting(call).splice(0),
    query: flags.query,
    escape: flags.escapes ? flags.escape : null,
    environment: flags.environment,
    cookies: flags.cookies,
    position: nodePosition(call.node),
  };
  const place = call.context.path === null ? call.context.server.rewrite : placeOf(call);
  const lost = flags.setsHandler || (call.context.path !== null && makesAPath(read));
  if (place === null || lost) passOver(call, "unmodelled");
  else place.rules.push(read);
}

/** In a section such a rule begins the whole request anew with another path, which lbsim does not follow. */
function makesAPath({ output, proxy, redirect }: RewriteRuleConfig): boolean {
  if (output === null || schemeLength(output) > 0) return false;
  return proxy || redirect === 0 || !output.startsWith("/");
}

/** A "?" at the end of the substitution throws the old query away, unless QSA keeps it. */
function queryMark(output: string, query: { append: boolean; discard: boolean; last: boolean; none: boolean }): string {
  if (output.endsWith("?")) {
    if (query.append) query.last = true;
    else {
      query.none = true;
      return output.slice(0, -1);
    }
  } else if (query.discard && !output.includes("?")) query.none = true;
  return output;
}

function map(call: Call): void {
  const [name, source] = call.words;
  const read = readRewriteMap(call.reader, name?.text ?? "", source?.text ?? "");
  if ("complaint" in read) refuse(call, read.complaint);
  const { rewrite } = call.context.server;
  if (read.map === null) rewrite.lostMaps.add(name?.text ?? "");
  else rewrite.maps.set(name?.text ?? "", read.map);
}

/** A virtual host in which no such directive stands has no rules, inherited or not (hook_uri2file). */
function noted(handler: Handler): Handler {
  return (call) => {
    call.context.server.rewrite.isMentioned = true;
    handler(call);
  };
}

export const REWRITE: HandlerTable = [
  ["rewriteengine", noted(engine)],
  ["rewriteoptions", noted(options)],
  ["rewritebase", noted(base)],
  ["rewritecond", noted(condition)],
  ["rewriterule", noted(rule)],
  ["rewritemap", noted(map)],
];
