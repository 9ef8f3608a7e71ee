import { describe, expect, it } from "vitest";
import { hostWith, http, load, read } from "./read-text.ts";

const SEED = `http {
    upstream backend_servers {
        METHOD
        server 192.168.1.101:8080;
        server 192.168.1.102:8080;
        server 192.168.1.103:8080;
    }
    server {
        listen 80;
        server_name yourdomain.com;
        location /app/ {
            proxy_pass http://backend_servers/app/;
            proxy_set_header Host $host;
            proxy_set_header X-Real-IP $remote_addr;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
        }
    }
}
`;

function locationOf(...lines: readonly string[]) {
  const config = load(http("upstream a { server 10.0.0.1; }", "server {", ...lines, "}"));
  const location = config.servers[0]?.root.locations[0];
  if (location === undefined) throw new Error("no location");
  return location;
}

describe("readNginxConf", () => {
  it.each([
    ["", { kind: "round_robin" }],
    ["least_conn;", { kind: "least_conn" }],
    ["ip_hash;", { kind: "ip_hash" }],
    ["hash $cookie_JSESSIONID consistent;", { kind: "hash", consistent: true }],
  ])("reads a usual nginx.conf with the method line %j", (line, method) => {
    const { config, refusal, problems } = read(SEED.replace("METHOD", line));
    expect(refusal).toBeNull();
    expect(config?.upstreams[0]?.method).toMatchObject(method);
    expect(config?.upstreams[0]?.servers.map(({ addresses }) => addresses[0])).toEqual([
      "192.168.1.101:8080",
      "192.168.1.102:8080",
      "192.168.1.103:8080",
    ]);
    expect(config?.servers[0]?.root.locations[0]?.settings.setHeaders).toHaveLength(6);
    // It lacks an events block; nginx itself would say so.
    expect(problems.map(({ code }) => code)).toContain("events-missing");
  });

  it("refuses a whole file without events where Debian's nginx is asked", () => {
    const { refusal } = read(SEED.replace("METHOD", ""), { modules: "debian" });
    expect(refusal?.text.split("\n")[0]).toBe('[emerg] no "events" section in configuration');
  });

  it("lets lists of a block replace those around it as a whole", () => {
    const { settings } = locationOf(
      "proxy_set_header X-A a; proxy_set_header X-B b; proxy_read_timeout 5s;",
      "location / { proxy_pass http://a; proxy_set_header X-C c; }",
    );
    expect(settings.setHeaders.map(({ name }) => name)).toEqual(["Host", "Connection", "X-C"]);
    expect(settings.readTimeoutUs).toBe(5_000_000);
    expect(settings.connectTimeoutUs).toBe(60_000_000);
  });

  it("collects proxy_next_upstream over lines, and off wins", () => {
    const flags = (...lines: readonly string[]) =>
      locationOf(`location / { proxy_pass http://a; ${lines.join(" ")} }`).settings.nextUpstream;
    expect(flags()).toEqual(["error", "timeout"]);
    expect(flags("proxy_next_upstream http_503;", "proxy_next_upstream error;")).toEqual(["error", "http_503"]);
    expect(flags("proxy_next_upstream error off;")).toEqual([]);
  });

  it("tells proxy_pass with a URI from one without, and from one with variables", () => {
    const pass = (url: string) => locationOf(`location / { proxy_pass ${url}; }`).proxyPass;
    expect(pass("http://a")).toMatchObject({ kind: "upstream", upstream: "a", uri: null });
    expect(pass("http://a/x")).toMatchObject({ kind: "upstream", upstream: "a", uri: "/x", host: "a" });
    expect(pass("http://10.0.0.9:81")).toMatchObject({ upstream: "10.0.0.9:81", host: "10.0.0.9:81" });
    expect(pass("http://$arg_x/")).toMatchObject({ kind: "variable" });
  });

  it("carries out included files where they are named", () => {
    const files = { "conf.d/a.conf": "upstream a { server 10.0.0.1; }\n", "conf.d/b.conf": "bad;\n" };
    const host = hostWith(files);
    const { config } = read(http("include conf.d/a.conf;"), {}, host);
    expect(config?.upstreams.map(({ name }) => name)).toEqual(["a"]);
    const { refusal } = read(http("include conf.d/*.conf;"), {}, host);
    expect(refusal?.text).toContain('[emerg] unknown directive "bad" in conf.d/b.conf:1');
    expect(refusal?.position).toMatchObject({ file: "conf.d/b.conf", line: 1 });
  });

  it("stops at a file that includes itself", () => {
    const host = hostWith({ "loop.conf": "include loop.conf;\n" });
    expect(read(["include loop.conf;"], {}, host).refusal?.text).toContain("Too many open files");
  });

  it("loses a keepalive that stands before the method, and says nginx's warning", () => {
    const { config, programWarnings } = read(http("upstream a { server 10.0.0.1; keepalive 4;", "least_conn; }"));
    expect(config?.upstreams[0]).toMatchObject({ keepalive: null, method: { kind: "least_conn" } });
    expect(programWarnings.map(({ text }) => text)).toEqual(["[warn] load balancing method redefined in nginx.conf:4"]);
  });

  it("reads NGINX Plus where the file uses it", () => {
    const { config } = read(
      http(
        "upstream a { zone a 64k; least_time header inflight; server 10.0.0.1 slow_start=30s route=x;",
        "server 10.0.0.2 drain; queue 100 timeout=70s; sticky learn create=$upstream_cookie_s lookup=$cookie_s zone=s:1m; }",
        "match ok { status 200-399; body ~ fine; }",
        "server { location / { proxy_pass http://a; health_check interval=7s fails=3 match=ok mandatory; } }",
      ),
    );
    expect(config?.upstreams[0]).toMatchObject({
      method: { kind: "least_time", of: "header", inflight: true },
      queue: { size: 100, timeoutUs: 70_000_000 },
      sticky: { kind: "learn", zone: "s", zoneBytes: 1_048_576, timeoutUs: 600_000_000 },
    });
    expect(config?.upstreams[0]?.servers).toMatchObject([{ slowStartUs: 30_000_000, route: "x" }, { drain: true }]);
    expect(config?.healthChecks).toMatchObject([{ upstream: "a", intervalUs: 7_000_000, fails: 3, mandatory: true }]);
    expect(config?.healthMatches).toMatchObject([{ name: "ok", statuses: [{ from: 200, to: 399 }] }]);
  });

  it("names what it passes over, by whether it changes results", () => {
    const { passedOver } = read(http("gzip on;", "proxy_cache_path /x keys_zone=a:1m;", "sendfile on;"));
    expect(passedOver.map(({ kind, directive, position }) => [kind, directive, position.line])).toEqual([
      ["ignored", "gzip", 3],
      ["unmodelled", "proxy_cache_path", 4],
      ["ignored", "sendfile", 5],
    ]);
  });

  it("never throws for a text that ends anywhere, and names a place in it", () => {
    const text = SEED.replace("METHOD", "hash $arg_k;");
    const lines = text.split("\n").length;
    for (let end = 1; end < text.length - 1; end++) {
      const { refusal } = read(text.slice(0, end));
      // The closing brace of http is missing in all of them.
      expect(refusal).not.toBeNull();
      expect(refusal?.position?.line ?? 1).toBeLessThanOrEqual(lines);
    }
  });

  it("never throws for broken text", () => {
    const broken = ["{{{{", "a".repeat(9000), `${"a{".repeat(5000)}`, "'", "\\", "${", "events {} http { map $a $b {"];
    for (const text of broken) expect(read(text).refusal).not.toBeNull();
  });
});
