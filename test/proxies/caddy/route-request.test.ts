import { describe, expect, it } from "vitest";
import type { ProxyFamily } from "../../../src/contract/proxy-family.ts";
import type { TraceRequest } from "../../../src/drive/replay/trace.ts";
import { CADDY } from "../../../src/proxies/caddy/caddy-family.ts";
import { played } from "../scripted-case.ts";

/** A request to a site with these lines; what the upstream saw and what the client got. */
function asked(lines: string, request: object = {}, backend: object | string = "ok"): TraceRequest {
  const conf = `:{{listen.port}} {\n${lines}\n}\n`;
  const record = {
    record_url: true,
    record_body: true,
    record_headers: ["Location", "X-A", "X-B"],
    record_backend_headers: ["Host", "Cookie", "X-A", "X-B", "X-Forwarded-For", "X-Forwarded-Host"],
  };
  const { requests, config_error: error } = played(
    CADDY as ProxyFamily,
    conf,
    [backend as string],
    [{ ...request }],
    record,
  );
  if (error !== undefined) throw new Error(error.text);
  return requests[0] as TraceRequest;
}

const status = (lines: string, request: object = {}): number | undefined => asked(lines, request).status;

describe("a matcher", () => {
  it.each([
    ["path /a /b/*", { path: "/b/c" }, { path: "/c" }],
    ["path *.png", { path: "/x.PNG" }, { path: "/x.jpg" }],
    ["path */mid/*", { path: "/a/mid/b" }, { path: "/a/other/b" }],
    ["path_regexp ^/v[0-9]+/", { path: "/v12/x" }, { path: "/vx/x" }],
    ["method GET HEAD", { method: "HEAD" }, { method: "POST" }],
    ["host shop.test *.shop.test", { host: "a.shop.test" }, { host: "b.a.shop.test" }],
    ["header X-A v*", { headers: { "X-A": "v7" } }, { headers: { "X-A": "w7" } }],
    ["header !X-A", {}, { headers: { "X-A": "v" } }],
    ["query q=1", { path: "/?a=b&q=1" }, { path: "/?q=2" }],
    ["remote_ip 127.0.0.0/30", { from: "127.0.0.3" }, { from: "127.0.0.4" }],
    ["not method GET", { method: "POST" }, { method: "GET" }],
  ])("%s fits one request and not another", (matcher, yes, no) => {
    const lines = ` @m ${matcher}\n respond @m 201\n respond 202`;
    expect([status(lines, yes), status(lines, no)]).toEqual([201, 202]);
  });
});

describe("handlers", () => {
  it("of one kind are tried from the longest path to the shortest, whatever their order in the file", () => {
    const lines = " respond 200\n respond /a/* 201\n respond /a/b/* 202";
    expect(["/a/b/c", "/a/c", "/c"].map((path) => status(lines, { path }))).toEqual([202, 201, 200]);
  });

  it("in `handle` exclude each other, and handle_path takes its prefix away", () => {
    const lines =
      " handle /api/* {\n reverse_proxy {{node1}}\n }\n handle_path /old/* {\n reverse_proxy {{node1}}\n }\n handle {\n respond 404\n }";
    expect(asked(lines, { path: "/api/x?y=1" }).backend_url).toEqual(["/api/x?y=1"]);
    expect(asked(lines, { path: "/old/x?y=1" }).backend_url).toEqual(["/x?y=1"]);
    expect(status(lines, { path: "/z" })).toBe(404);
  });

  it("redirect, refuse, and rewrite", () => {
    const redirect = asked(" redir https://b.test{uri} permanent", { path: "/x?y=1" });
    expect([redirect.status, redirect.headers?.location]).toEqual([301, "https://b.test/x?y=1"]);
    expect(asked(" redir * /to", {}).status).toBe(302);
    expect(asked(" abort", {}).error).toBe("connection closed without a response");
    expect(asked(" rewrite /a /b?z=1\n reverse_proxy {{node1}}", { path: "/a?y=1" }).backend_url).toEqual(["/b?z=1"]);
    expect(asked(" uri strip_prefix /a\n reverse_proxy {{node1}}", { path: "/a/b?y=1" }).backend_url).toEqual([
      "/b?y=1",
    ]);
  });
});

describe("headers", () => {
  it("of the forwarded request name client and host, and trust nobody by default", () => {
    const sent = { host: "shop.test", from: "127.0.0.9", headers: { "X-Forwarded-For": "192.0.2.1" } };
    const forwarded = (more: string) => asked(` reverse_proxy {{node1}} {\n ${more}\n }`, sent).backend_headers?.[0];
    expect(forwarded("")).toMatchObject({
      Host: "shop.test",
      "X-Forwarded-For": "127.0.0.9",
      "X-Forwarded-Host": "shop.test",
    });
    expect(forwarded("trusted_proxies 127.0.0.0/8")?.["X-Forwarded-For"]).toBe("192.0.2.1, 127.0.0.9");
  });

  it("are set, added, and deleted on the way up and down", () => {
    const up = asked(" reverse_proxy {{node1}} {\n header_up Host b.test\n header_up -X-A\n header_up +X-B more\n }", {
      headers: { "X-A": "a", "X-B": "b" },
    }).backend_headers?.[0];
    expect([up?.Host, up?.["X-A"]]).toEqual(["b.test", null]);
    const down = asked(
      " reverse_proxy {{node1}} {\n header_down -X-A\n header_down X-B new\n }",
      {},
      { mode: "ok", headers: { "X-A": "a", "X-B": "b" } },
    ).headers;
    expect([down?.["x-a"], down?.["x-b"]]).toEqual([undefined, "new"]);
  });
});

describe("handle_response", () => {
  it("answers in the upstream's place, and replace_status changes the status alone", () => {
    const bad = { mode: "status", status: 503 };
    const handled = " reverse_proxy {{node1}} {\n @bad status 5xx\n handle_response @bad {\n respond 200\n }\n }";
    expect(asked(handled, {}, bad).status).toBe(200);
    const replaced = " reverse_proxy {{node1}} {\n @bad status 5xx\n replace_status @bad 404\n }";
    expect([asked(replaced, {}, bad).status, asked(replaced, {}, bad).served_by]).toEqual([404, "node1"]);
    expect(asked(replaced).status).toBe(200);
  });
});
