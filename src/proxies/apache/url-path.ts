/** A request target, taken apart as httpd does before it maps it. */
export interface RequestTarget {
  /** Decoded, normalised path (r->uri). */
  readonly path: string;
  /** Path as it was sent, for `nocanon`. */
  readonly rawPath: string;
  /** Text after the first `?`, or null. */
  readonly query: string | null;
}

/** Characters that httpd leaves as they are in a path that it builds (ap_proxy_canonenc of proxy_util.c). */
const PLAIN = /[A-Za-z0-9$\-_.+!*'(),;:@&=/~]/;

/**
 * Takes a request target apart: query off, percent escapes decoded, doubled slashes merged, dot segments resolved
 * (spec/apache.md 11; httpd: ap_normalize_path and ap_unescape_url). Answers the status of the refusal when httpd does not
 * accept it: 400 for a bad escape or a path above the root, 404 for an escaped slash (AllowEncodedSlashes Off).
 */
export function parseTarget(target: string): RequestTarget | 400 | 404 {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i.exec(target);
  const local = absolute === null ? target : target.slice(absolute[0].length) || "/";
  const mark = local.indexOf("?");
  const rawPath = mark < 0 ? local : local.slice(0, mark);
  const query = mark < 0 ? null : local.slice(mark + 1);
  if (!rawPath.startsWith("/")) return 400;
  const decoded = decodePath(rawPath);
  if (typeof decoded === "number") return decoded;
  const path = resolveDots(decoded);
  return path === null ? 400 : { path, rawPath, query };
}

function decodePath(path: string): string | 400 | 404 {
  if (!path.includes("%")) return path;
  let text = "";
  for (let i = 0; i < path.length; i++) {
    const character = path[i] as string;
    if (character !== "%") {
      text += character;
      continue;
    }
    const hex = path.slice(i + 1, i + 3);
    if (!/^[0-9a-f]{2}$/i.test(hex)) return 400;
    const code = Number.parseInt(hex, 16);
    if (code === 0 || code === 0x2f) return 404;
    text += String.fromCharCode(code);
    i += 2;
  }
  return text;
}

function resolveDots(path: string): string | null {
  const merged = path.replace(/\/{2,}/g, "/");
  if (!merged.includes("/.")) return merged;
  const kept: string[] = [];
  const segments = merged.slice(1).split("/");
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i] as string;
    const last = i === segments.length - 1;
    if (segment === "..") {
      if (kept.length === 0) return null;
      kept.pop();
    }
    if (segment === "." || segment === "..") {
      if (last) kept.push("");
    } else kept.push(segment);
  }
  return `/${kept.join("/")}`;
}

/** Escapes a decoded path for the URL that goes to a backend. */
export function encodePath(path: string): string {
  let text = "";
  for (const character of path) {
    if (PLAIN.test(character)) text += character;
    else if (character.length === 1 && character.charCodeAt(0) < 256) {
      text += `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
    } else text += encodeURIComponent(character);
  }
  return text;
}

/**
 * How many characters of a path a ProxyPass or Location prefix matches, 0 = it does not (httpd: alias_match of mod_proxy.c).
 * A prefix without trailing slash matches only up to a segment end; several slashes count as one.
 */
export function matchPrefix(path: string, prefix: string): number {
  let p = 0;
  let q = 0;
  while (q < prefix.length) {
    if (prefix[q] === "/") {
      if (path[p] !== "/") return 0;
      while (prefix[q] === "/") q++;
      while (path[p] === "/") p++;
    } else if (path[p++] !== prefix[q++]) return 0;
  }
  if (!prefix.endsWith("/") && p < path.length && path[p] !== "/") return 0;
  return p;
}
