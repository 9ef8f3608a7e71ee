import { isCarriedOut } from "../samples/convert.ts";
import { isFetched } from "../samples/fetch.ts";
import type { Args } from "./args.ts";
import type { Reader } from "./reader.ts";
import { Fault } from "./report.ts";
import type { SampleExpression } from "./sample-expression.ts";
import { parseSample } from "./sample-parser.ts";

/** Lines whose samples decide where a request goes. */
const DECIDING = new Set([
  "acl",
  "balance",
  "http-request",
  "http-response",
  "redirect",
  "stick",
  "use-server",
  "use_backend",
]);

/** Names fetches and converters of a line that HAProxy knows and lbsim does not carry out. */
export function passOverSamples(reader: Reader, args: Args): void {
  if (!DECIDING.has(args.keyword)) return;
  for (let i = 1; i < args.words.length; i++) {
    for (const text of expressionsIn(args, i)) {
      const sample = readable(text);
      if (sample === null) continue;
      if (!isFetched(sample.fetch)) reader.passOver("unmodelled", `fetch ${sample.fetch}`, args.position(i));
      for (const { name } of sample.converters)
        if (!isCarriedOut(name)) reader.passOver("unmodelled", `converter ${name}`, args.position(i));
    }
  }
}

/** Sample expressions in a word: the word itself where one is due, and those between `%[` and `]`. */
function expressionsIn(args: Args, i: number): readonly string[] {
  const word = args.at(i);
  const inFormat = [...word.matchAll(/%(?:\{[^}]*\})?\[([^\]]*)\]/g)].map(([, text]) => text ?? "");
  const isDue =
    /^!?\{$/.test(args.at(i - 1)) ||
    (i === 2 && (args.keyword === "acl" || args.keyword === "stick" || args.at(1) === "hash"));
  return isDue ? [word, ...inFormat] : inFormat;
}

/** What is wrong with an expression is told by who needs it. */
function readable(text: string): SampleExpression | null {
  try {
    return parseSample(text);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
