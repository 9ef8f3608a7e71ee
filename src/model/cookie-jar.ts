import { Text } from "../contract/text.ts";
import type { CookieScope, CookieScopes } from "./cookies/cookie-scope.ts";
import type { RequestPlace } from "./cookies/request-place.ts";
import { parsedSetCookie } from "./cookies/set-cookie.ts";

/** Stands for "no time": small integers are stored without a box of their own. */
const NEVER = -1;

/** More cookies than this are not kept (RFC 6265 section 6.1 lets a client set limits): one bit each in a mask. */
const MAX_COOKIES = 30;

/** One cookie; the jar is a list of them, because most jars hold a single one for ever. */
class StoredCookie {
  readonly name: string;
  /** "name=value": the Cookie header of a request that this cookie goes with alone. */
  readonly pair: Text;
  readonly scope: CookieScope;
  /** Instant at which it is deleted, or NEVER. */
  expiresUs: number;
  next: StoredCookie | null = null;

  constructor(name: string, pair: Text, scope: CookieScope, expiresUs: number) {
    this.name = name;
    this.pair = pair;
    this.scope = scope;
    this.expiresUs = expiresUs;
  }
}

/**
 * The cookies of one client session by the rules of RFC 6265: name, domain and path identify a cookie, a new one with
 * the same identity replaces it in place, a lifetime that is over deletes it. The flags Secure and HttpOnly are not
 * looked at: the world has no scheme and no script.
 *
 * The Cookie header is the same `Text` as long as the same cookies go with a request, so everybody who reads it reads it
 * once.
 */
export class CookieJar {
  /** Longer paths first, then older ones first: the order of the header (section 5.4, step 2). */
  private first: StoredCookie | null = null;
  private nextExpiryUs = NEVER;
  /** Headers of several cookies that went together, by their places in the list. */
  private headers: { readonly mask: number; readonly header: Text }[] | null = null;

  /** Keeps what a Set-Cookie line says, as received in an answer to a request for `place`. */
  store(line: Text, place: RequestPlace, scopes: CookieScopes, nowUs: number): void {
    const cookie = parsedSetCookie(line);
    if (cookie === null) return;
    const scope = scopes.of(cookie.path, cookie.domain, place);
    if (scope === null) return;
    let before: StoredCookie | null = null;
    let known = this.first;
    while (known !== null && !(known.scope === scope && known.name === cookie.name)) {
      before = known;
      known = known.next;
    }
    if (cookie.maxAgeUs !== null && cookie.maxAgeUs <= 0) {
      if (known !== null) this.link(before, known.next);
      return;
    }
    const expiresUs = cookie.maxAgeUs === null ? NEVER : nowUs + cookie.maxAgeUs;
    if (known !== null && known.pair.text === cookie.pair) {
      if (known.expiresUs === expiresUs) return;
      known.expiresUs = expiresUs;
    } else {
      const stored = new StoredCookie(cookie.name, new Text(cookie.pair), scope, expiresUs);
      if (known === null) this.insert(stored);
      else {
        stored.next = known.next;
        this.link(before, stored);
      }
    }
    this.nextExpiryUs = this.earliestExpiryUs();
  }

  /** Whether time alone can change what is sent. */
  hasExpiry(): boolean {
    return this.nextExpiryUs !== NEVER;
  }

  /** The Cookie header of a request for `place`, or null. */
  header(place: RequestPlace, nowUs: number): Text | null {
    if (this.nextExpiryUs !== NEVER && this.nextExpiryUs <= nowUs) this.removeExpired(nowUs);
    let only: StoredCookie | null = null;
    let mask = 0;
    let bit = 1;
    for (let cookie = this.first; cookie !== null; cookie = cookie.next, bit <<= 1) {
      if (!cookie.scope.matches(place)) continue;
      mask |= bit;
      only = cookie;
    }
    if (only === null) return null;
    return (mask & (mask - 1)) === 0 ? only.pair : this.headerOf(mask);
  }

  /** The header of several cookies. */
  private headerOf(mask: number): Text {
    this.headers ??= [];
    const known = this.headers.find((each) => each.mask === mask);
    if (known !== undefined) return known.header;
    const pairs: string[] = [];
    let bit = 1;
    for (let cookie = this.first; cookie !== null; cookie = cookie.next, bit <<= 1)
      if ((mask & bit) !== 0) pairs.push(cookie.pair.text);
    const header = new Text(pairs.join("; "));
    this.headers.push({ mask, header });
    return header;
  }

  /** Puts a new cookie behind those whose path is as long; the last one makes room where there are too many. */
  private insert(cookie: StoredCookie): void {
    const { length } = cookie.scope.path;
    let count = 0;
    let before: StoredCookie | null = null;
    let last: StoredCookie | null = null;
    for (let each = this.first; each !== null; each = each.next) {
      if (++count === MAX_COOKIES) {
        (last as StoredCookie).next = null;
        break;
      }
      if (each.scope.path.length >= length) before = each;
      last = each;
    }
    cookie.next = before === null ? this.first : before.next;
    this.link(before, cookie);
  }

  /** What stands behind `before` (null = at the head of the list) is another cookie now, so no known header holds. */
  private link(before: StoredCookie | null, next: StoredCookie | null): void {
    if (before === null) this.first = next;
    else before.next = next;
    this.headers = null;
  }

  private removeExpired(nowUs: number): void {
    let before: StoredCookie | null = null;
    for (let cookie = this.first; cookie !== null; cookie = cookie.next) {
      if (cookie.expiresUs !== NEVER && cookie.expiresUs <= nowUs) this.link(before, cookie.next);
      else before = cookie;
    }
    this.nextExpiryUs = this.earliestExpiryUs();
  }

  private earliestExpiryUs(): number {
    let earliestUs = NEVER;
    for (let cookie = this.first; cookie !== null; cookie = cookie.next) {
      const { expiresUs } = cookie;
      if (expiresUs !== NEVER && (earliestUs === NEVER || expiresUs < earliestUs)) earliestUs = expiresUs;
    }
    return earliestUs;
  }
}
