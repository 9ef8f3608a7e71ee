import { describe, expect, it } from "vitest";
import { load } from "./config/read-text.ts";
import { ProxyBench } from "./proxy-bench.ts";

const MEMBER = ["<Proxy balancer://b>", "BalancerMember http://a:8080", "</Proxy>", "ProxyPass / balancer://b/"];

/** What the machine does first with a request. */
function first(lines: readonly string[], what: { target?: string } = {}): string {
  const proxy = new ProxyBench(load([...lines, ...MEMBER]));
  proxy.request({ path: what.target ?? "/x" });
  return proxy.words()[0] ?? "";
}

describe("access", () => {
  const within = (...lines: string[]) => ["<Location /x>", ...lines, "</Location>"];

  it("keeps requests away from members", () => {
    expect(first(within("Require all denied"))).toBe("REPLY 403");
    expect(first(within("Require all denied"), { target: "/y" })).toBe("CONNECT a:8080");
    expect(first(within("Require ip 192.168"))).toBe("REPLY 403");
    expect(first(within("Require method GET"))).toBe("CONNECT a:8080");
    expect(first(within("Require method POST"))).toBe("REPLY 403");
  });

  it("is joined with that of outer sections as AuthMerging says", () => {
    const outer = ["<Location />", "Require all denied", "</Location>"];
    expect(first([...outer, ...within("Require all granted")])).toBe("CONNECT a:8080");
    expect(first([...outer, ...within("AuthMerging And", "Require all granted")])).toBe("REPLY 403");
    expect(first([...outer, ...within("AuthMerging Or", "Require all granted")])).toBe("CONNECT a:8080");
  });

  it("turns nobody away where lbsim can't tell who is meant", () => {
    expect(first(within("Require valid-user"))).toBe("CONNECT a:8080");
    expect(first(within("Require host example.org", "Require ip 10"))).toBe("CONNECT a:8080");
  });

  it("follows the older directives", () => {
    expect(first(within("Order allow,deny", "Allow from 192.168"))).toBe("REPLY 403");
    expect(first(within("Order deny,allow", "Deny from 192.168"))).toBe("CONNECT a:8080");
    expect(first(["<Proxy *>", "Order allow,deny", "Deny from all", "</Proxy>"])).toBe("REPLY 403");
  });

  it("costs nothing where nobody is turned away", () => {
    const lines = ["<Proxy *>", "Require all granted", "</Proxy>", ...within("Require all granted"), "SetEnvIf A b c"];
    const { servers } = load([...lines, ...MEMBER]);
    expect(servers[0]).toMatchObject({ policy: null, proxyAccess: [], sections: [] });
  });
});

describe("other words about requests", () => {
  it("lets Redirect answer only what ProxyPass leaves", () => {
    expect(first(["Redirect /x http://x/"])).toBe("CONNECT a:8080");
    expect(first(["ProxyPass /x !", "Redirect /x http://x/"])).toBe("REPLY 302");
    expect(first(["ProxyPass /x !", "Redirect gone /x"])).toBe("REPLY 410");
  });

  it("shows ErrorDocument in the place of a page", () => {
    const denied = ["<Location /x>", "Require all denied", "</Location>"];
    expect(first([...denied, "ErrorDocument 403 http://sorry/"])).toBe("REPLY 302");
    expect(first([...denied, 'ErrorDocument 403 "go away"'])).toBe("REPLY 403");
  });
});
