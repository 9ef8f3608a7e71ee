import { usageOf } from "./argument-usage.ts";
import { How, type KnownDirective } from "./known-directives.ts";
import { readWord, skipSpace, type Word } from "./words.ts";

const COUNT_WORDS = new Map<number, { readonly counts: readonly number[]; readonly words: string }>([
  [How.ONE, { counts: [1], words: "takes one argument" }],
  [How.TWO, { counts: [2], words: "takes two arguments" }],
  [How.ONE_OR_TWO, { counts: [1, 2], words: "takes 1-2 arguments" }],
  [How.THREE, { counts: [3], words: "takes three arguments" }],
  [How.TWO_OR_THREE, { counts: [2, 3], words: "takes two or three arguments" }],
  [How.ONE_TO_THREE, { counts: [1, 2, 3], words: "takes one, two or three arguments" }],
  [How.ONE_OR_THREE, { counts: [1, 3], words: "takes one or three arguments" }],
]);

/** httpd's AP_MAX_ARGC: what a list directive takes at most. */
const LIST_LIMIT = 64;

/** Arguments of a directive, or httpd's complaint about their number. */
type CutArguments = { readonly words: readonly Word[] } | { readonly complaint: string };

/**
 * Cuts arguments up as httpd's `invoke_cmd` does for this directive. Raw directives get no words here: they cut for
 * themselves. On/Off directives look at their first word only, so that whatever follows it is silently accepted.
 */
export function cutArguments(known: KnownDirective, args: string): CutArguments {
  const exact = COUNT_WORDS.get(known.how);
  if (exact !== undefined) return cutCounted(known, args, exact.counts, exact.words);
  switch (known.how) {
    case How.ON_OFF: {
      const { word } = readWord(args, 0);
      const value = word.text.toLowerCase();
      return value === "on" || value === "off" ? { words: [word] } : { complaint: `${known.name} must be On or Off` };
    }
    case How.NONE:
      return args === "" ? { words: [] } : { complaint: `${known.name} takes no arguments` };
    case How.EACH:
      return cutList(known, args, 1, "requires at least one argument");
    case How.EACH_WITH_FIRST:
      return cutList(known, args, 2, "requires at least two arguments");
    case How.LIST:
      return { words: collect(args, LIST_LIMIT) };
    default:
      return { words: [] };
  }
}

function cutCounted(known: KnownDirective, args: string, counts: readonly number[], words: string): CutArguments {
  const most = counts[counts.length - 1] ?? 1;
  const found: Word[] = [];
  let at = 0;
  while (found.length < most && (found.length === 0 || at < args.length)) {
    const { word, next } = readWord(args, at);
    found.push(word);
    at = next;
  }
  const first = found[0]?.text ?? "";
  const enough = counts.includes(found.length) && at >= args.length && (first !== "" || known.how !== How.ONE);
  if (enough && !(first === "" && found.length === 1)) return { words: found };
  return { complaint: complaint(known, words) };
}

function cutList(known: KnownDirective, args: string, least: number, words: string): CutArguments {
  const found: Word[] = [];
  let at = 0;
  for (;;) {
    const { word, next } = readWord(args, at);
    if (word.text === "") break;
    found.push(word);
    at = next;
  }
  return found.length >= least ? { words: found } : { complaint: complaint(known, words) };
}

function collect(args: string, limit: number): Word[] {
  const found: Word[] = [];
  let at = skipSpace(args, 0);
  while (at < args.length && found.length < limit) {
    const { word, next } = readWord(args, at);
    found.push(word);
    at = next;
  }
  return found;
}

function complaint(known: KnownDirective, words: string): string {
  const usage = usageOf(known.name);
  return `${known.name} ${words}${usage === null ? "" : `, ${usage}`}`;
}
