import { describe, expect, it } from "vitest";
import { proxyFactsOf } from "../../../src/proxies/haproxy/proxy-facts.ts";
import { read } from "./config/read-text.ts";

describe("proxyFactsOf", () => {
  it("lists servers with their names and the requests that reach each backend", () => {
    const { config } = read([
      "defaults",
      "  mode http",
      "  timeout client 1s",
      "  timeout connect 1s",
      "  timeout server 1s",
      "frontend fe",
      "  bind *:8080",
      "  use_backend api if { path_beg /api } { hdr(host) api.test }",
      "  use_backend hidden if { src 10.0.0.1 }",
      "  default_backend web",
      "backend api",
      "  cookie SRV insert indirect",
      "  server a 10.0.0.1:80 cookie s1 weight 3",
      "backend web",
      "  server b 10.0.0.2",
      "backend hidden",
      "  server c 10.0.0.3:81",
    ]);
    if (config === null) throw new Error("refused");
    const facts = proxyFactsOf(config);
    expect(facts.listens).toEqual(["*:8080"]);
    expect(facts.names).toEqual(["api.test"]);
    expect(facts.targets.map(({ path, group, host }) => [path, group, host])).toEqual([
      ["/api", "api", "api.test"],
      ["/", "web", ""],
    ]);
    expect(facts.members.map(({ address, aliases, group, weight }) => [address, aliases, group, weight])).toEqual([
      ["10.0.0.1:80", ["a", "s1"], "api", 3],
      // without a port of its own a server gets the port that the client asked for
      ["10.0.0.2:8080", ["b"], "web", 1],
      ["10.0.0.3:81", ["c"], "hidden", 1],
    ]);
    expect(facts.setsCookies).toEqual(["SRV"]);
    expect(facts.stickyCookie).toEqual({ cookie: "SRV", path: "/" });
  });

  it("tells how many connections all frontends accept, at most those of the process", () => {
    const threads = (global: string, ...limits: string[]) => {
      const frontends = limits.flatMap((limit, i) => [
        `frontend f${i}`,
        "  mode http",
        `  bind *:808${i}`,
        `  ${limit}`,
      ]);
      const { config } = read(["global", `  ${global}`, ...frontends]);
      if (config === null) throw new Error("refused");
      return proxyFactsOf(config).threads;
    };
    expect(threads("maxconn 100", "maxconn 30", "maxconn 40")).toBe(70);
    expect(threads("maxconn 50", "maxconn 30", "maxconn 40")).toBe(50);
    expect(threads("maxconn 50", "backlog 9")).toBe(50);
    // nothing is written: what Debian's limit of open files gives
    expect(threads("nbthread 1", "backlog 9")).toBe(262_118);
  });
});
