import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "../../tidy/source-files.ts";
import { CADDYFILE, haproxySeed, nginxSeed } from "./sources.ts";
import { convertText, type FamilyName } from "./tongues.ts";

/** An httpd.conf with this balancer and these lines in its virtual host. */
function httpd(balancer: string, host = "", pass = "/app/"): string {
  return `<VirtualHost *:80>
    <Proxy balancer://shop>
        ${balancer}
    </Proxy>
    ${host}
    ProxyPass ${pass} balancer://shop${pass}
</VirtualHost>
`;
}

const TWO = "BalancerMember http://10.0.0.1:80 route=a\nBalancerMember http://10.0.0.2:80 route=b\n";
const UNEVEN = "BalancerMember http://10.0.0.1:80 loadfactor=3\nBalancerMember http://10.0.0.2:80\n";

function haproxy(backend: string, front = "default_backend shop"): string {
  return `defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
frontend web
    bind *:80
    ${front}
backend shop
    ${backend}
`;
}

const SERVERS = "server s1 10.0.0.1:80\nserver s2 10.0.0.2:80\n";

interface Case {
  readonly code: string;
  readonly from: FamilyName;
  readonly to: FamilyName;
  readonly source: string;
  /** What the comment must say. */
  readonly says: string;
  /** Line of the source that it points at; null = none. */
  readonly line: number | null;
  /** A line that the written configuration must have. */
  readonly writes: RegExp;
}

const CASES: readonly Case[] = [
  {
    code: "left-out",
    from: "apache",
    to: "nginx",
    source: httpd(TWO, "<Location /balancer-manager>\nSetHandler balancer-manager\n</Location>"),
    says: "SetHandler balancer-manager",
    line: 8,
    writes: /upstream shop \{/,
  },
  {
    code: "left-out",
    from: "apache",
    to: "nginx",
    source: httpd(TWO, 'RequestHeader set X-Price "5$"'),
    says: 'the header X-Price: nginx can\'t write "$" in a value',
    line: 7,
    writes: /proxy_pass http:\/\/shop;/,
  },
  {
    code: "left-out",
    from: "apache",
    to: "caddy",
    source: httpd(TWO, 'RequestHeader set X-Shape "{a}"'),
    says: 'the header X-Shape: "{" begins a placeholder',
    line: 7,
    writes: /to 10\.0\.0\.1:80/,
  },
  {
    code: "election",
    from: "apache",
    to: "haproxy",
    source: httpd(`${TWO}ProxySet lbmethod=bytraffic`),
    says: "bytraffic: HAProxy has no method by bytes",
    line: 2,
    writes: /^ {4}balance roundrobin$/m,
  },
  {
    code: "election",
    from: "nginx",
    to: "caddy",
    source: nginxSeed("hash $cookie_JSESSIONID consistent;"),
    says: "hash $cookie_JSESSIONID consistent: Caddy 2.6.2 can't hash one cookie",
    line: 3,
    writes: /lb_policy cookie lb/,
  },
  {
    code: "election",
    from: "nginx",
    to: "apache",
    source: nginxSeed("ip_hash;"),
    says: "httpd hashes nothing",
    line: 3,
    writes: /ProxySet lbmethod=byrequests/,
  },
  {
    code: "order",
    from: "apache",
    to: "haproxy",
    source: httpd(UNEVEN),
    says: "byrequests: the shares are kept",
    line: 2,
    writes: /server member1 10\.0\.0\.1:80 weight 3 /,
  },
  {
    code: "weights",
    from: "apache",
    to: "caddy",
    source: httpd(UNEVEN),
    says: "addresses stand here several times",
    line: 2,
    // 3 : 1, mixed as smooth weighted round robin does: a a b a.
    writes: /to 10\.0\.0\.1:80\n *to 10\.0\.0\.1:80\n *to 10\.0\.0\.2:80\n *to 10\.0\.0\.1:80\n/,
  },
  {
    code: "weights",
    from: "haproxy",
    to: "apache",
    source: haproxy("server s1 10.0.0.1:80 weight 256\nserver s2 10.0.0.2:80 weight 128"),
    says: "the weights are scaled",
    line: 9,
    writes:
      /BalancerMember http:\/\/10\.0\.0\.1:80 loadfactor=2 [^\n]*\n *BalancerMember http:\/\/10\.0\.0\.2:80 retry/,
  },
  {
    code: "stickiness",
    from: "apache",
    to: "haproxy",
    source: httpd(`${TWO}ProxySet stickysession=JSESSIONID`),
    says: 'HAProxy does not read the route behind "." in JSESSIONID',
    line: 2,
    writes: /^ {4}cookie JSESSIONID prefix nocache$/m,
  },
  {
    code: "stickiness",
    from: "apache",
    to: "nginx",
    source: httpd(`${TWO}ProxySet stickysession=JSESSIONID`),
    says: "this map reads what stands behind",
    line: 2,
    writes: /map \$cookie_JSESSIONID \$shop_upstream \{\n +default shop;\n +"~\\\.a\$" shop__a;\n +"~\\\.b\$" shop__b;/,
  },
  {
    code: "stickiness",
    from: "haproxy",
    to: "apache",
    source: haproxy(`stick-table type string len 52 size 10k expire 30m\nstick on req.cook(SID)\n${SERVERS}`),
    says: "httpd remembers no sessions (stick on req.cook(SID))",
    line: 11,
    writes: /ProxySet stickysession=SID/,
  },
  {
    code: "stickiness",
    from: "haproxy",
    to: "nginx",
    source: haproxy(`stick-table type ip size 10k\nstick on src\n${SERVERS}`),
    says: "kept together by the client's address",
    line: 11,
    writes: /hash \$remote_addr consistent;/,
  },
  {
    code: "sticky-cookie",
    from: "haproxy",
    to: "apache",
    source: haproxySeed("roundrobin", "cookie JSESSIONID insert indirect nocache"),
    says: "JSESSIONID is the name of an application's own session cookie",
    line: 18,
    writes: /Header add Set-Cookie "SERVERID=\.%\{BALANCER_WORKER_ROUTE\}e; path=\/" env=BALANCER_ROUTE_CHANGED/,
  },
  {
    code: "sticky-cookie",
    from: "haproxy",
    to: "nginx",
    source: haproxySeed("roundrobin", "cookie JSESSIONID prefix nocache"),
    says: "writes the member's name before the application's JSESSIONID",
    line: 18,
    writes: /map \$upstream_addr \$app_backends_cookie \{/,
  },
  {
    code: "nofailover",
    from: "apache",
    to: "haproxy",
    source: httpd(`${TWO}ProxySet stickysession=JSESSIONID nofailover=On`),
    says: "the source never moves a session",
    line: 2,
    writes: /^ {4}option persist$/m,
  },
  {
    code: "nofailover",
    from: "apache",
    to: "caddy",
    source: httpd(`${TWO}ProxySet stickysession=JSESSIONID nofailover=On`),
    says: "Caddy elects another one",
    line: 2,
    writes: /lb_policy cookie lb/,
  },
  {
    code: "retries",
    from: "apache",
    to: "nginx",
    source: httpd(TWO),
    says: "only when no connection came about",
    line: 2,
    writes: /proxy_next_upstream error timeout;/,
  },
  {
    code: "retries",
    from: "nginx",
    to: "apache",
    source: nginxSeed(""),
    says: "not one that was closed without an answer or got no answer in time",
    line: 13,
    writes: /ProxySet failontimeout=On/,
  },
  {
    code: "out-rule",
    from: "apache",
    to: "haproxy",
    source: httpd(TWO.replaceAll("route=", "retry=20 route=")),
    says: "HAProxy brings it back by a check",
    line: 3,
    // The retry window of 20 s becomes the time between checks.
    writes: /check inter 20s rise 1 fall 1 observe layer4 error-limit 1 on-error mark-down/,
  },
  {
    code: "out-rule",
    from: "haproxy",
    to: "apache",
    source: haproxy(SERVERS),
    says: "the source never leaves a member out",
    line: 9,
    writes: /BalancerMember http:\/\/10\.0\.0\.1:80 retry=0 /,
  },
  {
    code: "out-rule",
    from: "nginx",
    to: "caddy",
    source: nginxSeed("").replace("101:8080;", "101:8080 max_fails=3 fail_timeout=30s;"),
    says: "Caddy has one rule for all members",
    line: 3,
    writes: /fail_duration 30s\n +max_fails 3\n/,
  },
  {
    code: "bad-status",
    from: "apache",
    to: "nginx",
    source: httpd(`${TWO}ProxySet failonstatus=500,503`),
    says: "counts answers 500, 503",
    line: 2,
    writes: /proxy_next_upstream error timeout;/,
  },
  {
    code: "health-check",
    from: "haproxy",
    to: "nginx",
    source: haproxySeed("roundrobin", ""),
    says: "open-source nginx makes no health checks",
    line: 20,
    writes: /server 192\.168\.1\.103:8080 backup;/,
  },
  {
    code: "health-check",
    from: "haproxy",
    to: "caddy",
    source: haproxySeed("roundrobin", ""),
    says: "one bad check takes a member out",
    line: 16,
    writes: /health_uri \/health\n +health_interval 2s/,
  },
  {
    code: "backup",
    from: "haproxy",
    to: "caddy",
    source: haproxySeed("roundrobin", ""),
    says: "Caddy has no backups: 192.168.1.103:8080",
    line: 22,
    writes: /to 192\.168\.1\.103:8080/,
  },
  {
    code: "backup",
    from: "apache",
    to: "nginx",
    source: httpd(`${TWO}BalancerMember http://10.0.0.3:80 status=+R`),
    says: "a spare steps in for one failed member",
    line: 5,
    writes: /server 10\.0\.0\.3:80 fail_timeout=60s backup;/,
  },
  {
    code: "timeouts",
    from: "caddy",
    to: "apache",
    source: CADDYFILE,
    says: "the source sets no limit",
    line: 2,
    writes: /connectiontimeout=3 /,
  },
  {
    code: "wait",
    from: "apache",
    to: "haproxy",
    source: httpd(`${TWO}ProxySet timeout=5`),
    says: "requests wait up to 5s for a free member",
    line: 2,
    writes: /^ {4}timeout queue 5s$/m,
  },
  {
    code: "wait",
    from: "haproxy",
    to: "nginx",
    source: haproxy("server s1 10.0.0.1:80 maxconn 10"),
    says: "do not wait (queue is NGINX Plus)",
    line: 9,
    writes: /server 10\.0\.0\.1:80 max_fails=0 max_conns=10;/,
  },
  {
    code: "limits",
    from: "haproxy",
    to: "caddy",
    source: haproxy("server s1 10.0.0.1:80 maxconn 10"),
    says: "a full member is passed over, nobody waits",
    line: 9,
    // Without max_fails this option alone makes every upstream unavailable.
    writes: /unhealthy_request_count 10\n +max_fails 1\n/,
  },
  {
    code: "path",
    from: "apache",
    to: "nginx",
    source: httpd(TWO, "", "/app"),
    says: "/appx comes here too",
    line: 8,
    writes: /location \/app \{/,
  },
  {
    code: "path",
    from: "haproxy",
    to: "apache",
    source: haproxySeed("roundrobin", ""),
    says: "/appx does not come here",
    line: 14,
    writes: /ProxyPass \/app balancer:\/\/app_backends\/app/,
  },
  {
    code: "path",
    from: "apache",
    to: "nginx",
    source: httpd(TWO, "ProxyPass / balancer://shop/\n"),
    says: "location /app/ is left out: an earlier rule of the source takes its requests",
    line: 9,
    writes: /location \/ \{/,
  },
  {
    code: "host-header",
    from: "apache",
    to: "nginx",
    source: httpd(TWO),
    says: "members see the client's Host",
    line: 2,
    writes: /proxy_set_header Host \$http_host;/,
  },
  {
    code: "own-status",
    from: "haproxy",
    to: "apache",
    source: haproxy(SERVERS, "use_backend shop if { path_beg /app/ }"),
    says: "get 503 in the source",
    line: 6,
    writes: /ProxyPass \/app\/ balancer:\/\/shop\/app\//,
  },
  {
    code: "certificate",
    from: "apache",
    to: "nginx",
    source: httpd(TWO).replace("*:80", "*:443"),
    says: "lbsim does not carry certificates over",
    line: 1,
    writes: /listen 443 ssl;/,
  },
  {
    code: "slow-start",
    from: "haproxy",
    to: "nginx",
    source: haproxy("server s1 10.0.0.1:80 check slowstart 20s"),
    says: "not over 20s",
    line: 10,
    writes: /server 10\.0\.0\.1:80;/,
  },
  {
    code: "state",
    from: "apache",
    to: "caddy",
    source: httpd(`${TWO}BalancerMember http://10.0.0.3:80 status=+D`),
    says: "10.0.0.3:80 is left out: it is disabled",
    line: 5,
    writes: /to 10\.0\.0\.2:80/,
  },
  {
    code: "client-limit",
    from: "haproxy",
    to: "nginx",
    source: haproxySeed("roundrobin", ""),
    says: "20000 clients at once",
    line: null,
    writes: /worker_connections 40000;/,
  },
  {
    code: "shared-state",
    from: "haproxy",
    to: "apache",
    source: haproxy(SERVERS, "use_backend shop if { hdr(host) -i a.test }\n    default_backend shop"),
    says: "keeps its counts and errors for each of them apart",
    line: 10,
    writes: /ServerName a\.test[\s\S]*<VirtualHost \*:80>[\s\S]*<Proxy balancer:\/\/shop>/,
  },
  {
    code: "shared-state",
    from: "apache",
    to: "caddy",
    source: httpd(TWO, "ProxyPass /more/ balancer://shop/more/"),
    says: "each reverse_proxy of Caddy takes turns by itself",
    line: 2,
    writes: /path \/more\/\*[\s\S]*path \/app\/\*/,
  },
  {
    code: "address",
    from: "apache",
    to: "haproxy",
    source: httpd(TWO.replace("10.0.0.2", "10.0.0.302")),
    says: "10.0.0.302 is no IPv4 address",
    line: 4,
    writes: /server b 10\.0\.0\.302:80 .*init-addr none/,
  },
  {
    code: "address",
    from: "apache",
    to: "nginx",
    source: httpd(TWO.replace("10.0.0.2", "10.0.0.302")),
    says: "nginx takes it for a name and would not start",
    line: 4,
    writes: /server 10\.0\.0\.302:80 fail_timeout=60s resolve;/,
  },
];

describe("a place where the meaning can't be kept", () => {
  it.each(CASES)("$code, $from to $to: $says", ({ code, from, to, source, says, line, writes }) => {
    const { text, remarks } = convertText(from, to, source);
    const found = remarks.find((remark) => remark.code === code && remark.message.includes(says));
    expect(found, JSON.stringify(remarks, null, 1)).toBeDefined();
    expect(found?.position?.line ?? null).toBe(line);
    expect(text).toMatch(writes);
  });

  it("is of a kind that has a case here and an entry in the how-to", () => {
    const page = readFileSync("docs/how-to/convert-a-configuration.md", "utf8");
    const written = sourceFiles("src")
      .filter(({ path }) => path.startsWith("src/proxies/"))
      .flatMap(({ text }) => [...text.matchAll(/\bremark\(\s*\d,\s*"([a-z-]+)"/g)].map(([, code]) => code ?? ""));
    const codes = [...new Set(written)].sort();
    expect(codes.length).toBeGreaterThan(20);
    expect([...new Set(CASES.map(({ code }) => code))].sort()).toEqual(codes);
    for (const code of codes) expect(page).toContain(`| \`${code}\` |`);
  });
});
