import { Text } from "../../contract/text.ts";

/** What is read out of a Cookie header once. */
export interface CookieHeader {
  readonly pairs: readonly { readonly name: string; readonly value: string; readonly text: string }[];
  /** The header without the pairs of a name, by name; null = nothing is left. */
  readonly without: Map<string, Text | null>;
}

/** Name and value of every pair; blanks around are no part of them (src/http.c, 2.6.12). */
export function cookieHeaderOf(cookie: Text): CookieHeader {
  const memo = cookie.proxyMemo as CookieHeader | undefined;
  if (memo !== undefined) return memo;
  const pairs = cookie.text
    .split(/[;,]/)
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .map((text) => {
      const equal = text.indexOf("=");
      return equal < 0
        ? { name: text, value: "", text }
        : { name: text.slice(0, equal).trim(), value: text.slice(equal + 1).trim(), text };
    });
  const made: CookieHeader = { pairs, without: new Map() };
  cookie.proxyMemo = made;
  return made;
}

/** The header as it travels on when the pairs of a name are deleted. */
export function withoutCookie(cookie: Text, name: string): Text | null {
  const { pairs, without } = cookieHeaderOf(cookie);
  let rest = without.get(name);
  if (rest === undefined) {
    const kept = pairs.filter((pair) => pair.name !== name);
    rest = kept.length === pairs.length ? cookie : kept.length === 0 ? null : joined(kept);
    without.set(name, rest);
  }
  return rest;
}

function joined(pairs: readonly { readonly text: string }[]): Text {
  return new Text(pairs.map(({ text }) => text).join("; "));
}

/** Name and value of a Set-Cookie line. */
export function setCookieOf(line: Text): { readonly name: string; readonly value: string; readonly rest: string } {
  const { text } = line;
  const end = text.indexOf(";");
  const pair = end < 0 ? text : text.slice(0, end);
  const equal = pair.indexOf("=");
  const rest = end < 0 ? "" : text.slice(end);
  return equal < 0
    ? { name: pair.trim(), value: "", rest }
    : { name: pair.slice(0, equal).trim(), value: pair.slice(equal + 1).trim(), rest };
}
