import { describe, expect, it } from "vitest";
import { asked } from "./scripted.ts";

/** The text that the location of a path returns; the status when it returns none. */
function found(locations: string, path: string): string {
  const { body, status } = asked(locations, { path });
  return status === 200 ? (body ?? "") : String(status);
}

const says = (match: string, text: string, more = ""): string => `location ${match} { ${more} return 200 ${text}; }`;

describe("the location of a URI", () => {
  const ALL = [
    says("/", "root"),
    says("/images/", "images"),
    says("/images/big/", "big"),
    says("^~ /static/", "static"),
    says("= /", "exact"),
    says("~ \\.png$", "png"),
    says("~* \\.PNG$", "anycase"),
  ].join(" ");

  it.each([
    ["/", "exact"],
    ["/x", "root"],
    ["/images/x", "images"],
    ["/images/big/x", "big"],
    ["/images/x.png", "png"],
    ["/images/x.Png", "anycase"],
    ["/static/x.png", "static"],
    ["/images/../x", "root"],
    ["/images//big/./y", "big"],
    ["/%69mages/x", "images"],
  ])("of %s is %s: exact, longest prefix, expressions in order unless ^~", (path, expected) => {
    expect(found(ALL, path)).toBe(expected);
  });

  it("may be nested, and a nested expression comes before those outside", () => {
    const nested = `location /a/ { ${says("~ x$", "inner")} ${says("/a/b/", "deep")} return 200 outer; } ${says("~ [xy]$", "outside")}`;
    expect(["/a/x", "/a/b/z", "/a/y", "/a/z"].map((path) => found(nested, path))).toEqual([
      "inner",
      "deep",
      "outside",
      "outer",
    ]);
  });

  it("is final when an expression was found, whatever is nested in it", () => {
    const nested = `location /a/ { location ~ ^/a/b { ${says("~ x$", "inner")} return 200 first; } } ${says("~ .", "last")}`;
    expect(["/a/bx", "/a/b", "/a/c"].map((path) => found(nested, path))).toEqual(["inner", "first", "last"]);
  });

  it("gets its closing slash by a redirect when it is proxied", () => {
    const proxied = "location /user/ { proxy_pass http://app; }";
    const { status, headers } = asked(proxied, { path: "/user?q=1", host: "shop.test" });
    expect([status, headers?.location?.replace(/:\d+\//, ":PORT/")]).toEqual([301, "http://shop.test:PORT/user/?q=1"]);
    expect(found(`${proxied} ${says("= /user", "own")}`, "/user")).toBe("own");
    expect(found(`${proxied} ${says("/user", "prefix")}`, "/user")).toBe("prefix");
    expect(found(says("/user/", "mine"), "/user")).toBe("404");
  });

  it("that is internal is reached only from inside", () => {
    const inside = `${says("/in/", "inside", "internal;")} location /go/ { rewrite ^/go/(.*) /in/$1 last; }`;
    expect([found(inside, "/in/x"), found(inside, "/go/x")]).toEqual(["404", "inside"]);
  });
});
