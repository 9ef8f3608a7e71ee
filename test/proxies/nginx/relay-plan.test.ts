import { describe, expect, it } from "vitest";
import { asked } from "./scripted.ts";

describe("proxy_redirect", () => {
  /** Location that the client sees, without the port of the proxy. */
  const seen = (location: string, from: string): string | undefined => {
    const backend = { mode: "status", status: 302, headers: { Location: from } };
    return asked(location, { path: "/two/x", host: "shop.test" }, backend).headers?.location?.replace(
      /^http:\/\/shop.test:\d+\//,
      "OWN/",
    );
  };

  it.each([
    ["http://app/some", "OWN/some"],
    ["http://app/", "OWN/"],
    ["http://app", "http://app"],
    ["http://application/x", "http://application/x"],
    ["http://app:8080/x", "http://app:8080/x"],
    ["https://app/x", "https://app/x"],
    ["/relative", "/relative"],
  ])("default without a URI in proxy_pass: %s becomes %s", (from, expected) => {
    expect(seen("location /two/ { proxy_pass http://app; }", from)).toBe(expected);
  });

  it.each([
    ["http://app/one/some", "OWN/two/some"],
    ["http://app/other", "http://app/other"],
  ])("default with a URI in proxy_pass: %s becomes %s", (from, expected) => {
    expect(seen("location /two/ { proxy_pass http://app/one/; }", from)).toBe(expected);
  });

  it("is the first rule that fits, a prefix or an expression; off leaves everything", () => {
    const rules = (lines: string) => `location / { proxy_pass http://app; ${lines} }`;
    expect(seen(rules("proxy_redirect http://b.test/ https://c.test/;"), "http://b.test/x")).toBe("https://c.test/x");
    expect(seen(rules("proxy_redirect http://b.test/ /in/;"), "http://b.test/x")).toBe("OWN/in/x");
    expect(seen(rules("proxy_redirect ~^http://([a-z]+)\\.test/(.*)$ https://$1.org/$2;"), "http://b.test/x")).toBe(
      "https://b.org/x",
    );
    expect(seen(rules("proxy_redirect ~*^http://B(.*)$ https://c$1;"), "http://b.test/x")).toBe("https://c.test/x");
    expect(seen(rules("proxy_redirect off;"), "http://app/x")).toBe("http://app/x");
    expect(seen(rules("proxy_redirect default; proxy_redirect http://b.test/ /b/;"), "http://app/x")).toBe("OWN/x");
    expect(seen(rules("absolute_redirect off;"), "http://app/x")).toBe("/x");
  });
});

describe("cookies of an answer", () => {
  const seen = (lines: string, cookie: string): readonly string[] | undefined =>
    asked(`location / { proxy_pass http://app; ${lines} }`, {}, { mode: "ok", set_cookie: [cookie] }).set_cookie;

  it.each([
    ["proxy_cookie_domain app example.org;", "a=1; Domain=app; Path=/", "a=1; Domain=example.org; Path=/"],
    ["proxy_cookie_domain .app .example.org;", "a=1; domain=APP", "a=1; domain=example.org"],
    ["proxy_cookie_domain app example.org;", "a=1; domain=.app", "a=1; domain=.example.org"],
    ["proxy_cookie_domain app example.org;", "a=1; domain=other", "a=1; domain=other"],
    ["proxy_cookie_domain ~\\.([a-z]+)$ $1.org;", "a=1; domain=x.APP", "a=1; domain=APP.org"],
    ["proxy_cookie_path /one/ /;", "a=1; path=/one/two", "a=1; path=/two"],
    ["proxy_cookie_path /one/ /;", "a=1; path=/One/two", "a=1; path=/One/two"],
    ["proxy_cookie_path ~*^/(o)ne/ /$1/;", "a=1; path=/One/two", "a=1; path=/O/"],
    ["proxy_cookie_flags a secure samesite=strict;", "a=1; path=/", "a=1; path=/; Secure; SameSite=Strict"],
    ["proxy_cookie_flags a secure;", "a=1; Secure; path=/", "a=1; Secure; path=/"],
    ["proxy_cookie_flags A nohttponly;", "a=1; HttpOnly; path=/", "a=1; path=/"],
    ["proxy_cookie_flags a samesite=lax;", "a=1; SameSite=None; path=/", "a=1; SameSite=Lax; path=/"],
    ["proxy_cookie_flags ~^S httponly;", "sid=1", "sid=1; HttpOnly"],
    ["proxy_cookie_flags b secure;", "a=1", "a=1"],
  ])("%s makes of %s: %s", (lines, cookie, expected) => {
    expect(seen(lines, cookie)).toEqual([expected]);
  });
});

describe("headers of an answer", () => {
  const seen = (lines: string, backend: object) =>
    asked(`location / { proxy_pass http://app; ${lines} }`, {}, { ...backend });

  it("are added to good answers and redirects, to others with `always`", () => {
    const lines = "add_header X-A $upstream_status; add_header X-B b always;";
    expect(seen(lines, { mode: "ok" }).headers).toMatchObject({ "x-a": "200", "x-b": "b" });
    const failed = seen(lines, { mode: "status", status: 503 }).headers;
    expect([failed?.["x-a"], failed?.["x-b"]]).toEqual([undefined, "b"]);
  });

  it("are hidden by proxy_hide_header", () => {
    const backend = { mode: "ok", headers: { "X-A": "a", "X-B": "b" } };
    const headers = seen("proxy_hide_header x-a;", backend).headers;
    expect([headers?.["x-a"], headers?.["x-b"]]).toEqual([undefined, "b"]);
  });
});
