import type { Header, ResponseHead } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import type { CookieConfig } from "./config/haproxy-config.ts";
import { cookieHeaderOf, setCookieOf, withoutCookie } from "./cookie-header.ts";
import type { Server } from "./server.ts";
import type { Stream } from "./stream.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The persistence cookie in a request (src/http_ana.c, http_manage_client_side_cookies, 2.6.12; spec/haproxy.md 6). */
export function followCookie(stream: Stream, cookie: CookieConfig, second: number): void {
  const header = stream.what.cookie;
  if (header === null) return;
  for (const pair of cookieHeaderOf(header).pairs) {
    if (pair.name !== cookie.name) continue;
    const end = pair.value.indexOf(cookie.mode === "prefix" ? "~" : "|");
    const id = end < 0 ? pair.value : pair.value.slice(0, end);
    // A cookie without the delimiter of prefix mode is not the proxy's.
    if (cookie.mode === "prefix" && end < 0) {
      stream.cookieFlag = stream.cookieFlag === "N" ? "I" : stream.cookieFlag;
      continue;
    }
    if (cookie.mode !== "prefix" && end >= 0 && !datesHold(stream, cookie, pair.value.slice(end + 1), second)) continue;
    findServer(stream, id);
  }
}

/** Dates of maxidle and maxlife: 30 seconds each, five digits to base 64. */
function datesHold(stream: Stream, cookie: CookieConfig, dates: string, second: number): boolean {
  const [last = "", first = ""] = dates.split("|");
  stream.cookieLast = dateSeconds(last);
  stream.cookieFirst = dateSeconds(first);
  const idle = secondsOf(cookie.maxidleUs);
  const life = secondsOf(cookie.maxlifeUs);
  if (idle !== null && isOver(stream.cookieLast, idle, second)) stream.cookieFlag = "E";
  else if (life !== null && isOver(stream.cookieFirst, life, second)) stream.cookieFlag = "O";
  else return true;
  return false;
}

function isOver(since: number, seconds: number, second: number): boolean {
  return since >= 0 && (second - since > seconds || since - second > 86_400);
}

function secondsOf(us: number | null): number | null {
  return us === null || us === 0 ? null : Math.floor(us / 1_000_000);
}

function dateSeconds(text: string): number {
  if (text.length !== 5) return -1;
  let value = 0;
  for (const char of text) value = value * 64 + Math.max(0, ALPHABET.indexOf(char));
  return value * 30;
}

function dateText(second: number): string {
  let value = Math.floor(second / 30);
  let text = "";
  for (let i = 0; i < 5; i++) {
    text = (ALPHABET[value % 64] as string) + text;
    value = Math.floor(value / 64);
  }
  return text;
}

function findServer(stream: Stream, id: string): void {
  const { backend } = stream;
  if (backend === null) return;
  if (stream.ignorePersist || stream.assigned) {
    stream.cookieFlag = "U";
    return;
  }
  let flag = "I";
  if (id !== "")
    for (const server of backend.servers) {
      if (server.cookie !== id) continue;
      if (mayPersist(stream, server)) {
        stream.cookieFlag = server.isStanding ? "V" : "D";
        stream.server = server;
        stream.assigned = true;
        stream.direct = true;
        return;
      }
      flag = "D";
    }
  stream.cookieFlag = flag;
}

/** The Cookie header that the server sees. */
export function forwardedCookie(stream: Stream, cookie: CookieConfig | null): Text | null {
  const header = stream.what.cookie;
  if (header === null || cookie === null || stream.ignorePersist) return header;
  if (cookie.mode === "insert" && cookie.indirect) return withoutCookie(header, cookie.name);
  if (cookie.mode !== "prefix") return header;
  const { pairs } = cookieHeaderOf(header);
  if (!pairs.some(({ name, value }) => name === cookie.name && value.includes("~"))) return header;
  return new Text(
    pairs
      .map(({ name, value, text }) => (name === cookie.name ? `${name}=${value.slice(value.indexOf("~") + 1)}` : text))
      .join("; "),
  );
}

/** The answer with the cookie inserted, rewritten or deleted (http_manage_server_side_cookies and http_process_res_common). */
export function relayedCookies(
  stream: Stream,
  head: ResponseHead,
  cookie: CookieConfig,
  server: Server,
  second: number,
): ResponseHead {
  if (stream.ignorePersist || cookie.mode === "passive") return head;
  let preserved = false;
  let changed = false;
  const lines: Text[] = [];
  for (const line of head.setCookies) {
    const { name, value, rest } = setCookieOf(line);
    if (name !== cookie.name) lines.push(line);
    else if (cookie.preserve && cookie.mode === "insert") {
      preserved = true;
      lines.push(line);
    } else if (cookie.mode === "insert" || (stream.direct && cookie.indirect)) changed = true;
    else if (server.cookie !== null && cookie.mode === "rewrite") {
      changed = true;
      lines.push(new Text(`${name}=${server.cookie}${rest}`));
    } else if (server.cookie !== null && cookie.mode === "prefix") {
      changed = true;
      lines.push(new Text(`${name}=${server.cookie}~${value}${rest}`));
    } else lines.push(line);
  }
  const inserted = cookie.mode === "insert" && !preserved && isInserted(stream, cookie, second);
  if (!inserted && !changed) return head;
  if (inserted) lines.push(new Text(insertedLine(stream, cookie, server, second)));
  const isPrivate = inserted && cookie.nocache && isCacheable(stream.method, head);
  return {
    ...head,
    setCookies: lines,
    headers: isPrivate ? [...head.headers, { name: "Cache-control", value: "private" }] : head.headers,
  };
}

function isInserted(stream: Stream, cookie: CookieConfig, second: number): boolean {
  if (cookie.postonly && stream.method !== "POST") return false;
  if (!stream.direct) return true;
  if (stream.cookieFlag !== "V") return false;
  const idles = secondsOf(cookie.maxidleUs) !== null;
  const lives = secondsOf(cookie.maxlifeUs) !== null;
  if (!idles && !lives) return stream.cookieLast >= 0 || stream.cookieFirst >= 0;
  if (idles && Math.floor(second / 30) !== Math.floor(stream.cookieLast / 30)) return true;
  return lives && stream.cookieFirst < 0;
}

function insertedLine(stream: Stream, cookie: CookieConfig, server: Server, second: number): string {
  const options = [
    ...cookie.domains.map((domain) => `; domain=${domain}`),
    ...(cookie.httponly ? ["; HttpOnly"] : []),
    ...(cookie.secure ? ["; Secure"] : []),
    ...cookie.attrs.map((attr) => `; ${attr}`),
  ].join("");
  if (server.cookie === null) return `${cookie.name}=; Expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/${options}`;
  let value = server.cookie;
  if (secondsOf(cookie.maxidleUs) !== null || secondsOf(cookie.maxlifeUs) !== null) {
    value += `|${dateText(second)}`;
    if (secondsOf(cookie.maxlifeUs) !== null) {
      const first = stream.direct && stream.cookieFirst >= 0 ? stream.cookieFirst : second;
      value += `|${dateText(first)}`;
    }
  }
  return `${cookie.name}=${value}; path=/${options}`;
}

const CACHEABLE = new Set([200, 203, 204, 206, 300, 301, 404, 405, 410, 414, 501]);

/** `http_check_response_for_cacheability` (spec/haproxy.md 6). */
function isCacheable(method: string, { status, headers }: ResponseHead): boolean {
  if (!["GET", "HEAD", "OPTIONS", "TRACE"].includes(method) || !CACHEABLE.has(status)) return false;
  const valuesOf = (name: string): string[] =>
    headers
      .filter((header: Header) => header.name.toLowerCase() === name)
      .flatMap(({ value }) => value.split(","))
      .map((value) => value.trim().toLowerCase());
  if (valuesOf("pragma").includes("no-cache")) return false;
  const control = valuesOf("cache-control");
  if (control.some((word) => /^(private|no-cache|no-store|max-age=0|s-maxage=0)\b/.test(word))) return false;
  if (control.some((word) => /^(max-age|s-maxage)=/.test(word))) return true;
  return ["expires", "etag", "last-modified"].some((name) => valuesOf(name).length > 0);
}

/** Whether a server may be used by persistence at all. */
export function mayPersist(stream: Stream, server: Server): boolean {
  return server.isStanding || server.backend.config.persist || stream.forcePersist;
}
