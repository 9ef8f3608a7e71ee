import type { Text } from "../../contract/text.ts";
import type { Balancer } from "./balancer.ts";

/** What a request says about its session: which name it used, and the route in the value. */
export class SessionValue {
  /** Cookie or path-parameter name under which the value was found. */
  readonly name: string;
  /** Text after the first separator, or the whole value when there is no separator; null when the separator is missing. */
  readonly route: string | null;
  /** What Cookie headers that name this session, and are read by no other balancer, keep of it: one for them all. */
  memo: CookieMemo | null = null;
  private members: Int32Array | null = null;
  private version = -1;

  constructor(name: string, route: string | null) {
    this.name = name;
    this.route = route;
  }

  /** Members with this route; remembered until a route of the balancer changes. */
  membersIn(balancer: Balancer): Int32Array {
    if (this.members === null || this.version !== balancer.routeVersion) {
      this.members = balancer.membersOfRoute(this.route ?? "");
      this.version = balancer.routeVersion;
    }
    return this.members;
  }
}

/**
 * The value of `name=` in a URL, or null (spec/apache.md 5; httpd: get_path_param of mod_proxy_balancer.c). The name is
 * found anywhere, without a word boundary in front; the value runs to the next `?` or `&`, with `semicolonEnds` also to
 * the next `;`. Leading delimiters are skipped, and a value of nothing but delimiters is none.
 */
export function urlValue(url: string, name: string, semicolonEnds: boolean): string | null {
  const delimiters = semicolonEnds ? ";?&" : "?&";
  for (let at = url.indexOf(name); at >= 0; ) {
    const after = at + name.length;
    if (url[after] === "=" && after + 1 < url.length) {
      let start = after + 1;
      while (start < url.length && delimiters.includes(url[start] as string)) start++;
      let end = start;
      while (end < url.length && !delimiters.includes(url[end] as string)) end++;
      return end > start ? url.slice(start, end) : null;
    }
    // An empty name is found everywhere, at last at the end.
    at = after < url.length ? url.indexOf(name, after + 1) : -1;
  }
  return null;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && " \t\n\v\f\r".includes(character);
}

/**
 * The value of a cookie in a Cookie header, or null (httpd: get_cookie_param). The first occurrence of the name at the
 * start or after `;`, `,` or white space counts; the value runs to the next `;` or `,`, quotes and blanks included.
 */
export function cookieValue(header: string, name: string): string | null {
  for (let at = header.indexOf(name); at >= 0 && at < header.length; at = header.indexOf(name, at + 1)) {
    const before = at === 0 ? ";" : (header[at - 1] as string);
    if (before !== ";" && before !== "," && !isSpace(before)) continue;
    let next = at + name.length;
    while (isSpace(header[next])) next++;
    if (header[next] !== "=" || next + 1 >= header.length) continue;
    const rest = header.slice(next + 1);
    const end = rest.search(/[;,]/);
    return end < 0 ? rest : rest.slice(0, end);
  }
  return null;
}

function readValue(balancer: Balancer, name: string, value: string): SessionValue {
  const separator = balancer.config?.stickySessionSeparator ?? null;
  if (separator === null) return withRoute(balancer, name, value);
  const at = value.indexOf(separator);
  return at < 0 ? new SessionValue(name, null) : withRoute(balancer, name, value.slice(at + 1));
}

/** Sessions that lead to one member say the same: they share one object. Of other routes there may be any number. */
function withRoute(balancer: Balancer, name: string, route: string): SessionValue {
  if (balancer.membersOfRoute(route).length === 0) return new SessionValue(name, route);
  const key = `${name}=${route}`;
  let session = balancer.sessionValues.get(key);
  if (session === undefined) {
    session = new SessionValue(name, balancer.routes.find((each) => each === route) ?? route);
    balancer.sessionValues.set(key, session);
  }
  return session;
}

/** The session that a URL names for this balancer, or null: then the cookie is asked. */
export function sessionOfUrl(balancer: Balancer, url: string): SessionValue | null {
  const sticky = balancer.config?.stickySession ?? null;
  if (sticky === null) return null;
  const value = urlValue(url, sticky.path, balancer.config?.scolonPathDelim ?? false);
  return value === null ? null : readValue(balancer, sticky.path, value);
}

/** What a Cookie text means to a balancer of a machine; kept with the text, so that a client's header is parsed once. */
class CookieMemo {
  readonly balancer: Balancer;
  readonly session: SessionValue | null;
  /** What it means to another balancer. */
  readonly next: CookieMemo | null;

  constructor(balancer: Balancer, session: SessionValue | null, next: CookieMemo | null) {
    this.balancer = balancer;
    this.session = session;
    this.next = next;
  }
}

/** The session that a Cookie header names for this balancer, or null. */
export function sessionOfCookie(balancer: Balancer, cookie: Text): SessionValue | null {
  const memo = cookie.proxyMemo;
  if (memo instanceof CookieMemo && memo.balancer === balancer) return memo.session;
  return amongMemos(balancer, cookie, memo instanceof CookieMemo ? memo : null);
}

function amongMemos(balancer: Balancer, cookie: Text, first: CookieMemo | null): SessionValue | null {
  for (let memo = first; memo !== null; memo = memo.next) if (memo.balancer === balancer) return memo.session;
  const sticky = balancer.config?.stickySession ?? null;
  const value = sticky === null ? null : cookieValue(cookie.text, sticky.cookie);
  const session = sticky === null || value === null ? null : readValue(balancer, sticky.cookie, value);
  cookie.proxyMemo = memoOf(balancer, session, first);
  return session;
}

/** A header that names a shared session and was read by nobody yet shares the memo too. */
function memoOf(balancer: Balancer, session: SessionValue | null, first: CookieMemo | null): CookieMemo {
  if (session === null || first !== null) return new CookieMemo(balancer, session, first);
  session.memo ??= new CookieMemo(balancer, session, null);
  return session.memo;
}
