import type { RequestPlace } from "./request-place.ts";

/** Where a stored cookie is sent: shared by all cookies with the same path and domain. */
export class CookieScope {
  readonly path: string;
  readonly domain: string;
  /** Only that very host, not its subdomains. */
  readonly hostOnly: boolean;
  /** By place: 0 = not looked yet, 1 = is sent there, 2 = is not. */
  private readonly verdicts: Uint8Array;

  constructor(path: string, domain: string, hostOnly: boolean, places: number) {
    this.path = path;
    this.domain = domain;
    this.hostOnly = hostOnly;
    this.verdicts = new Uint8Array(places);
  }

  /** Domain and path match of RFC 6265 section 5.4, step 1. */
  matches(place: RequestPlace): boolean {
    const known = this.verdicts[place.index];
    if (known !== 0) return known === 1;
    const hostMatches = this.hostOnly ? place.host === this.domain : domainMatches(place.host, this.domain);
    const matches = hostMatches && pathMatches(place.path, this.path);
    this.verdicts[place.index] = matches ? 1 : 2;
    return matches;
  }
}

/** All scopes of a run, each distinct one once. */
export class CookieScopes {
  private readonly scopes = new Map<string, CookieScope>();
  private readonly places: readonly RequestPlace[];

  constructor(places: readonly RequestPlace[]) {
    this.places = places;
  }

  /** Scope of a cookie set at a place; null when the place may not set cookies for that domain (section 5.3, step 6). */
  of(path: string | null, domain: string | null, place: RequestPlace): CookieScope | null {
    if (domain !== null && !domainMatches(place.host, domain)) return null;
    const sentPath = path ?? place.defaultPath;
    const key = domain === null ? `=${place.host} ${sentPath}` : `.${domain} ${sentPath}`;
    let scope = this.scopes.get(key);
    if (scope === undefined) {
      scope = new CookieScope(sentPath, domain ?? place.host, domain === null, this.places.length);
      this.scopes.set(key, scope);
    }
    return scope;
  }
}

/** RFC 6265 section 5.1.3. */
export function domainMatches(host: string, domain: string): boolean {
  if (host === domain) return true;
  return host.endsWith(`.${domain}`) && !/^[\d.]+$/.test(host);
}

/** RFC 6265 section 5.1.4. */
export function pathMatches(requestPath: string, cookiePath: string): boolean {
  if (!requestPath.startsWith(cookiePath)) return false;
  return requestPath.length === cookiePath.length || cookiePath.endsWith("/") || requestPath[cookiePath.length] === "/";
}
