import { describe, expect, it } from "vitest";
import { cleanPath, RequestUrl } from "../../../src/proxies/caddy/request-url.ts";

function changed(target: string, change: (url: RequestUrl) => void): string {
  const url = new RequestUrl(target);
  change(url);
  return url.requestUri;
}

describe("the URL of a request", () => {
  it("travels as it was written, although its path is decoded", () => {
    const url = new RequestUrl("/%61/b%2Fc?q=%20");
    expect([url.path, url.escapedPath, url.requestUri]).toEqual(["/a/b/c", "/%61/b%2Fc", "/%61/b%2Fc?q=%20"]);
  });

  it("is encoded anew when its path is another", () => {
    expect(changed("/%61?q=1", (url) => url.rewrite("/x y/{path}"))).toBe("/x%20y//a?q=1");
  });

  it("keeps its query unless the rewrite writes one; what a placeholder brings along counts only for an empty one", () => {
    expect(changed("/a?q=1", (url) => url.rewrite("/n{uri}"))).toBe("/n/a?q=1");
    expect(changed("/a?q=1", (url) => url.rewrite("/n?"))).toBe("/n");
    expect(changed("/a?q=1", (url) => url.rewrite("{uri}?"))).toBe("/a?q=1");
    expect(changed("/a", (url) => url.rewrite("/n?{query}&v=1"))).toBe("/n?v=1");
  });
});

describe("cleaning a path", () => {
  it.each([
    ["/a/../b", "/b"],
    ["//a/./b/", "/a/b/"],
    ["/../a", "/a"],
    ["/", "/"],
    ["", "."],
  ])("of %s gives %s", (path, clean) => expect(cleanPath(path, true)).toBe(clean));

  it("leaves slashes in a row where the pattern has them too", () => {
    expect(cleanPath("//a/../b", false)).toBe("//b");
  });
});
