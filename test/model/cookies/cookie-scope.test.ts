import { describe, expect, it } from "vitest";
import { CookieScopes, domainMatches, pathMatches } from "../../../src/model/cookies/cookie-scope.ts";
import { RequestPlaces } from "../../../src/model/cookies/request-place.ts";

describe("pathMatches", () => {
  // RFC 6265 section 5.1.4: equal, or a prefix that ends in or is followed by a slash.
  const table: [string, string, boolean][] = [
    ["/app", "/app", true],
    ["/app/x", "/app", true],
    ["/app/x", "/app/", true],
    ["/application", "/app", false],
    ["/", "/app", false],
  ];
  for (const [request, cookie, expected] of table) {
    it(`${expected ? "sends" : "does not send"} a cookie of ${cookie} to ${request}`, () => {
      expect(pathMatches(request, cookie)).toBe(expected);
    });
  }
});

describe("domainMatches", () => {
  it("matches subdomains by whole labels, and addresses only as they are", () => {
    expect(domainMatches("a.b.example", "b.example")).toBe(true);
    expect(domainMatches("ab.example", "b.example")).toBe(false);
    expect(domainMatches("10.0.0.1", "0.0.1")).toBe(false);
    expect(domainMatches("10.0.0.1", "10.0.0.1")).toBe(true);
  });
});

describe("CookieScopes", () => {
  it("gives cookies with the same path and domain the same scope, whatever place set them", () => {
    const places = new RequestPlaces();
    const [first, second] = [places.of("/app/a", "h"), places.of("/app/b", "h")];
    const scopes = new CookieScopes(places.places);
    expect(scopes.of(null, null, first)).toBe(scopes.of("/app", null, second));
    expect(scopes.of("/app", "h", first)).not.toBe(scopes.of("/app", null, first));
  });
});
