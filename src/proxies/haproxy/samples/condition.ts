import type { AclPattern, AclTest, Condition } from "../config/sample-expression.ts";
import { ipv4Number } from "../ip-address.ts";
import type { Stream } from "../stream.ts";
import { type ProxyFigures, sampleValues } from "./fetch.ts";
import { patternOf } from "./pattern.ts";
import { type SampleValue, sampleAddress, sampleNumber, sampleText } from "./sample-value.ts";

/** Whether a condition holds (manual 7.1 and 7.2, HAProxy 2.6); null = always. */
export function holds(condition: Condition | null, stream: Stream, figures: ProxyFigures): boolean {
  if (condition === null) return true;
  const some = condition.alternatives.some((terms) =>
    terms.every(({ negated, tests }) => tests.some((test) => testHolds(test, stream, figures)) !== negated),
  );
  return some !== condition.unless;
}

function testHolds(test: AclTest, stream: Stream, figures: ProxyFigures): boolean {
  const values = sampleValues(test.sample, stream, figures);
  if (test.match === "found") return values.length > 0;
  return values.some((value) =>
    test.match === "bool" && test.patterns.length === 0
      ? sampleNumber(value) !== null && sampleNumber(value) !== 0
      : test.patterns.some((pattern) => matches(test, pattern, value)),
  );
}

/** Methods that HAProxy knows by number: they are compared exactly, whatever flag `-i` says (src/http_acl.c). */
const KNOWN_METHODS: ReadonlySet<string> = new Set([
  "OPTIONS",
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "TRACE",
  "CONNECT",
]);

function matches(test: AclTest, pattern: AclPattern, value: SampleValue): boolean {
  const { match } = test;
  const isKnownMethod = test.sample.fetch === "method" && KNOWN_METHODS.has(String(value));
  const ignoreCase = test.ignoreCase && !isKnownMethod;
  if (match === "bool") return (sampleNumber(value) !== 0) === /^(1|true|yes|on)$/i.test(pattern.text);
  if (match === "int" || match === "len") {
    const number = match === "len" ? sampleText(value).length : sampleNumber(value);
    const { min = null, max = null } = pattern.range ?? {};
    return number !== null && (min === null || number >= min) && (max === null || number <= max);
  }
  if (match === "ip") return addressMatches(pattern, sampleAddress(value)?.text ?? "");
  const text = ignoreCase ? sampleText(value).toLowerCase() : sampleText(value);
  if (match === "reg") return patternOf(pattern.text, ignoreCase ? "i" : "")?.test(sampleText(value)) ?? false;
  return textMatches(match, text, ignoreCase ? pattern.text.toLowerCase() : pattern.text);
}

function addressMatches({ network, text }: AclPattern, value: string): boolean {
  if (network === null) return text === value;
  const address = ipv4Number(value);
  return address !== null && (address & network.mask) >>> 0 === (network.address & network.mask) >>> 0;
}

function textMatches(match: AclTest["match"], text: string, pattern: string): boolean {
  switch (match) {
    case "beg":
      return text.startsWith(pattern);
    case "end":
      return text.endsWith(pattern);
    case "sub":
      return text.includes(pattern);
    case "dir":
      return partsMatch(text, pattern, /[/?]/);
    case "dom":
      return partsMatch(text, pattern, /[/?.:]/);
    default:
      return text === pattern;
  }
}

/** The pattern stands between delimiters or ends of the text; delimiters around it do not count. */
function partsMatch(text: string, pattern: string, delimiter: RegExp): boolean {
  const bare = (of: string): string => of.replace(/^[/?.:]+|[/?.:]+$/g, "");
  const parts = text.split(delimiter).filter((part) => part !== "");
  const wanted = bare(pattern).split(delimiter);
  return parts.some((_, at) => wanted.every((part, i) => parts[at + i] === part));
}
