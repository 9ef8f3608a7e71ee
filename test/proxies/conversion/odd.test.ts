import { describe, expect, it } from "vitest";
import { convertText, type FamilyName, NAMES, read } from "./tongues.ts";

const NGINX = `events {}
http {
  map $host $x { default a; }
  upstream a { server 10.0.0.1:80 weight=5; server 10.0.0.2:80 weight=3 down; keepalive 16; }
  upstream B.c { least_conn; server h1.test:81 max_conns=20; server h2.test backup; server [::1]:90; }
  server { listen 80 default_server; listen 8080; server_name a.test *.b.test ~^re\\d+$;
    location = /exact { proxy_pass http://a; }
    location ~* "\\.(gif|jpe?g){1}$" { proxy_pass http://B.c; }
    location /img/ { proxy_pass http://B.c/static/; proxy_set_header X-Q 'say "hi"'; }
    location ^~ /old { return 301 /new; }
    location /gone/ { return 410; }
    location /sp/ { proxy_pass http://a; proxy_set_header X-S "a 'b' \\"c\\" 5%"; }
    location / { proxy_pass https://10.9.9.9:8443; proxy_next_upstream off; }
  }
  server { listen 80; server_name c.test; location / { proxy_pass http://a; } }
  server { listen 443 ssl; ssl_certificate x; ssl_certificate_key y; server_name c.test; location / { proxy_pass http://a; } }
}`;
const HAPROXY = `defaults
  mode http
  timeout connect 4500ms
  timeout client 30s
  timeout server 30s
  retries 2
  option redispatch
frontend web
  bind *:80
  bind 10.0.0.9:8081
  bind :443 ssl crt /x.pem
  acl api path_beg /api /v2
  acl shop hdr(host) -i shop.test www.shop.test
  acl dom hdr_dom(host) -i x.test
  acl exact path /health
  acl rx path_reg ^/u/[0-9]+$
  http-request redirect scheme https unless { ssl_fc }
  use_backend b1 if api shop
  use_backend b2 if exact or rx
  use_backend b1 if dom
  use_backend b2 if shop
backend b1
  balance url_param sid
  hash-type consistent
  http-request set-header X-Forwarded-Proto https if { ssl_fc }
  http-request set-header X-A "%[src]"
  server-template s 3 10.0.1.1:80 check
backend b2
  balance uri
  retry-on all-retryable-errors
  cookie SRV insert indirect
  server a 10.0.2.1:80 cookie a weight 0 check slowstart 5s
  server b 10.0.2.2:80 cookie b maxconn 5 observe layer7 check
  server c 10.0.2.3:80 cookie c backup
  server d 10.0.2.4:80 cookie d backup disabled
`;
const CADDY = `http://a.test, http://b.test:8080 {
  @api path /api /api/*
  handle @api {
    reverse_proxy 10.0.0.1:80 10.0.0.1:80 10.0.0.2:80 {
      lb_policy round_robin
      lb_try_duration 5s
      header_up Host {upstream_hostport}
      header_up X-B "a b"
      header_up -X-C
      health_uri /h
      health_status 200
    }
  }
  handle_path /static/* {
    reverse_proxy https://s.test {
      lb_policy cookie stick secret
    }
  }
  redir /old /new permanent
  respond "no" 403
}
`;
const APACHE = `Listen 8080
<VirtualHost *:8080>
ServerName a.test
ServerAlias b.test
ProxyPass /none !
ProxyPassMatch ^/m(/.*)$ balancer://One$1
ProxyPass /single http://10.5.0.1:9000/base
ProxyPass /one balancer://One/
<Proxy balancer://One>
BalancerMember http://[2001:db8::1]:80 loadfactor=1.5 route=r1 lbset=0
BalancerMember http://10.0.9.2:80 loadfactor=2.25 route=r1 lbset=1 status=+H
BalancerMember http://10.0.0.3:80 route=r3 lbset=1 retry=0 max=5
ProxySet stickysession=SID|sid maxattempts=1 lbmethod=bytraffic
</Proxy>
RequestHeader set X-Q "100%% \\"q\\""
</VirtualHost>
<VirtualHost *:8080>
ServerName c.test
ProxyPass / balancer://One/
</VirtualHost>
`;
const TEXTS = { nginx: NGINX, haproxy: HAPROXY, caddy: CADDY, apache: APACHE };

const countOf = (text: string, words: string): number => text.split(words).length - 1;

/** Members that requests reach. */
function addressesIn(text: string, family: FamilyName): readonly string[] {
  const { groups } = read(family, text).intent;
  return [...new Set(groups.flatMap(({ members }) => members.map(({ host, port }) => `${host}:${port}`)))].sort();
}

/** Members that are switched off or drained, which Caddy can't say. */
function isGone(address: string, to: FamilyName): boolean {
  return to === "caddy" && ["10.0.0.2:80", "10.0.2.1:80", "10.0.2.4:80"].includes(address);
}

describe("configurations with many sites, expressions and answers", () => {
  it.each(NAMES.flatMap((from) => NAMES.filter((to) => to !== from).map((to) => [from, to] as const)))(
    "go from %s to %s and back, and both readers accept them",
    (from, to) => {
      const there = convertText(from, to, TEXTS[from]).text;
      expect(read(to, there).intent.sites.length).toBeGreaterThan(0);
      const back = convertText(to, from, there).text;
      expect(addressesIn(back, from)).toEqual(addressesIn(TEXTS[from], from).filter((address) => !isGone(address, to)));
    },
  );

  it("give every socket one frontend of HAProxy, with the sites that share it", () => {
    const { text } = convertText("nginx", "haproxy", NGINX);
    expect(countOf(text, "bind *:80\n")).toBe(1);
    // a.test and c.test share port 80; names come before the site that takes the rest.
    const [front = ""] = text.split("frontend front_80\n").slice(1);
    expect(front.indexOf("-i c.test")).toBeGreaterThan(0);
    expect(front.indexOf("-i c.test")).toBeLessThan(front.indexOf("For a.test"));
  });

  it("keep TLS to the sockets that have it", () => {
    const httpd = convertText("haproxy", "apache", HAPROXY).text;
    for (const host of httpd.split("<VirtualHost ").slice(1))
      expect(host.includes("SSLEngine on")).toBe(host.startsWith("*:443>"));
    const caddyfile = convertText("haproxy", "caddy", HAPROXY).text;
    // Site blocks stand at the beginning of a line.
    for (const site of caddyfile.split(/^(?=(?:https?:|:))/m).slice(1))
      expect(site.includes("tls /etc/caddy")).toBe(site.includes(":443"));
  });

  it("send the sessions of a route that two members have to the first of them", () => {
    const { text } = convertText("apache", "nginx", APACHE);
    expect(countOf(text, '"~\\.r1$" ')).toBe(1);
    expect(text).toContain('"~\\.r1$" one__r1;');
  });

  it("scale weights with decimals to whole numbers of the same ratios", () => {
    // 1.5 : 2.25 : 1 = 6 : 9 : 4.
    const { intent } = read("nginx", convertText("apache", "nginx", APACHE).text);
    expect(intent.groups.find(({ name }) => name === "one")?.members.map(({ weight }) => weight)).toEqual([6, 9, 4]);
  });

  it("keep the order of rules, answers among them", () => {
    const { intent } = read("haproxy", convertText("nginx", "haproxy", NGINX).text);
    const site = intent.sites.find(({ takesRest }) => takesRest);
    expect(site?.routes.map(({ match }) => (match.kind === "regex" ? "regex" : match.path))).toEqual([
      "/exact",
      "regex",
      "/img/",
      "/sp/",
      "/",
    ]);
  });

  it("replace the matched prefix in every family", () => {
    expect(convertText("nginx", "apache", NGINX).text).toContain("ProxyPass /img/ balancer://B.c/static/");
    expect(convertText("nginx", "haproxy", NGINX).text).toContain(
      "http-request replace-path '^/img/(.*)$' '/static/\\1'",
    );
    const caddyfile = convertText("nginx", "caddy", NGINX).text;
    expect(caddyfile).toMatch(/uri strip_prefix \/img\n +rewrite \* \/static\{uri\}/);
    expect(convertText("caddy", "nginx", CADDY).text).toContain("proxy_pass https://proxy_static/;");
  });
});
