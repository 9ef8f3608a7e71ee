import { Fault } from "./report.ts";
import type { AclPattern, MatchMethod } from "./sample-expression.ts";

const OPERATORS = ["eq", "gt", "ge", "lt", "le"];

/** Reads the patterns of a test; throws `Fault` for those that the method can't compare. Source: src/pattern.c, 2.6.12. */
export function parsePatterns(match: MatchMethod, words: readonly string[]): readonly AclPattern[] {
  if (match === "int" || match === "len") return rangePatterns(words);
  return words.map((text) => {
    if (match === "ip") return { text, range: null, network: networkOf(text) };
    if (match === "reg") checkRegex(text);
    return { text, range: null, network: null };
  });
}

function rangePatterns(words: readonly string[]): readonly AclPattern[] {
  const patterns: AclPattern[] = [];
  let operator = "eq";
  for (const word of words) {
    if (OPERATORS.includes(word)) {
      operator = word;
      continue;
    }
    const [, from, colon, to] = /^(-?\d*)(:?)(-?\d*)$/.exec(word) ?? [];
    if (from === undefined || (from === "" && to === "")) throw new Fault(numberFault(word, operator));
    if (from !== "" && to !== "" && colon !== "" && Number(from) > Number(to))
      throw new Fault(`'${word}' is not a valid number range`);
    const low = from === "" ? null : Number(from);
    const high = colon === "" ? low : to === "" ? null : Number(to);
    patterns.push({
      text: operator === "eq" ? word : `${operator} ${word}`,
      range: rangeOf(operator, low, high),
      network: null,
    });
  }
  return patterns;
}

/** What is said of a word where a number should be (src/pattern.c, pat_parse_int; src/acl.c, 2.6.12). */
function numberFault(word: string, operator: string): string {
  if (/^-?\d*:/.test(word)) return `'${word}' is not a valid number range`;
  return operator === "eq" ? `'${word}' is not a number` : `'${word}' is neither a number nor a supported operator`;
}

function rangeOf(operator: string, low: number | null, high: number | null): NonNullable<AclPattern["range"]> {
  if (operator === "gt") return { min: (low ?? 0) + 1, max: null };
  if (operator === "ge") return { min: low, max: null };
  if (operator === "lt") return { min: null, max: (high ?? 0) - 1 };
  if (operator === "le") return { min: null, max: high };
  return { min: low, max: high };
}

/** An IPv4 address with an optional mask as unsigned numbers; null = IPv6; throws `Fault` for neither. */
export function networkOf(text: string): { readonly address: number; readonly mask: number } | null {
  const wrong = (): Fault => new Fault(`'${text}' is not a valid IPv4 or IPv6 address`);
  const [addressText = "", maskText] = text.split("/");
  if (addressText.includes(":")) {
    if (!/^[0-9a-f:.]+$/i.test(addressText) || Number(maskText ?? 128) > 128) throw wrong();
    return null;
  }
  const address = ipv4Number(addressText);
  if (address === null) throw wrong();
  if (maskText === undefined) return { address, mask: 0xffff_ffff };
  const dotted = ipv4Number(maskText);
  if (maskText.includes(".") && dotted !== null) return { address, mask: dotted };
  const bits = /^\d+$/.test(maskText) ? Number(maskText) : 99;
  if (bits > 32) throw wrong();
  return { address, mask: bits === 0 ? 0 : (0xffff_ffff << (32 - bits)) >>> 0 };
}

/** "10.0.0.1" as a number, null when it isn't an IPv4 address. */
export function ipv4Number(text: string): number | null {
  const parts = text.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Only what is wrong in every dialect is found: unbalanced groups and classes. */
function checkRegex(text: string): void {
  let depth = 0;
  let isClass = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "\\") i++;
    else if (isClass) isClass = c !== "]";
    else if (c === "[") isClass = true;
    else if (c === "(") depth++;
    else if (c === ")" && --depth < 0) {
      throw new Fault(`regex '${text}' is invalid (error=unmatched closing parenthesis, erroffset=${i})`);
    }
  }
  if (isClass) throw regexFault(text, "missing terminating ] for character class");
  if (depth > 0) throw regexFault(text, "missing closing parenthesis");
}

function regexFault(text: string, error: string): Fault {
  return new Fault(`regex '${text}' is invalid (error=${error}, erroffset=${text.length})`);
}
