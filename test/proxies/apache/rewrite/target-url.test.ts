import { describe, expect, it } from "vitest";
import { escapeAbsolute, schemeLength, splitQuery } from "../../../../src/proxies/apache/rewrite/target-url.ts";

const PLAIN = { append: false, discard: false, last: false, none: false };

function split(filename: string, args: string | null, flags: Partial<typeof PLAIN> = {}): string {
  const target = { filename, args };
  splitQuery(target, { ...PLAIN, ...flags });
  return `${target.filename} ${target.args}`;
}

describe("the query of a substitution", () => {
  it("takes the place of the client's, which stays where none is written", () => {
    expect([split("/a?b=c", "q=1"), split("/a", "q=1"), split("/a?", "q=1")]).toEqual(["/a b=c", "/a q=1", "/a null"]);
  });
  it("comes before the client's with QSA", () => {
    const flags = { append: true };
    expect([split("/a?b=c", "q=1", flags), split("/a?b=c", null, flags), split("/a", "q=1", flags)]).toEqual([
      "/a b=c&q=1",
      "/a b=c",
      "/a q=1",
    ]);
  });
  it("is thrown away with QSD or a question mark at the end", () => {
    expect([split("/a", "q=1", { discard: true }), split("/a?b", "q=1", { none: true })]).toEqual([
      "/a null",
      "/a?b null",
    ]);
  });
  it("begins at the last question mark with QSL", () => {
    expect(split("/a?b?c", null, { last: true })).toBe("/a?b c");
  });
  it("is none where the scheme has none", () => {
    expect(split("ldap://host/x?y", "q=1")).toBe("ldap://host/x?y null");
  });
});

describe("a whole URL", () => {
  it.each([
    ["balancer://web/x", 11],
    ["HTTPS://x/", 8],
    ["/http://x", 0],
    ["x://y/abc", 0],
    ["ws://", 0],
  ])("%s begins with a scheme of %i characters", (text, length) => {
    expect(schemeLength(text)).toBe(length);
  });
  it("is escaped behind the host", () => {
    expect([escapeAbsolute("http://h st/a b?c#d"), escapeAbsolute("http://host")]).toEqual([
      "http://h st/a%20b%3fc%23d",
      "http://host",
    ]);
  });
});
