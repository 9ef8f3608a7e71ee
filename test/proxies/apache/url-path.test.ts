import { describe, expect, it } from "vitest";
import { encodePath, matchPrefix, parseTarget } from "../../../src/proxies/apache/url-path.ts";

const path = (target: string) => {
  const parsed = parseTarget(target);
  return typeof parsed === "number" ? parsed : parsed.path;
};

describe("a request target", () => {
  it("is decoded, its doubled slashes merged and its dot segments resolved", () => {
    expect(path("/a/../api")).toBe("/api");
    expect(path("/%61pi")).toBe("/api");
    expect(path("//a///b/./c/..")).toBe("/a/b/");
    expect(path("/a.b/..c")).toBe("/a.b/..c");
    expect(path("http://lab.test/x?y")).toBe("/x");
    expect(path("/a?b=../c")).toBe("/a");
  });

  it("is refused with a bad escape, above the root or with an escaped slash", () => {
    expect([path("/%zz"), path("/../x"), path("/a%2fb"), path("*")]).toEqual([400, 400, 404, 400]);
  });
});

describe("a prefix", () => {
  it("without trailing slash matches only at a segment end", () => {
    const lengths = ["/api", "/api/", "/api/x", "/apix", "/api;p=1"].map((text) => matchPrefix(text, "/api"));
    expect(lengths).toEqual([4, 4, 4, 0, 0]);
  });

  it("with trailing slash does not match the path without it", () => {
    expect(matchPrefix("/two", "/two/")).toBe(0);
    expect(matchPrefix("/two/a", "/two/")).toBe(5);
    expect(matchPrefix("/x", "/")).toBe(1);
  });
});

it("a path for a backend keeps what URLs allow and escapes the rest", () => {
  expect(encodePath("/a b;x=1/é%?")).toBe("/a%20b;x=1/%E9%25%3F");
});
