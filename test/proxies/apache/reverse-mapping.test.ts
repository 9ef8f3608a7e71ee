import { describe, expect, it } from "vitest";
import { Text } from "../../../src/contract/text.ts";
import { ReverseMapping } from "../../../src/proxies/apache/reverse-mapping.ts";
import { balancerOf } from "./balancer-of.ts";
import { member, server } from "./build-config.ts";
import { answer } from "./proxy-bench.ts";

const position = { file: "", line: 1, column: 1, length: 0 };
const host = new Text("lab.test");

function mapping(reverse: readonly (readonly [path: string, url: string])[], rewrites = false): ReverseMapping {
  const of = balancerOf([member("a"), member("b", { url: "http://b:8080/base" })]);
  return new ReverseMapping(
    server({
      balancers: { b: "b" },
      reverse: reverse.map(([path, url]) => ({ path, url, position })),
      cookieRewrites: rewrites
        ? [
            { attribute: "path", from: "/app", to: "/shop" },
            { attribute: "domain", from: "inner.test", to: "lab.test" },
          ]
        : [],
    }),
    0,
    "http",
    new Map([["b", of]]),
  );
}

describe("ProxyPassReverse", () => {
  it("to a balancer rewrites the Location of whichever member answered", () => {
    const map = mapping([["/", "balancer://b/"]]);
    expect(map.location("http://a:8080/login", host)).toBe("http://lab.test/login");
    expect(map.location("http://b:8080/base/login?x", host)).toBe("http://lab.test/login?x");
    expect(map.location("http://elsewhere/login", host)).toBe("http://elsewhere/login");
  });

  it("respects a path behind the balancer, and maps plain prefixes", () => {
    expect(mapping([["/shop", "balancer://b/app"]]).location("http://a:8080/app/x", host)).toBe(
      "http://lab.test/shop/x",
    );
    expect(mapping([["/x/", "http://w/"]]).location("http://W/y", host)).toBe("http://lab.test/x/y");
    expect(mapping([["/x", "/inner"]]).location("http://any:1/inner/y", host)).toBe("http://lab.test/x/y");
  });

  it("gives back the very head when there is nothing to rewrite, and shares rewritten texts", () => {
    const map = mapping([["/", "balancer://b/"]], true);
    const plain = answer(200);
    expect(map.apply(plain, host)).toBe(plain);
    const location = new Text("http://a:8080/login");
    const first = map.apply(answer(302, { location }), host).location;
    expect(first?.text).toBe("http://lab.test/login");
    expect(map.apply(answer(302, { location }), host).location).toBe(first);
  });
});

describe("ProxyPassReverseCookiePath and -Domain", () => {
  it("replace the attribute when it begins with the inner value", () => {
    const map = mapping([], true);
    expect(map.cookie("S=1; Path=/app; HttpOnly")).toBe("S=1; Path=/shop; HttpOnly");
    expect(map.cookie("S=1; path=/other; Domain=inner.test")).toBe("S=1; path=/other; Domain=lab.test");
    expect(map.cookie("Path=/app")).toBe("Path=/shop");
  });
});
