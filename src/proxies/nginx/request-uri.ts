import type { Text } from "../../contract/text.ts";

/** A request target as nginx takes it apart; kept with the text. */
export interface RequestUri {
  /** Decoded and normalised path: `$uri`. */
  readonly uri: string;
  /** After the question mark, null when there is none: `$args`. */
  readonly args: string | null;
  /** False: nginx answers 400 ("client sent invalid request"). */
  readonly isValid: boolean;
}

/** "%" without two hexadecimal digits behind it, and a zero byte (ngx_http_parse_complex_uri, sw_quoted). */
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})|%00/;

export function requestUriOf(target: Text, mergeSlashes: boolean): RequestUri {
  const known = target.proxyMemo as RequestUri | undefined;
  if (known !== undefined) return known;
  const taken = takeApart(target.text, mergeSlashes);
  target.proxyMemo = taken;
  return taken;
}

/** ngx_http_parse_complex_uri: %XX, "//", "/./" and "/../"; a fragment is dropped. */
export function takeApart(text: string, mergeSlashes: boolean): RequestUri {
  const plain = text.split("#")[0] ?? "";
  const question = plain.indexOf("?");
  const path = question < 0 ? plain : plain.slice(0, question);
  const uri = normalised(decoded(path), mergeSlashes);
  return {
    uri: uri ?? path,
    args: question < 0 ? null : plain.slice(question + 1),
    isValid: uri !== null && !BAD_ESCAPE.test(path),
  };
}

function decoded(path: string): string {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
}

/** Null: ".." leads out of the root. */
function normalised(path: string, mergeSlashes: boolean): string | null {
  if (!/\/(\/|\.)/.test(path)) return path;
  const merged = mergeSlashes ? path.replace(/\/{2,}/g, "/") : path;
  const out: string[] = [];
  const parts = merged.split("/");
  for (const [i, part] of parts.entries()) {
    const isLast = i === parts.length - 1;
    if (part === "..") {
      if (out.length <= 1) return null;
      out.pop();
      if (isLast) out.push("");
    } else if (part === ".") {
      if (isLast) out.push("");
    } else out.push(part);
  }
  return out.join("/");
}

/** Characters that nginx escapes in a URI that it makes itself (NGX_ESCAPE_URI). */
export function escapedUri(uri: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
  return uri.replace(/[\u0000-\u0020"%#?\u007f<>\\^`{|}]|[^\u0000-\u007f]/g, (character) =>
    Array.from(
      new TextEncoder().encode(character),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    ).join(""),
  );
}
