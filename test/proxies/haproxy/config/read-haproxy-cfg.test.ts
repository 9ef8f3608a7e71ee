import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readRecordedCfg } from "../../../../src/proxies/haproxy/config/read-haproxy-cfg.ts";
import { FILE, hostWith, read } from "./read-text.ts";

const CASES = new URL("../../../golden/haproxy/", import.meta.url);

/** The placeholders of a recorded configuration filled in. */
function filled(text: string): string {
  return text
    .replace(/\{\{listen(\d*)\}\}/g, (_all, n: string) => `127.0.0.1:808${n === "" ? "0" : n}`)
    .replace(/\{\{node(\d+)\}\}/g, (_all, n: string) => `127.0.0.1:900${n}`);
}

/** A configuration as people write it, comments and switched-off lines included. */
const EVERYDAY = `
global
    log /dev/log    daemon
    maxconn 20000
    chroot /var/lib/haproxy
defaults
    mode http
    log global
    option httplog
    option http-server-close
    option forwardfor # X-Forwarded-For ヘッダー
    timeout connect 5000ms
    timeout client 50000ms
    timeout server 50s
    errorfile 503 /etc/haproxy/errors/503.http
frontend http_front
    bind *:80
    acl is_app path_beg /app
    use_backend app_backends if is_app
    default_backend web
backend app_backends
    balance roundrobin # ラウンドロビン
    # balance leastconn
    cookie JSESSIONID insert indirect nocache
    option httplog
    option httpchk GET /health
    server app1 192.168.1.101:8080 cookie node1 check
    server app2 192.168.1.102:8080 cookie node2 check
    server app3 192.168.1.103:8080 cookie node3 check backup
backend web
    server web1 192.168.1.100:80 check
`;

describe("readHaproxyCfg", () => {
  it("reads an everyday configuration and warns about the line that loses sessions", () => {
    const { config, programWarnings, problems } = read(EVERYDAY);
    const [app, web] = config?.backends ?? [];
    expect(config?.frontends[0]?.useBackend[0]?.target).toBe(0);
    expect(config?.frontends[0]?.defaultBackend).toBe(1);
    expect(app?.servers.map(({ name, cookie, backup, id }) => [name, cookie, backup, id])).toEqual([
      ["app1", "node1", false, 1],
      ["app2", "node2", false, 2],
      ["app3", "node3", true, 3],
    ]);
    expect(app?.healthCheck).toMatchObject({ kind: "http", method: "GET", uri: "/health" });
    expect(web?.timeouts).toMatchObject({ connectUs: 5_000_000, queueUs: 5_000_000, serverUs: 50_000_000 });
    expect(app?.connectionMode).toBe("server-close");
    // 10 % of the 20000 connections of the one frontend
    expect(app?.fullconn).toBe(2000);
    expect(programWarnings.map(({ text }) => text)).toEqual([
      `[WARNING] config : parsing [${FILE}:25] : backend 'app_backends' : 'option httplog' directive is ignored in backends.`,
    ]);
    const lost = problems.find(({ code }) => code === "cookie-overwrites-session");
    expect(lost?.severity).toBe("warning");
    expect(lost?.position).toMatchObject({ line: 24, column: 5 });
  });

  it("lets a section have its defaults by name and merges default-server into its servers", () => {
    const { config } = read([
      "defaults slow",
      "  mode http",
      "  timeout client 5s",
      "  timeout connect 5s",
      "  timeout server 5s",
      "  default-server inter 5s check",
      "defaults quick",
      "  timeout client 1s",
      "frontend fe from slow",
      "  bind :80",
      "  default_backend be",
      "backend be from slow",
      "  default-server weight 7",
      "  server a 10.0.0.1:80 fall 9",
    ]);
    expect(config?.frontends[0]?.mode).toBe("http");
    const [server] = config?.backends[0]?.servers ?? [];
    expect(server).toMatchObject({ weight: 7, check: { enabled: true, interUs: 5_000_000, fall: 9 } });
  });

  it("numbers servers with the lowest free id in file order", () => {
    const { config } = read([
      "backend be",
      "  server a 10.0.0.1:80",
      "  server b 10.0.0.2:80 id 2",
      "  server c 10.0.0.3:80",
      "  server-template t 2 10.0.0.4:80",
    ]);
    expect(config?.backends[0]?.servers.map(({ name, id }) => [name, id])).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 3],
      ["t1", 4],
      ["t2", 5],
    ]);
  });

  it("puts variables in within double quotes only and takes the branch whose condition holds", () => {
    const text = [
      '.if streq("$STAGE",live)',
      "backend live",
      '  server a "$HOST:80"',
      "  server b 10.0.0.2:80 cookie $HOST",
      ".else",
      "backend test",
      ".endif",
    ];
    const { config } = read(text, hostWith({}, { STAGE: "live", HOST: "10.0.0.1" }));
    expect(config?.backends.map(({ name }) => name)).toEqual(["live"]);
    expect(config?.backends[0]?.servers[0]?.host).toBe("10.0.0.1");
    expect(config?.backends[0]?.servers[1]?.cookie).toBe("$HOST");
  });

  it("gives rules and conditions in the order in which they are evaluated", () => {
    const { config } = read([
      "frontend fe",
      "  mode http",
      "  bind :80",
      "  timeout client 1s",
      "  acl api path_beg /api /v1",
      "  acl api hdr(host) -i api.test",
      "  use_backend be if api !{ src 10.0.0.0/8 } or METH_POST",
      "backend be",
      "  mode http",
    ]);
    const condition = config?.frontends[0]?.useBackend[0]?.condition;
    expect(
      condition?.alternatives.map((terms) => terms.map(({ negated, name }) => (negated ? `!${name}` : name))),
    ).toEqual([["api", "!{ … }"], ["METH_POST"]]);
    const [api, source] = condition?.alternatives[0] ?? [];
    expect(api?.tests.map(({ sample, match, ignoreCase }) => [sample.fetch, match, ignoreCase])).toEqual([
      ["path", "beg", false],
      ["req.hdr", "str", true],
    ]);
    expect(source?.tests[0]?.patterns[0]?.network).toEqual({ address: 10 * 256 ** 3, mask: 0xff00_0000 });
  });

  it("lists what it passes over with its line", () => {
    const { passedOver } = read(["backend be", "  stats enable", "  tcp-request inspect-delay 5s"]);
    expect(passedOver.map(({ kind, directive, position }) => [kind, directive, position.line])).toEqual([
      ["ignored", "stats", 2],
      ["unmodelled", "tcp-request", 3],
    ]);
  });

  it("reports all errors at once, each with its line, and never throws for noise", () => {
    const { refusal } = read(["backend be", "  balance foo", "  cookie", "  wrong"]);
    expect(refusal?.text.split("\n").map((line) => /:(\d+)\]/.exec(line)?.[1])).toEqual(["2", "3", "4"]);
    for (const noise of ["\0", "}{", "backend", "backend x\n server", 'frontend "', "no", "default", ".if", "acl"]) {
      expect(() => read(`${noise}\n`)).not.toThrow();
    }
  });
});

describe("readRecordedCfg", () => {
  it.each(readdirSync(CASES))("%s is read, or refused in the recorded words", (name) => {
    const conf = filled(readFileSync(new URL(`${name}/proxy.conf`, CASES), "utf8"));
    const trace = JSON.parse(readFileSync(new URL(`${name}/trace.json`, CASES), "utf8"));
    const { refusal, programWarnings } = readRecordedCfg(FILE, conf, hostWith());
    const plain = (text: string): string => text.replace(/\[[^\]\s]*:\d+\]/g, "[…]");
    expect(plain(refusal?.text ?? "")).toBe(plain(trace.config_error?.text ?? ""));
    expect(plain(programWarnings.map(({ text }) => text).join("\n"))).toBe(plain(trace.config_warnings ?? ""));
  });
});
