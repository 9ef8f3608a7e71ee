import { Text } from "../../contract/text.ts";

/** `isPair` = it has an equal sign; what has none is no cookie, and is left where it stands. */
export interface CookiePair {
  readonly name: string;
  readonly value: string;
  readonly text: string;
  readonly isPair: boolean;
}

/** What is read out of a Cookie header once. */
export interface CookieHeader {
  readonly pairs: readonly CookiePair[];
  /** The header with the blanks around equal signs taken out. */
  readonly tidy: Text;
  /** The header without the pairs of a name, by name; null = nothing is left. */
  readonly without: Map<string, Text | null>;
}

/** Name and value of every pair; blanks around are no part of them (src/http_ana.c, http_manage_client_side_cookies, 2.6.12). */
export function cookieHeaderOf(cookie: Text): CookieHeader {
  const memo = cookie.proxyMemo as CookieHeader | undefined;
  if (memo !== undefined) return memo;
  const pairs = cookie.text
    .split(/[;,]/)
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .map((text) => {
      const equal = text.indexOf("=");
      const [name, value] = [text.slice(0, Math.max(0, equal)).trim(), text.slice(equal + 1).trim()];
      return equal < 0
        ? { name: text, value: "", text, isPair: false }
        : { name, value, text: `${name}=${value}`, isPair: true };
    });
  const isTidy = !/\s=|=\s/.test(cookie.text);
  const tidy = isTidy ? cookie : new Text(cookie.text.replace(/[ \t]*=[ \t]*/g, "="));
  const made: CookieHeader = { pairs, tidy, without: new Map() };
  cookie.proxyMemo = made;
  return made;
}

/** The header as it travels on when the pairs of a name are deleted. */
export function withoutCookie(cookie: Text, name: string): Text | null {
  const { pairs, without } = cookieHeaderOf(cookie);
  let rest = without.get(name);
  if (rest === undefined) {
    const kept = pairs.filter((pair) => !pair.isPair || pair.name !== name);
    rest = kept.length === pairs.length ? cookieHeaderOf(cookie).tidy : kept.length === 0 ? null : joined(kept);
    without.set(name, rest);
  }
  return rest;
}

function joined(pairs: readonly { readonly text: string }[]): Text {
  return new Text(pairs.map(({ text }) => text).join("; "));
}

/** Name and value of a Set-Cookie line, and what follows them; null = it has no equal sign and is no cookie. */
export function setCookieOf(
  line: Text,
): { readonly name: string; readonly value: string; readonly rest: string } | null {
  const { text } = line;
  const end = text.indexOf(";");
  const pair = end < 0 ? text : text.slice(0, end);
  const equal = pair.indexOf("=");
  if (equal < 0) return null;
  const value = pair.slice(equal + 1).trim();
  const blanks = pair.slice(pair.trimEnd().length);
  return { name: pair.slice(0, equal).trim(), value, rest: `${blanks}${end < 0 ? "" : text.slice(end)}` };
}
