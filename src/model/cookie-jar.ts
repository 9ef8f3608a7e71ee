import { Text } from "../contract/text.ts";
import type { CookieScope, CookieScopes } from "./cookies/cookie-scope.ts";
import type { RequestPlace } from "./cookies/request-place.ts";
import { parsedSetCookie } from "./cookies/set-cookie.ts";

/** Stands for "no time": small integers are stored without a box of their own. */
const NEVER = -1;

/** More cookies than this are not kept (RFC 6265 section 6.1 lets a client set limits): one bit each in a mask. */
const MAX_COOKIES = 30;

interface StoredCookie {
  readonly name: string;
  readonly pair: string;
  readonly scope: CookieScope;
  /** Instant at which it is deleted, or NEVER. */
  readonly expiresUs: number;
}

const NO_COOKIES: readonly StoredCookie[] = [];

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
  private cookies: readonly StoredCookie[] = NO_COOKIES;
  private nextExpiryUs = NEVER;
  private lastMask = 0;
  private lastHeader: Text | null = null;
  /** Headers of other sets of cookies; only jars with several paths need it. */
  private others: { mask: number; header: Text }[] | null = null;

  /** Keeps what a Set-Cookie line says, as received in an answer to a request for `place`. */
  store(line: Text, place: RequestPlace, scopes: CookieScopes, nowUs: number): void {
    const cookie = parsedSetCookie(line);
    if (cookie === null) return;
    const scope = scopes.of(cookie.path, cookie.domain, place);
    if (scope === null) return;
    const at = this.cookies.findIndex((each) => each.scope === scope && each.name === cookie.name);
    if (cookie.maxAgeUs !== null && cookie.maxAgeUs <= 0) {
      if (at >= 0) {
        this.cookies = this.cookies.filter((_, i) => i !== at);
        this.changed();
      }
      return;
    }
    const expiresUs = cookie.maxAgeUs === null ? NEVER : nowUs + cookie.maxAgeUs;
    const known = this.cookies[at];
    if (known !== undefined && known.pair === cookie.pair && known.expiresUs === expiresUs) return;
    const stored = { name: cookie.name, pair: cookie.pair, scope, expiresUs };
    if (known === undefined) this.insert(stored);
    else this.cookies = this.cookies.map((each, i) => (i === at ? stored : each));
    if (known?.pair !== cookie.pair) this.changed();
    this.nextExpiryUs = this.earliestExpiryUs();
  }

  /** Whether time alone can change what is sent. */
  hasExpiry(): boolean {
    return this.nextExpiryUs !== NEVER;
  }

  /** The Cookie header of a request for `place`, or null. */
  header(place: RequestPlace, nowUs: number): Text | null {
    if (this.nextExpiryUs !== NEVER && this.nextExpiryUs <= nowUs) this.removeExpired(nowUs);
    const { cookies } = this;
    let mask = 0;
    for (let i = 0; i < cookies.length; i++) {
      if ((cookies[i] as StoredCookie).scope.matches(place)) mask |= 1 << i;
    }
    return mask === this.lastMask ? this.lastHeader : this.headerOf(mask);
  }

  private headerOf(mask: number): Text | null {
    if (mask === 0) return null;
    if (this.lastHeader !== null) {
      this.others ??= [];
      const known = this.others.find((other) => other.mask === mask);
      if (known !== undefined) return known.header;
    }
    const pairs = this.cookies.filter((_, i) => (mask & (1 << i)) !== 0).map((cookie) => cookie.pair);
    const header = new Text(pairs.join("; "));
    if (this.lastHeader === null) {
      this.lastMask = mask;
      this.lastHeader = header;
    } else this.others?.push({ mask, header });
    return header;
  }

  /** Makes a new array that is no longer than it must be: most jars hold one cookie for ever. */
  private insert(cookie: StoredCookie): void {
    const { cookies } = this;
    if (cookies.length === 0) {
      this.cookies = [cookie];
      return;
    }
    const length = cookie.scope.path.length;
    let at = Math.min(cookies.length, MAX_COOKIES - 1);
    while (at > 0 && (cookies[at - 1] as StoredCookie).scope.path.length < length) at--;
    this.cookies = [...cookies.slice(0, at), cookie, ...cookies.slice(at, MAX_COOKIES - 1)];
  }

  private removeExpired(nowUs: number): void {
    this.cookies = this.cookies.filter(({ expiresUs }) => expiresUs === NEVER || expiresUs > nowUs);
    this.nextExpiryUs = this.earliestExpiryUs();
    this.changed();
  }

  private earliestExpiryUs(): number {
    let earliestUs = NEVER;
    for (const { expiresUs } of this.cookies) {
      if (expiresUs !== NEVER && (earliestUs === NEVER || expiresUs < earliestUs)) earliestUs = expiresUs;
    }
    return earliestUs;
  }

  private changed(): void {
    this.lastMask = 0;
    this.lastHeader = null;
    this.others = null;
  }
}
