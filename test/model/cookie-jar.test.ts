import { describe, expect, it } from "vitest";
import { Text } from "../../src/contract/text.ts";
import { CookieJar } from "../../src/model/cookie-jar.ts";
import { CookieScopes } from "../../src/model/cookies/cookie-scope.ts";
import { type RequestPlace, RequestPlaces } from "../../src/model/cookies/request-place.ts";

const places = new RequestPlaces();
const root = places.of("/", "shop.example");
const app = places.of("/app/cart?x=1", "shop.example:8080");
const apple = places.of("/apple", "shop.example");
const sub = places.of("/app/", "img.shop.example");
const scopes = new CookieScopes(places.places);

/** A jar after these Set-Cookie lines, each received at a place at time 0. */
function jarWith(lines: readonly string[], at: RequestPlace = app): CookieJar {
  const jar = new CookieJar();
  for (const line of lines) jar.store(new Text(line), at, scopes, 0);
  return jar;
}

describe("CookieJar", () => {
  const table: [string, string[], RequestPlace, string | null][] = [
    ["sends nothing before anything was set", [], app, null],
    ["sends a cookie back where its path matches", ["a=1; Path=/app"], app, "a=1"],
    ["does not send it where the path only looks alike", ["a=1; Path=/app"], apple, null],
    ["takes the directory of the request as path when none is given", ["a=1"], app, "a=1"],
    ["which excludes the directories above", ["a=1"], root, null],
    ["ignores a path that is not absolute", ["a=1; Path=app"], root, null],
    ["sends a cookie of the root everywhere", ["a=1; Path=/"], apple, "a=1"],
    ["keeps a cookie without domain to its host", ["a=1; Path=/"], sub, null],
    ["sends a cookie with a domain to subdomains", ["a=1; Path=/; Domain=.shop.example"], sub, "a=1"],
    ["refuses a cookie for another domain", ["a=1; Path=/; Domain=bank.example"], app, null],
    ["replaces a cookie of the same name, path and domain", ["a=1; Path=/", "a=2; Path=/"], app, "a=2"],
    ["keeps cookies of one name but different paths", ["a=1; Path=/", "a=2; Path=/app"], app, "a=2; a=1"],
    [
      "sends longer paths first, then older ones",
      ["a=1; Path=/", "b=2; Path=/", "c=3; Path=/app"],
      app,
      "c=3; a=1; b=2",
    ],
    ["keeps the place of a cookie that is replaced", ["a=1; Path=/", "b=2; Path=/", "a=3; Path=/"], app, "a=3; b=2"],
    ["deletes a cookie with Max-Age 0", ["a=1; Path=/", "a=; Path=/; Max-Age=0"], app, null],
    ["deletes a cookie with a negative Max-Age", ["a=1; Path=/", "a=; Path=/; Max-Age=-5"], app, null],
    [
      "deletes a cookie that expired in 1970",
      ["a=1; Path=/", "a=x; Path=/; Expires=Thu, 01 Jan 1970 00:00:01 GMT"],
      app,
      null,
    ],
    ["prefers Max-Age to Expires", ["a=1; Path=/; Max-Age=60; Expires=Thu, 01-Jan-70 00:00:01 GMT"], app, "a=1"],
    ["deletes only with the path that the cookie has", ["a=1; Path=/app", "a=; Path=/; Max-Age=0"], app, "a=1"],
    ["keeps a value with equals signs and dots", ["a=x=1.node1; HttpOnly; Path=/; Secure"], app, "a=x=1.node1"],
    ["ignores a line without a name", ["=1; Path=/", "nothing; Path=/"], app, null],
  ];
  for (const [title, lines, place, expected] of table) {
    it(title, () => {
      expect(jarWith(lines).header(place, 0)?.text ?? null).toBe(expected);
    });
  }

  it("forgets a cookie the moment its Max-Age is over", () => {
    const jar = jarWith(["a=1; Path=/; Max-Age=10", "b=2; Path=/"]);
    expect(jar.header(app, 9_999_999)?.text).toBe("a=1; b=2");
    expect(jar.header(app, 10_000_000)?.text).toBe("b=2");
  });

  it("keeps at most 30 cookies, and always the newest", () => {
    const jar = jarWith(Array.from({ length: 40 }, (_, i) => `c${i}=1; Path=/`));
    const header = jar.header(app, 0)?.text as string;
    expect(header.split("; ").length).toBe(30);
    expect(header.endsWith("c39=1")).toBe(true);
  });

  it("gives the same Text until the jar changes", () => {
    const jar = jarWith(["a=1; Path=/"]);
    const header = jar.header(app, 0);
    expect(jar.header(apple, 5)).toBe(header);
    jar.store(new Text("a=1; Path=/"), app, scopes, 6);
    expect(jar.header(app, 7)).toBe(header);
    jar.store(new Text("a=2; Path=/"), app, scopes, 8);
    expect(jar.header(app, 9)).not.toBe(header);
  });

  it("sends nothing again to a place that it sent nothing to, after it sent something elsewhere", () => {
    const jar = jarWith(["a=1; Path=/app"]);
    expect([apple, apple, app, apple, app, app].map((place) => jar.header(place, 0)?.text ?? null)).toEqual([
      null,
      null,
      "a=1",
      null,
      "a=1",
      "a=1",
    ]);
  });

  it("gives the same Text for each place of a jar with several paths, in turn", () => {
    const jar = jarWith(["a=1; Path=/", "b=2; Path=/app"]);
    const [both, one] = [jar.header(app, 0), jar.header(apple, 0)];
    expect([both?.text, one?.text]).toEqual(["b=2; a=1", "a=1"]);
    expect([jar.header(app, 1), jar.header(apple, 1)]).toEqual([both, one]);
    expect(jar.header(app, 1)).toBe(both);
    expect(jar.header(apple, 1)).toBe(one);
  });
});
