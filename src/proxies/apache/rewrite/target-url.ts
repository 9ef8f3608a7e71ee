/** Schemes after which a text counts as a whole URL, and whether a query may follow (is_absolute_uri of mod_rewrite.c). */
const SCHEMES: readonly (readonly [prefix: string, query: boolean])[] = [
  ["ajp://", true],
  ["balancer://", true],
  ["ftp://", false],
  ["fcgi://", true],
  ["gopher://", false],
  ["http://", true],
  ["https://", true],
  ["h2://", true],
  ["h2c://", true],
  ["ldap://", false],
  ["mailto:", true],
  ["news:", false],
  ["nntp://", false],
  ["scgi://", true],
  ["ws://", true],
  ["wss://", true],
  ["unix://", true],
  ["unix:", true],
];

/** Length of the scheme of a whole URL, `://` included; 0 = the text is none. */
export function schemeLength(text: string): number {
  return schemeOf(text)?.[0].length ?? 0;
}

function schemeOf(text: string): readonly [string, boolean] | null {
  if (text.startsWith("/") || text.length <= 5) return null;
  const start = text.slice(0, 11).toLowerCase();
  return SCHEMES.find(([prefix]) => start.startsWith(prefix)) ?? null;
}

/** Path or URL, and query (null = none), while rules act on them. */
export interface Target {
  filename: string;
  args: string | null;
}

/** Flags that say what becomes of the query (QSA, QSD, QSL, and a "?" at the end of the substitution). */
export interface QueryFlags {
  readonly append: boolean;
  readonly discard: boolean;
  readonly last: boolean;
  readonly none: boolean;
}

/** Cuts the query off a substituted text (splitout_queryargs of mod_rewrite.c). */
export function splitQuery(target: Target, { append, discard, last, none }: QueryFlags): void {
  if (none) {
    target.args = null;
    return;
  }
  const scheme = schemeOf(target.filename);
  if (scheme !== null && !scheme[1]) {
    target.args = null;
    return;
  }
  if (discard) target.args = null;
  const skip = scheme?.[0].length ?? 0;
  const rest = target.filename.slice(skip);
  const mark = last ? rest.lastIndexOf("?") : rest.indexOf("?");
  if (mark < 0) return;
  const query = rest.slice(mark + 1);
  target.filename = target.filename.slice(0, skip + mark);
  if (!append) target.args = query;
  else if (query !== "") target.args = `${query}&${target.args ?? ""}`;
  if (target.args === "") target.args = null;
  else if (target.args?.endsWith("&")) target.args = target.args.slice(0, -1);
}

/** Characters of a path that are left as they are in a redirect (T_OS_ESCAPE_PATH of server/util.c). */
const PLAIN = /[A-Za-z0-9$\-_.+!*'(),:;@&=/~]/;

/** ap_escape_uri: the text of a path or query for a Location header. */
export function escapeUri(text: string): string {
  let escaped = "";
  for (const character of text) {
    const code = character.charCodeAt(0);
    escaped += PLAIN.test(character) || code > 255 ? character : `%${code.toString(16).padStart(2, "0")}`;
  }
  return escaped;
}

/** escape_absolute_uri of mod_rewrite.c: everything behind the host. */
export function escapeAbsolute(url: string): string {
  let at = schemeLength(url);
  if (url[at - 1] === "/") {
    const slash = url.indexOf("/", at);
    if (slash < 0 || slash === url.length - 1) return url;
    at = slash + 1;
  }
  return url.slice(0, at) + escapeUri(url.slice(at));
}

/** A blank or control character, which httpd does not send on in a URL. */
export function hasRawBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20 || code === 0x7f) return true;
  }
  return false;
}
