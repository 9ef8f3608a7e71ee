import type { Header, ResponseHead } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import type { CookieConfig } from "./config/haproxy-config.ts";
import { cookieHeaderOf, setCookieOf, withoutCookie } from "./cookie-header.ts";
import type { Server } from "./server.ts";
import type { Stream } from "./stream.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Seconds of one unit of the dates in a cookie. */
const DATE_UNIT = 4;

/** The persistence cookie in a request (src/http_ana.c, http_manage_client_side_cookies, 2.6.12; spec/haproxy.md 6). */
export function followCookie(stream: Stream, cookie: CookieConfig, second: number): void {
  const header = stream.what.cookie;
  if (header === null) return;
  for (const { name, value, isPair } of cookieHeaderOf(header).pairs) {
    if (name !== cookie.name || !isPair) continue;
    const end = value.indexOf(cookie.mode === "prefix" ? "~" : "|");
    const hasDates = cookie.mode !== "prefix" && end >= 0;
    const isTooOld = hasDates && !datesHold(stream, cookie, value.slice(end + 1), second);
    findServer(stream, isTooOld ? "" : end < 0 ? value : value.slice(0, end));
  }
}

/** Reads the dates of maxidle and maxlife; false = one of them is over, as if the cookie were not there. */
function datesHold(stream: Stream, cookie: CookieConfig, dates: string, second: number): boolean {
  const bar = dates.indexOf("|");
  stream.cookieLast = dateSeconds(dates);
  stream.cookieFirst = bar < 0 ? -1 : dateSeconds(dates.slice(bar + 1));
  const life = secondsOf(cookie.maxlifeUs);
  const idle = secondsOf(cookie.maxidleUs);
  if (life !== null && isOver(stream.cookieFirst, life, second)) stream.cookieFlag = "O";
  else if (idle !== null && isOver(stream.cookieLast, idle, second)) stream.cookieFlag = "E";
  else return true;
  stream.cookieLast = -1;
  stream.cookieFirst = -1;
  return false;
}

/** Longer ago than allowed, or more than a day ahead of the clock. */
function isOver(since: number, seconds: number, second: number): boolean {
  return since >= 0 && (second - since > seconds || since - second > 86_400);
}

function secondsOf(us: number | null): number | null {
  return us === null || us === 0 ? null : Math.floor(us / 1_000_000);
}

/** Five digits to base 64 that count units of four seconds, 30 bits (src/base64.c, b64tos30); -1 = there is no date. */
function dateSeconds(text: string): number {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const digit = ALPHABET.indexOf(text[i] ?? " ");
    if (digit < 0) return -1;
    value = value * 64 + digit;
  }
  return value === 0 ? -1 : value * DATE_UNIT;
}

/** A moment in units of four seconds, rounded up. */
function dateText(second: number): string {
  let value = Math.ceil(second / DATE_UNIT);
  let text = "";
  for (let i = 0; i < 5; i++) {
    text = (ALPHABET[value % 64] as string) + text;
    value = Math.floor(value / 64);
  }
  return text;
}

/** Empty ids never match; D, E and O of an earlier cookie of the same name stay unless a server is found. */
function findServer(stream: Stream, id: string): void {
  const { backend } = stream;
  if (backend === null) return;
  const isUnused = stream.ignorePersist || stream.assigned;
  if (!isUnused && id !== "")
    for (const server of backend.servers) {
      if (server.cookie !== id) continue;
      if (mayPersist(stream, server)) {
        stream.cookieFlag = server.isStanding ? "V" : "D";
        stream.server = server;
        stream.assigned = true;
        stream.direct = true;
        return;
      }
      stream.cookieFlag = "D";
    }
  if (!["D", "E", "O"].includes(stream.cookieFlag)) stream.cookieFlag = isUnused ? "U" : "I";
}

/** The Cookie header that the server sees: ignore-persist leaves the cookie unused but takes it out all the same. */
export function forwardedCookie(stream: Stream, cookie: CookieConfig | null): Text | null {
  const header = stream.what.cookie;
  if (header === null || cookie === null) return header;
  if (cookie.mode === "insert" && cookie.indirect) return withoutCookie(header, cookie.name);
  const { pairs, tidy } = cookieHeaderOf(header);
  if (cookie.mode !== "prefix") return tidy;
  if (!pairs.some(({ name, value }) => name === cookie.name && value.includes("~"))) return tidy;
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
  if (stream.ignorePersist) return head;
  let preserved = false;
  let changed = false;
  const lines: Text[] = [];
  for (const line of head.setCookies) {
    const { name = "", value = "", rest = "" } = setCookieOf(line) ?? {};
    if (name !== cookie.name) lines.push(line);
    else if (cookie.preserve) {
      preserved = true;
      changed = true;
      lines.push(new Text(`${name}=${value}${rest}`));
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
  const idles = secondsOf(cookie.maxidleUs) !== null;
  const lives = secondsOf(cookie.maxlifeUs) !== null;
  const { cookieLast, cookieFirst } = stream;
  // Dates are rounded up: one that lies behind was written in an earlier unit of time.
  if ((idles || cookieLast >= 0) && cookieLast < second) return true;
  return lives ? cookieFirst < 0 : cookieFirst >= 0;
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
      const first = stream.cookieFirst >= 0 ? stream.cookieFirst : second;
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
