import { describe, expect, it } from "vitest";
import { hostWith, load, read } from "./read-text.ts";

describe("servers", () => {
  it("take SSLProxy directives inside <Proxy>, and not inside <Location>", () => {
    const section = (open: string, close: string) => [
      open,
      "SSLProxyEngine on",
      "SSLProxyVerify none",
      close,
      "ProxyPass / https://one:1/",
    ];
    expect(load(section("<Proxy https://one:1>", "</Proxy>")).servers[0]?.sslProxyEngine).toBe(true);
    expect(read(section("<Location /x>", "</Location>")).refusal?.text).toContain(
      "SSLProxyEngine not allowed in <Location> context",
    );
  });

  it("lets virtual hosts inherit and look at the main server's ProxyPass lines first", () => {
    const { servers } = load([
      "ServerName main.test:80",
      "Timeout 20",
      "KeepAlive Off",
      "ProxyPass /a http://one:1/",
      "Header set A main",
      "<VirtualHost *:80 [::1]:80>",
      "ServerName v.test",
      "ServerAlias w.test x.test",
      "ProxyTimeout 3",
      "KeepAliveTimeout 1500ms",
      "ProxyPass /b http://two:2/base",
      "Header always set B host env=!X",
      "</VirtualHost>",
    ]);
    expect(servers[0]).toMatchObject({
      names: ["main.test"],
      addresses: [],
      timeoutUs: 20_000_000,
      proxyTimeoutUs: null,
    });
    expect(servers[1]).toMatchObject({
      names: ["v.test", "w.test", "x.test"],
      addresses: ["*:80", "[::1]:80"],
      timeoutUs: 20_000_000,
      proxyTimeoutUs: 3_000_000,
      keepAlive: false,
      keepAliveTimeoutUs: 1_500_000,
      maxKeepAliveRequests: 100,
    });
    expect(servers[1]?.passRules.map((r) => r.match)).toEqual([
      { kind: "prefix", path: "/a" },
      { kind: "prefix", path: "/b" },
    ]);
    expect(servers[1]?.passRules.map((r) => r.target)).toEqual([
      { kind: "worker", worker: 0, path: "/" },
      { kind: "worker", worker: 1, path: "/base" },
    ]);
    expect(servers[1]?.headers.map((h) => [h.name, h.always, h.condition])).toEqual([
      ["A", false, null],
      ["B", true, { kind: "env", name: "X", negated: true }],
    ]);
  });

  it("inherits ProxyPass lines even with ProxyPassInherit Off, but no balancers when BalancerInherit is Off too", () => {
    const { servers } = load([
      "ProxyPass /a balancer://one/",
      "<VirtualHost *:80>",
      "ProxyPassInherit Off",
      "</VirtualHost>",
      "<VirtualHost *:81>",
      "ProxyPassInherit Off",
      "BalancerInherit Off",
      "</VirtualHost>",
    ]);
    expect(servers.map((server) => server.passRules.length)).toEqual([1, 1, 1]);
    expect(servers.map((server) => server.balancers)).toEqual([{ one: "one" }, { one: "one" }, {}]);
  });

  it("keeps ProxyPass inside Location apart and gives the section's path to ProxyPassReverse", () => {
    const { servers } = load([
      '<Location "/api">',
      'ProxyPass "http://h:1/x" nocanon',
      'ProxyPassReverse "http://h:1/x"',
      "</Location>",
      "<LocationMatch ^/img>",
      "ProxyPass http://h:1",
      "</LocationMatch>",
      "<Location /status>",
      "SetHandler balancer-manager",
      "</Location>",
    ]);
    const [main] = servers;
    expect(main?.passRules).toEqual([]);
    expect(main?.locations.map((l) => l.match)).toEqual([
      { kind: "prefix", path: "/api" },
      { kind: "regex", source: "^/img" },
    ]);
    expect(main?.locations[0]?.rule).toMatchObject({ url: "http://h:1/x", nocanon: true, noquery: false });
    expect(main?.reverse[0]).toMatchObject({ path: "/api", url: "http://h:1/x" });
    expect(main?.handlers[0]).toMatchObject({ path: "/status", handler: "balancer-manager" });
  });

  it("reads exclusions, patterns and cookie rewriting", () => {
    const { servers } = load([
      "ProxyPass /static !",
      "ProxyPassMatch ^/img/(.*)$ balancer://b/pics/$1",
      "ProxyPassReverseCookiePath /app /shop",
      "ProxyPassReverseCookieDomain inner.test outer.test",
    ]);
    expect(servers[0]?.passRules.map((r) => r.target.kind)).toEqual(["none", "balancer"]);
    expect(servers[0]?.passRules[1]).toMatchObject({
      match: { kind: "regex", source: "^/img/(.*)$" },
      target: { balancer: "b", path: "/pics/$1" },
    });
    expect(servers[0]?.cookieRewrites).toEqual([
      { attribute: "path", from: "/app", to: "/shop" },
      { attribute: "domain", from: "inner.test", to: "outer.test" },
    ]);
  });

  it("reads the remaining settings of a server", () => {
    const { servers, listens, heartbeatStorage, heartbeatListen } = load(
      [
        "Listen 8080",
        "Listen 127.0.0.1:81 http",
        "ProxyPreserveHost On",
        "ProxyErrorOverride On 500 503",
        "ProxyMaxForwards 5",
        "ProxyAddHeaders Off",
        "SSLProxyEngine on",
        "MaxKeepAliveRequests 0",
        "HeartbeatStorage hb.dat",
        "HeartbeatListen 239.0.0.1:27999",
        'Header edit Set-Cookie "(.*)" "$1;Secure" expr=true',
        "RequestHeader unset X-Real-IP",
      ],
      {},
      hostWith({ "hb.dat": "10.0.0.1 &busy=1&ready=7&lastseen=1&port=80" }),
    );
    expect(listens).toEqual(["8080", "127.0.0.1:81"]);
    expect(heartbeatStorage).toContain("ready=7");
    expect(heartbeatListen).toBe("239.0.0.1:27999");
    expect(servers[0]).toMatchObject({
      preserveHost: true,
      errorOverride: [500, 503],
      maxForwards: 5,
      addForwardedHeaders: false,
      sslProxyEngine: true,
      maxKeepAliveRequests: 0,
    });
    expect(servers[0]?.headers).toMatchObject([
      { where: "response", action: "edit", value: "(.*)", replacement: "$1;Secure", condition: { kind: "expr" } },
      { where: "request", action: "unset", name: "X-Real-IP", value: "" },
    ]);
  });

  it("lists what it passes over, with the reason", () => {
    const { passedOver } = read([
      "ErrorLog x.log",
      "RewriteRule ^/(?i)a balancer://b/a [P]",
      "<Location /x>",
      "<Limit POST>",
      "Header set A b",
      "</Limit>",
      "</Location>",
      "<Location /*.png>",
      "ProxyErrorOverride On",
      "</Location>",
      "Header set A b \"expr=%{REQUEST_STATUS} in {'200'}\"",
      'Header edit A "a++" b',
      "ProxyHCExpr ok {%{REQUEST_STATUS} in {'200'}}",
    ]);
    expect(passedOver.map((p) => [p.kind, p.directive, p.position.line])).toEqual([
      ["ignored", "ErrorLog", 1],
      ["unmodelled", "Header", 5],
      ["unmodelled", "ProxyErrorOverride", 9],
      ["unmodelled", "Header", 11],
      ["unmodelled", "Header", 12],
      ["unmodelled", "ProxyHCExpr", 13],
      ["unmodelled", "RewriteRule", 2],
    ]);
  });

  it("keeps what sections say about headers and error pages apart from the server's own", () => {
    const { servers } = load([
      '<Location "/">',
      "Header set A root",
      "</Location>",
      "<Location /app>",
      "Header set A app",
      "ProxyErrorOverride On 500",
      "</Location>",
      "<Location /plain>",
      "</Location>",
      "Header set A server",
      "<VirtualHost *:80>",
      "<LocationMatch ^/img>",
      "RequestHeader set B img",
      "ProxyErrorOverride Off",
      "</LocationMatch>",
      "</VirtualHost>",
    ]);
    const values = (headers: readonly { readonly value: string }[] | undefined) => headers?.map(({ value }) => value);
    expect(values(servers[0]?.headers)).toEqual(["server", "root"]);
    expect(
      servers[1]?.sections.map(({ match, headers, errorOverride }) => [match, values(headers), errorOverride]),
    ).toEqual([
      [{ kind: "prefix", path: "/app" }, ["app"], [500]],
      [{ kind: "regex", source: "^/img" }, ["img"], null],
    ]);
    expect(servers[0]?.sections).toHaveLength(1);
  });

  it("does not refuse directives that a module unknown to lbsim may bring", () => {
    const { config, passedOver } = read(["LoadModule shield_module modules/mod_shield.so", "ShieldLevel 3"]);
    expect(config).not.toBeNull();
    expect(passedOver.map((p) => p.directive)).toEqual(["ShieldLevel"]);
  });
});

describe("SetEnv proxy-nokeepalive", () => {
  const MAIN = ["<Proxy balancer://b>", "BalancerMember http://a", "</Proxy>"];
  const HOST = ["<VirtualHost *:80>", "SetEnv proxy-nokeepalive 1", "ProxyPass / balancer://b/", "</VirtualHost>"];
  const lost = (...lines: string[]) => read(lines).passedOver.map(({ kind, directive }) => `${kind} ${directive}`);

  it("closes the connections to all members, or to those of its virtual host", () => {
    const closes = (...lines: string[]) => load(lines).balancers[0]?.members.map(({ disableReuse }) => disableReuse);
    expect(closes(...MAIN, "SetEnv proxy-nokeepalive 1")).toEqual([true]);
    expect(closes(...MAIN, "SetEnv other 1")).toEqual([false]);
    expect(closes(HOST[0] as string, ...MAIN, ...HOST.slice(1))).toEqual([true]);
  });

  it("is passed over where a virtual host shares its members, and where it depends on the request", () => {
    expect(lost(...MAIN, ...HOST)).toEqual(["unmodelled SetEnv"]);
    expect(lost(HOST[0] as string, ...MAIN, ...HOST.slice(1))).toEqual([]);
    expect(lost("SetEnvIf Request_URI ^/x proxy-nokeepalive=1")).toEqual(["unmodelled SetEnvIf"]);
  });
});
