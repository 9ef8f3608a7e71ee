import { describe, expect, it } from "vitest";
import { asked, urlOf } from "./scripted.ts";

const PASS = "location / { proxy_pass http://app; }";

describe("rewrite", () => {
  it("changes the URI and keeps the arguments, behind its own", () => {
    expect(urlOf(`rewrite ^/old/(.*)$ /new/$1; ${PASS}`, "/old/x?a=1")).toBe("/new/x?a=1");
    expect(urlOf(`rewrite ^/old/(.*)$ /new?p=$1; ${PASS}`, "/old/x?a=1")).toBe("/new?p=x&a=1");
    expect(urlOf(`rewrite ^/old/(.*)$ /new?p=$1?; ${PASS}`, "/old/x?a=1")).toBe("/new?p=x");
  });

  it("of the server runs once, also where no location fits", () => {
    expect(asked("rewrite ^(.*)$ /p$1; location /none/ { return 200; }", { path: "/x" }).status).toBe(404);
  });

  it("with `last` looks for a location again, with `break` stays", () => {
    const to = (flag: string) =>
      `location /a/ { rewrite ^/a/(.*)$ /b/$1 ${flag}; proxy_pass http://app; } location /b/ { return 202; }`;
    expect(asked(to("last"), { path: "/a/x" }).status).toBe(202);
    expect(urlOf(to("break"), "/a/x")).toBe("/b/x");
  });

  it("without a flag goes on with the next line, and looks for a location at the end", () => {
    const lines =
      "location /a/ { rewrite ^/a/(.*)$ /b/$1; rewrite ^/b/(.*)$ /c/$1; } location /c/ { proxy_pass http://app; }";
    expect(urlOf(lines, "/a/x")).toBe("/c/x");
  });

  it("is a redirect when told so, or to an address", () => {
    const to = (line: string) => {
      const { status, headers } = asked(line, { path: "/a/x?q=1" });
      return [status, headers?.location];
    };
    expect(to("rewrite ^/a/(.*)$ https://b.test/$1 permanent;")).toEqual([301, "https://b.test/x?q=1"]);
    expect(to("rewrite ^/a/(.*)$ http://b.test//$1?z=1;")).toEqual([302, "http://b.test//x?z=1&q=1"]);
  });

  it("that goes round ends with 500 after ten turns", () => {
    expect(asked("location / { rewrite ^ /again last; }", { path: "/" }).status).toBe(500);
  });
});

describe("if", () => {
  it("goes on behind its block, also when a rewrite in it has changed the URI", () => {
    const lines = "location / { if ($arg_x) { rewrite ^ /b; } return 403; }";
    expect(asked(lines, { path: "/a?x=1" }).status).toBe(403);
  });

  it("ends the program with `break`, by itself or at a rewrite", () => {
    for (const inner of ["break;", "rewrite ^ /b break;"]) {
      const lines = `location / { if ($arg_x) { ${inner} } return 403; proxy_pass http://app; }`;
      expect([asked(lines, { path: "/a?x=1" }).status, asked(lines, { path: "/a" }).status]).toEqual([200, 403]);
    }
  });

  it.each([
    ["$request_method = POST", { method: "POST" }, { method: "PUT" }],
    ["$request_method != GET", { method: "POST" }, { method: "GET" }],
    ["$http_x_a ~ ^v(\\d)$", { headers: { "X-A": "v7" } }, { headers: { "X-A": "V7" } }],
    ["$http_x_a ~* ^v(\\d)$", { headers: { "X-A": "V7" } }, { headers: { "X-A": "w7" } }],
    ["$http_x_a !~ v", { headers: { "X-A": "w" } }, { headers: { "X-A": "v" } }],
    ["$cookie_beta", { cookies: "beta=1" }, { cookies: "beta=0" }],
    ["$arg_q", { path: "/?q=x" }, { path: "/?q=" }],
    ["!-f $request_filename", {}, null],
    ["-e $request_filename", null, {}],
  ])("(%s) holds for one request and not for another", (condition, yes, no) => {
    const lines = `location / { if (${condition}) { return 202; } return 203; }`;
    if (yes !== null) expect(asked(lines, yes).status).toBe(202);
    if (no !== null) expect(asked(lines, no).status).toBe(203);
  });

  it("gives captures to what follows, and its location what the outer one passes to", () => {
    const lines =
      'location /a/ { proxy_pass http://app/b/; if ($arg_x ~ "^(.)") { set $first $1; } proxy_set_header X-A $first; }';
    const { backend_url, backend_headers } = asked(lines, { path: "/a/c?x=yz" });
    expect([backend_url?.[0], backend_headers?.[0]?.["X-A"]]).toEqual(["/b/c?x=yz", "y"]);
  });
});

describe("return", () => {
  it("gives a text, a redirect, a page, or no answer at all", () => {
    expect(asked('return 200 "hello $arg_n";', { path: "/?n=x" }).body).toBe("hello x");
    expect(asked("return https://b.test$request_uri;", { path: "/p?q" }).headers?.location).toBe("https://b.test/p?q");
    expect(asked("return 403;", {}).status).toBe(403);
    expect(asked("return 444;", {}).error).toBe("connection closed without a response");
  });
});
