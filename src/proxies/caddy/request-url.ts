/**
 * The URL of a request as Go keeps it (net/url, Go 1.19): the path decoded, and as it was written where that is not what
 * encoding would give.
 */
export class RequestUrl {
  path = "";
  query: string;
  private raw = "";

  constructor(target: string) {
    const at = target.indexOf("?");
    this.query = at < 0 ? "" : target.slice(at + 1);
    this.escapedPath = at < 0 ? target : target.slice(0, at);
  }

  /** The path as it travels: as written while that still stands for the path (URL.EscapedPath). */
  get escapedPath(): string {
    if (this.raw !== "" && VALID_ENCODING.test(this.raw) && unescapePath(this.raw) === this.path) return this.raw;
    return this.path === "*" ? "*" : escapePath(this.path);
  }

  /** What `changePath` of Caddy's rewrite does with an encoded path. */
  set escapedPath(text: string) {
    this.raw = text;
    this.path = unescapePath(text) ?? text;
    if (this.raw === this.path) this.raw = "";
  }

  /** `rewrite` to a path, a query or both (rewrite.go, Rewrite, 2.6.2). */
  rewrite(uri: string): void {
    const at = uri.indexOf("?");
    const whole = this.query === "" ? this.path : `${this.path}?${this.query}`;
    const fill = (text: string): string =>
      text.replace(/\{(?:http\.request\.)?(?:uri\.)?(uri|path|query)\}/g, (_, name: string) =>
        name === "uri" ? whole : name === "path" ? this.path : this.query,
      );
    let path = fill(at < 0 ? uri : uri.slice(0, at));
    let query = at < 0 ? null : uri.slice(at + 1);
    const inPath = path.indexOf("?");
    if (inPath >= 0) {
      if (query === "") query = path.slice(inPath + 1);
      path = path.slice(0, inPath);
    }
    if (query !== null) query = builtQuery(query, this);
    if (path !== "") this.path = path;
    if (query !== null) this.query = query;
  }

  /** The request line's (URL.RequestURI). */
  get requestUri(): string {
    const path = this.escapedPath === "" ? "/" : this.escapedPath;
    return this.query === "" ? path : `${path}?${this.query}`;
  }
}

/** Empty parts and the ampersands before them are left out (rewrite.go, buildQueryString, 2.6.2). */
function builtQuery(query: string, url: RequestUrl): string {
  return query
    .split("&")
    .map((part) =>
      part.replace(/\{(?:http\.request\.uri\.)?(query|path)\}/g, (_, name: string) =>
        name === "query" ? url.query : encodeURIComponent(url.path),
      ),
    )
    .filter((part) => part !== "")
    .join("&");
}

const VALID_ENCODING = /^(?:[A-Za-z0-9\-_.~$&+,/:;=@!'()*[\]]|%[0-9A-Fa-f]{2})*$/;

/** Decoded, null where a percent sign begins no code. */
export function unescapePath(text: string): string | null {
  if (!text.includes("%")) return text;
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return null;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "%") {
      bytes.push(Number.parseInt(text.slice(i + 1, i + 3), 16));
      i += 2;
    } else bytes.push(...encoder.encode(text[i]));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

function escapePath(path: string): string {
  let text = "";
  for (const byte of new TextEncoder().encode(path)) {
    const char = String.fromCharCode(byte);
    text += /[A-Za-z0-9\-_.~$&+,/:;=@]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}

/** Without `.`, `..` and doubled slashes, a slash at the end stays (Go's path.Clean; caddyhttp.CleanPath). */
export function cleanPath(path: string, mergesSlashes: boolean): string {
  if (!mergesSlashes) return cleanPath(path.replace(/\/(?=\/)/g, `/${BETWEEN}`), true).replaceAll(BETWEEN, "");
  const parts: string[] = [];
  const isRooted = path.startsWith("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && (isRooted || (parts.length > 0 && parts[parts.length - 1] !== ".."))) parts.pop();
    else parts.push(part);
  }
  const cleaned = `${isRooted ? "/" : ""}${parts.join("/")}` || (isRooted ? "/" : ".");
  return cleaned !== "/" && path.endsWith("/") ? `${cleaned}/` : cleaned;
}

/** A character that no URL has, put between two slashes to keep both. */
const BETWEEN = "\u00ff";
