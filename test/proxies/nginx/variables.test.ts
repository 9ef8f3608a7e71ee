import { describe, expect, it } from "vitest";
import { murmurHash2 } from "../../../src/proxies/shared/murmur-hash-2.ts";
import { textFor } from "./scripted.ts";

describe("variables of a request", () => {
  it.each([
    ["$uri|$args|$is_args|$request_uri", { path: "/a//%62?x=1" }, "/a/b|x=1|?|/a//%62?x=1"],
    ["$is_args", { path: "/a" }, ""],
    ["$arg_name-$arg_b", { path: "/?NAME=1&name=2&b=%20" }, "1-%20"],
    ["$host|$http_host", { host: "Shop.Test:8080" }, "shop.test|Shop.Test:8080"],
    ["$cookie_b", { cookies: "a=1; B=2; b=3" }, "2"],
    ["$cookie_a|$cookie_b", { cookies: "a=1,2; b=x, c=3" }, "1,2|x, c=3"],
    ["$cookie_b", { cookies: "ab=1; b=2" }, "2"],
    ["$cookie_none", { cookies: "a=1" }, ""],
    ["$http_x_a", { headers: { "X-A": "v" } }, "v"],
    ["$request_method $scheme $server_protocol", { method: "PUT" }, "PUT http HTTP/1.1"],
    ["$remote_addr/x", { from: "127.0.0.7" }, "127.0.0.7/x"],
    ["$content_length", { method: "PUT", body_bytes: 12 }, "12"],
  ])("%s is what it says", (text, request, expected) => {
    expect(textFor(text, request)).toBe(expected);
  });
});

describe("map", () => {
  const MAP = `map $http_x_a $to { default other; hostnames; exact.test e; *.example.org h; *.a.example.org hh; www.* t;
    ~^v(?<digit>\\d)$ "r$digit"; ~*^W w; "" none; }`;
  const to = (value: string) => textFor("$to", value === "" ? {} : { headers: { "X-A": value } }, MAP);

  it("looks for the exact value, the longest *.x, the longest x.*, expressions in order, then default", () => {
    const found = ["exact.test", "EXACT.TEST", "b.example.org", "b.a.example.org", "www.x", "v7", "W1", "q", ""].map(
      to,
    );
    expect(found).toEqual(["e", "e", "h", "hh", "t", "r7", "w", "other", "none"]);
  });

  it("is empty without a default", () => {
    expect(textFor("[$to]", {}, "map $arg_x $to { a b; }")).toBe("[]");
  });
});

describe("geo", () => {
  it("takes the value of the narrowest network", () => {
    const geo = "geo $zone { default far; 127.0.0.0/8 near; 127.5.0.0/16 nearer; 127.5.5.5 here; }";
    const at = (from: string) => textFor("$zone", { from }, geo);
    expect([at("127.1.1.1"), at("127.5.1.1"), at("127.5.5.5")]).toEqual(["near", "nearer", "here"]);
    expect(textFor("$zone", {}, "geo $arg_ip $zone { default far; 192.0.2.0/24 doc; }")).toBe("far");
    expect(textFor("$zone", { path: "/?ip=192.0.2.9" }, "geo $arg_ip $zone { default far; 192.0.2.0/24 doc; }")).toBe(
      "doc",
    );
  });

  it("knows ranges", () => {
    const geo = "geo $zone { ranges; default far; 127.0.0.0-127.0.0.9 low; 127.0.0.10-127.0.0.255 high; }";
    expect(["127.0.0.9", "127.0.0.10", "127.0.1.1"].map((from) => textFor("$zone", { from }, geo))).toEqual([
      "low",
      "high",
      "far",
    ]);
  });
});

describe("split_clients", () => {
  const SPLIT = 'split_clients "$arg_id" $part { 0.5% .a; 40% .b; * .c; }';

  it("divides the range of MurmurHash2 into shares, one after the other", () => {
    // 0.5 % and 40.5 % of 2^32 - 1.
    const expected = (id: string): string => {
      const part = murmurHash2(id) / 4_294_967_295;
      return part < 0.005 ? ".a" : part < 0.405 ? ".b" : ".c";
    };
    const ids = Array.from({ length: 30 }, (_, i) => `user${i}`);
    expect(ids.map((id) => textFor("$part", { path: `/?id=${id}` }, SPLIT))).toEqual(ids.map(expected));
  });

  it("is empty where the shares leave something over", () => {
    const rest = 'split_clients "$arg_id" $part { 0.01% .a; }';
    // murmurHash2 of the text is far above 0.01 % of 2^32.
    expect(murmurHash2("user1")).toBeGreaterThan(4_294_967);
    expect(textFor("[$part]", { path: "/?id=user1" }, rest)).toBe("[]");
  });
});
