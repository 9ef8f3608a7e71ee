import { describe, expect, it } from "vitest";
import { asked, urlOf } from "./scripted.ts";

describe("the URL of a forwarded request", () => {
  it("is as it came when proxy_pass has no URI, escapes and double slashes included", () => {
    expect(urlOf("location /a/ { proxy_pass http://app; }", "/a//%7Eb/../c?x=1")).toBe("/a//%7Eb/../c?x=1");
  });

  it.each([
    ["/name/", "http://app/remote/", "/name/test.html?x=1", "/remote/test.html?x=1"],
    ["/name", "http://app/remote/", "/name/x", "/remote//x"],
    ["/name/", "http://app/", "/name/x", "/x"],
    ["/name/", "http://app/r", "/name/x", "/rx"],
    ["= /name", "http://app/other", "/name?x", "/other?x"],
    ["/name/", "http://app/remote/", "/name//a/./b", "/remote/a/b"],
    ["/name/", "http://app/remote/", "/name/%20x", "/remote/%20x"],
  ])("in location %s with %s: %s becomes %s", (location, pass, path, expected) => {
    expect(urlOf(`location ${location} { proxy_pass ${pass}; }`, path)).toBe(expected);
  });

  it("is the changed URI without the one of proxy_pass after `rewrite … break`", () => {
    const lines = "location /name/ { rewrite ^/name/([^/]+)$ /users?name=$1 break; proxy_pass http://app/ignored/; }";
    expect(urlOf(lines, "/name/x")).toBe("/users?name=x");
  });

  it("is that of a proxy_pass with variables as it stands, or the request's when it has none", () => {
    expect(urlOf("location / { set $to app; proxy_pass http://$to; }", "/a?x=1")).toBe("/a?x=1");
    expect(urlOf("location / { set $to app; proxy_pass http://$to/fix$uri; }", "/a?x=1")).toBe("/fix/a");
  });
});

describe("the headers of a forwarded request", () => {
  const seen = (lines: string, request: object = {}) =>
    asked(`location / { proxy_pass http://app; ${lines} }`, { host: "shop.test", ...request }).backend_headers?.[0];

  it("have the upstream as Host unless proxy_set_header says otherwise", () => {
    expect(seen("")?.Host).toBe("app");
    expect(seen("proxy_set_header Host $host;")?.Host).toBe("shop.test");
    expect(seen("proxy_set_header Host $http_host;", { host: "shop.test:81" })?.Host).toBe("shop.test:81");
  });

  it("are set, replaced, or left out when the value is empty", () => {
    const sent = { headers: { "X-A": "client", "X-B": "client" } };
    const got = seen('proxy_set_header X-A "$request_method/1"; proxy_set_header X-B "";', sent);
    expect([got?.["X-A"], got?.["X-B"]]).toEqual(["GET/1", null]);
    expect(seen("", sent)).toMatchObject({ "X-A": "client", "X-B": "client" });
  });

  it("come from the innermost block that sets any", () => {
    const server = "proxy_set_header X-A server; proxy_set_header X-B server;";
    const of = (own: string) =>
      asked(`${server} location / { proxy_pass http://app; ${own} }`, {}).backend_headers?.[0];
    expect(of("")).toMatchObject({ "X-A": "server", "X-B": "server" });
    expect(of("proxy_set_header X-A own;")).toMatchObject({ "X-A": "own", "X-B": null });
  });

  it("append the client's address to X-Forwarded-For", () => {
    const line = "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;";
    expect(seen(line, { from: "127.0.0.9" })?.["X-Forwarded-For"]).toBe("127.0.0.9");
    const chain = { from: "127.0.0.9", headers: { "X-Forwarded-For": "192.0.2.7" } };
    expect(seen(line, chain)?.["X-Forwarded-For"]).toBe("192.0.2.7, 127.0.0.9");
  });

  it("leave out what the client sent with proxy_pass_request_headers off, cookies too", () => {
    const sent = { headers: { "X-A": "client" }, cookies: "a=1" };
    expect(seen("proxy_pass_request_headers off;", sent)).toMatchObject({ "X-A": null, Cookie: null, Host: "app" });
  });
});
