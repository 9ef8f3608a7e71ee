import { describe, expect, it } from "vitest";
import { Text } from "../../../src/contract/text.ts";
import { Balancer } from "../../../src/proxies/apache/balancer.ts";
import type { ServerConfig } from "../../../src/proxies/apache/config/apache-config.ts";
import { OwnPages } from "../../../src/proxies/apache/error-pages.ts";
import { lbmethodNamed } from "../../../src/proxies/apache/lbmethods/index.ts";
import { UrlMapping } from "../../../src/proxies/apache/url-mapping.ts";
import { balancer, config, member, pass, server } from "./build-config.ts";

/** "b /a" = balancer b sees /a; "404" = the server's own answer. */
function mapped(part: Partial<ServerConfig>, target: string, more: Parameters<typeof config>[0] = {}): string {
  const members = [member("a", more.file === "based" ? { path: "/base" } : {})];
  const byName = new Map(
    ["b", "web"].map((name, index) => [
      name,
      new Balancer(name, balancer(members, { name }), members, lbmethodNamed("byrequests"), index, index),
    ]),
  );
  const worker = new Balancer("http://w:80", null, [member("w", { path: "/in" })], lbmethodNamed("byrequests"), 2, 2);
  const mapping = new UrlMapping(
    config({ servers: [server({ balancers: { b: "b", web: "web" }, ...part })], ...more }),
    byName,
    [worker],
    new OwnPages(),
  );
  const route = mapping.routeOf(new Text(target), 0);
  if (route.balancer === null) return String(route.own?.head.status);
  return `${route.balancer.name} ${route.targetFor(route.balancer, 0).text}`;
}

describe("ProxyPass", () => {
  it("puts the target and the rest of the path together as they are", () => {
    const passRules = [
      pass("/one", "balancer://b/"),
      pass("/two/", "balancer://b/x"),
      pass("/three/", "balancer://b/x/"),
      pass("/four", "balancer://b/x"),
      pass("/five", "balancer://b"),
      pass("/", "balancer://web/"),
    ];
    const seen = ["/one/a", "/two/a", "/three/a", "/four/a", "/five/a", "/two", "/five"].map((target) =>
      mapped({ passRules }, target),
    );
    expect(seen).toEqual(["b //a", "b /xa", "b /x/a", "b /x/a", "b /a", "web /two", "b /"]);
  });

  it("looks for a balancer of the glued name when the slash is missing", () => {
    const passRules = [pass("/", "balancer://b")];
    expect(mapped({ passRules }, "/")).toBe("b /");
    expect(mapped({ passRules }, "/x")).toBe("500");
  });

  it("takes the first line that matches, and lower-cases balancer names", () => {
    const passRules = [pass("/", "balancer://WEB/"), pass("/api", "balancer://b/")];
    expect(mapped({ passRules }, "/api/x")).toBe("web /api/x");
  });

  it("passes on the query, keeps path parameters and puts a member's path in front", () => {
    expect(mapped({}, "/a;p=1?x=2")).toBe("b /a;p=1?x=2");
    expect(mapped({}, "/a", { file: "based" })).toBe("b /base/a");
    expect(mapped({ passRules: [pass("/", "balancer://b/", { noquery: true })] }, "/a?x=2")).toBe("b /a");
    expect(mapped({ passRules: [pass("/", "balancer://b/", { nocanon: true })] }, "/%61?x=2")).toBe("b /%61?x=2");
  });

  it("leaves excluded paths and what nothing matches to the server", () => {
    const passRules = [pass("/local.txt", "!"), pass("/app", "balancer://b/app")];
    expect(mapped({ passRules }, "/local.txt", { localFiles: { "/local.txt": "x\n" } })).toBe("200");
    expect(mapped({ passRules }, "/local.txt")).toBe("404");
    expect(mapped({ passRules }, "/none")).toBe("404");
  });

  it("substitutes groups of a regular expression, and appends the path when there is nothing to substitute", () => {
    const regex = (source: string, url: string) => pass("", url, { match: { kind: "regex", source } });
    const passRules = [
      regex("^/img/(.*\\.png)$", "balancer://b/pics/$1"),
      regex("\\.js$", "balancer://b"),
      pass("/", "balancer://web/"),
    ];
    expect(["/img/a.png", "/img/a.gif", "/y.js?v=1"].map((target) => mapped({ passRules }, target))).toEqual([
      "b /pics/a.png",
      "web /img/a.gif",
      "b /y.js?v=1",
    ]);
  });

  it("to a single URL uses the path of the target, not the member's again", () => {
    const passRules = [pass("/x", "http://w:80/in", { target: { kind: "worker", worker: 0, path: "/in" } })];
    expect(mapped({ passRules }, "/x/y")).toBe("http://w:80 /in/y");
  });

  it("in the last matching Location comes before all lines of the server", () => {
    const part = {
      passRules: [pass("/", "balancer://web/")],
      locations: [
        { match: { kind: "prefix", path: "/api" } as const, rule: pass("/api", "balancer://b/") },
        { match: { kind: "prefix", path: "/api/pub" } as const, rule: pass("/api/pub", "balancer://web/pub") },
      ],
    };
    const seen = ["/api", "/api/x", "/api/pub/x", "/apix"].map((target) => mapped(part, target));
    expect(seen).toEqual(["b /", "b //x", "web /pub/x", "web /apix"]);
  });

  it("needs mod_proxy_balancer (500) and mod_proxy_http (503)", () => {
    expect(mapped({}, "/x", { modules: ["proxy_http"] })).toBe("500");
    expect(mapped({}, "/x", { modules: ["proxy_balancer"] })).toBe("503");
  });
});
