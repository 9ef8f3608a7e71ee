import { describe, expect, it } from "vitest";
import { load, read } from "./read-text.ts";

describe("balancers and members", () => {
  it("fills in httpd's defaults", () => {
    const { balancers } = load(["<Proxy balancer://web>", "BalancerMember http://10.0.0.1:8080", "</Proxy>"]);
    expect(balancers[0]).toMatchObject({
      name: "web",
      lbmethod: "byrequests",
      stickySession: null,
      stickySessionSeparator: ".",
      nofailover: false,
      timeoutUs: 0,
      maxAttempts: null,
      failOnStatus: [],
      forceRecovery: true,
      path: "/",
      defined: true,
    });
    expect(balancers[0]?.members[0]).toMatchObject({
      url: "http://10.0.0.1:8080",
      address: "10.0.0.1:8080",
      path: "",
      factor: 100,
      status: "",
      retryUs: 60_000_000,
      timeoutUs: null,
      connectionTimeoutUs: null,
      max: null,
      upgrade: null,
      healthCheck: { method: "NONE", intervalUs: 30_000_000, passes: 1, fails: 1, uri: "", expression: "" },
    });
  });

  it("reads member parameters in httpd's units", () => {
    const line =
      "BalancerMember http://a:1/base loadfactor=1.999 retry=5 timeout=500ms connectiontimeout=300ms ping=2 acquire=400 ttl=7 max=3 smax=2 lbset=4 status=+H-H+DN route=r redirect=s keepalive=On disablereuse=On flushpackets=auto upgrade=websocket";
    const member = load(["<Proxy balancer://web>", line, "</Proxy>"]).balancers[0]?.members[0];
    expect(member).toMatchObject({
      path: "/base",
      factor: 199,
      retryUs: 5_000_000,
      // timeout takes whole seconds and cuts the unit off
      timeoutUs: 500_000_000,
      connectionTimeoutUs: 300_000,
      pingUs: 2_000_000,
      acquireUs: 400_000,
      ttlUs: 7_000_000,
      max: 3,
      smax: 2,
      lbset: 4,
      status: "ND",
      route: "r",
      redirect: "s",
      keepalive: true,
      disableReuse: true,
      flushPackets: "auto",
      upgrade: "websocket",
    });
  });

  it("adds the scheme's port to the address but not to the name", () => {
    const lines = ["<Proxy balancer://web>", "BalancerMember https://A.Example/x", "BalancerMember ws://b", "</Proxy>"];
    const members = load(lines).balancers[0]?.members;
    expect(members?.[0]).toMatchObject({ url: "https://a.example/x", address: "A.Example:443", host: "A.Example" });
    expect(members?.[1]).toMatchObject({ url: "ws://b", address: "b:80", upgrade: "websocket" });
  });

  it("lets the last line win, wherever it stands", () => {
    const { balancers } = load([
      '<Proxy "balancer://My_Web" lbmethod=bytraffic>',
      "BalancerMember http://a:1",
      "ProxySet stickysession=A|b nofailover=On timeout=3 failonstatus=500,503 lbmethod=bybusyness",
      "</Proxy>",
      "ProxySet balancer://my_web maxattempts=2 scolonpathdelim=On stickysessionsep=Off",
      "ProxyPass /x balancer://MY_WEB/y timeout=9 forcerecovery=Off failontimeout=On",
    ]);
    expect(balancers).toHaveLength(1);
    expect(balancers[0]).toMatchObject({
      name: "my_web",
      // parameters in the section tag act after what stands inside
      lbmethod: "bytraffic",
      stickySession: { cookie: "A", path: "b" },
      stickySessionSeparator: null,
      scolonPathDelim: true,
      nofailover: true,
      timeoutUs: 9_000_000,
      maxAttempts: 2,
      failOnStatus: [500, 503],
      failOnTimeout: true,
      forceRecovery: false,
      path: "/x",
    });
  });

  it("takes a member whose URL begins with an earlier member's URL for that member", () => {
    const { config, programWarnings } = read([
      "<Proxy balancer://web>",
      "BalancerMember http://a route=1",
      "BalancerMember http://a/shop route=2",
      "</Proxy>",
    ]);
    expect(config?.balancers[0]?.members.map((m) => m.url)).toEqual(["http://a"]);
    expect(programWarnings[0]?.text).toBe(
      "[proxy:warn] AH01150: Ignoring parameter 'route=2' for worker 'http://a' because of worker sharing",
    );
    expect(programWarnings[0]?.position).toMatchObject({ line: 3, column: 30, length: 7 });
  });

  it("copies a health check template and lets the member's own words win", () => {
    const lines = [
      "ProxyHCExpr up {%{REQUEST_STATUS} =~ /^2/}",
      "ProxyHCTemplate t hcmethod=GET hcuri=/h hcinterval=500ms hcfails=3 hcexpr=UP",
      "ProxyHCTPsize 0",
      "<Proxy balancer://web>",
      "BalancerMember http://a hctemplate=T hcfails=2",
      "</Proxy>",
    ];
    const config = load(lines);
    expect(config.balancers[0]?.members[0]?.healthCheck).toEqual({
      method: "GET",
      intervalUs: 500_000,
      passes: 1,
      fails: 2,
      uri: "/h",
      expression: "up",
    });
    expect(config.healthExpressions).toEqual({ up: "%{REQUEST_STATUS} =~ /^2/" });
    expect(config.healthThreads).toBe(0);
  });

  it("keeps a balancer that only a ProxyPass names, without members", () => {
    const { balancers, servers } = load("ProxyPass / balancer://nowhere/\n");
    expect(balancers[0]).toMatchObject({ name: "nowhere", defined: false, members: [], path: "/" });
    expect(servers[0]?.passRules[0]?.target).toEqual({ kind: "balancer", balancer: "nowhere", path: "/" });
  });

  it("gives a virtual host that names a balancer of the main server a copy without its lbmethod", () => {
    // Seen in the balancer-manager of httpd 2.4.71: members, sessions and timeout are inherited, lbmethod is not.
    const { config, problems } = read([
      "<Proxy balancer://a>",
      "BalancerMember http://m:1",
      "ProxySet lbmethod=bytraffic stickysession=M timeout=7",
      "</Proxy>",
      "<VirtualHost *:80>",
      "ServerName q",
      "ProxyPass / balancer://a/ stickysession=T",
      "</VirtualHost>",
      "<VirtualHost *:80>",
      "ServerName r",
      "<Proxy balancer://a>",
      "BalancerMember http://n:1",
      "</Proxy>",
      "ProxyPass / balancer://a/",
      "</VirtualHost>",
    ]);
    const shown = config?.balancers.map((b) => [
      b.name,
      b.lbmethod,
      b.stickySession?.cookie,
      b.timeoutUs,
      b.members.map((m) => m.url),
    ]);
    expect(shown).toEqual([
      ["a", "byrequests", "T", 7_000_000, ["http://m:1"]],
      ["a@r", "byrequests", "M", 7_000_000, ["http://m:1"]],
    ]);
    expect(config?.servers[2]?.passRules[0]?.target).toEqual({ kind: "balancer", balancer: "a@r", path: "/" });
    expect(problems.filter((p) => p.code === "virtual-host-balancer-copy").map((p) => p.position?.line)).toEqual([
      7, 11,
    ]);
  });
});
