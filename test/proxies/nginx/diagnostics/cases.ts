import type { ReadOptions } from "../../../../src/contract/proxy-family.ts";

/** One diagnostic: a configuration that it speaks about, and a near one about which it is silent. */
export interface DiagnosticCase {
  readonly code: string;
  readonly fires: readonly string[];
  /** Line that the first finding names. */
  readonly line: number;
  /** A part of the first message. */
  readonly says: string;
  readonly quiet: readonly string[];
  readonly options?: ReadOptions;
}

/** Line 3 opens the upstream, its first line is line 4. */
function upstream(...lines: readonly string[]): readonly string[] {
  return [
    "events {}",
    "http {",
    "upstream app {",
    ...lines,
    "}",
    "server { listen 80; location / { proxy_pass http://app; } }",
    "}",
  ];
}

/** The location's lines begin on line 6. */
function location(lines: readonly string[], servers: readonly string[] = [A, B]): readonly string[] {
  return [
    "events {}",
    "http {",
    `upstream app { ${servers.join(" ")} }`,
    "server {",
    "location / { proxy_pass http://app;",
    ...lines,
    "}",
    "}",
    "}",
  ];
}

/** One line before everything else. */
function main(line: string, events: string, ...servers: readonly string[]): readonly string[] {
  return [
    line,
    `events { ${events} }`,
    "http {",
    `upstream app { ${servers.join(" ")} }`,
    "server { location / { proxy_pass http://app; } }",
    "}",
  ];
}

const A = "server 10.0.0.1:80;";
const B = "server 10.0.0.2:80;";

/** A configuration that nothing is to be said about. */
export const SANE: readonly string[] = upstream(A, B);

export const DIAGNOSTIC_CASES: readonly DiagnosticCase[] = [
  { code: "events-missing", fires: ["http {", "}"], line: 1, says: 'no "events" section', quiet: SANE },
  { code: "part-of-configuration", fires: [`upstream app { ${A} }`], line: 1, says: "no http block", quiet: SANE },
  {
    code: "nginx-assumed-include",
    fires: ["events {}", "include other.conf;"],
    line: 2,
    says: "other.conf is not on this machine",
    quiet: ["events {}", "include other*.conf;"],
  },
  {
    code: "needs-nginx-plus",
    fires: upstream(A, B, "queue 10;"),
    line: 6,
    says: "queue needs NGINX Plus",
    quiet: SANE,
  },
  {
    code: "needs-newer-nginx",
    fires: upstream(A, B, "sticky cookie srv path=/;"),
    line: 6,
    says: "since 1.29.6",
    quiet: SANE,
  },
  {
    code: "slow-start-ignored",
    fires: upstream("ip_hash;", "server 10.0.0.1:80 slow_start=30s;", B),
    line: 5,
    says: "with ip_hash",
    quiet: upstream("server 10.0.0.1:80 slow_start=30s;", B),
  },
  {
    code: "drain-without-sticky",
    fires: upstream(A, "server 10.0.0.2:80 drain;"),
    line: 5,
    says: "has no sticky",
    quiet: upstream(A, "server 10.0.0.2:80 drain;", "sticky cookie s path=/;"),
  },
  {
    code: "sticky-cookie-without-path",
    fires: upstream(A, B, "sticky cookie srv;"),
    line: 6,
    says: "cookie srv has no path",
    quiet: upstream(A, B, "sticky cookie srv path=/;"),
  },
  {
    code: "sticky-cookie-slides",
    fires: upstream(A, B, "sticky cookie srv expires=1h path=/;"),
    line: 6,
    says: "begins anew",
    quiet: upstream(A, B, "sticky cookie srv path=/;"),
  },
  {
    code: "ban-ends-with-a-client",
    fires: upstream(A, "server 10.0.0.2:80 fail_timeout=3s;"),
    line: 5,
    says: "banned for 3 to 4 s",
    quiet: upstream(A, "server 10.0.0.2:80 max_fails=0 fail_timeout=3s;"),
  },
  {
    code: "refused-post-is-repeated",
    fires: location(["proxy_next_upstream error http_503;"]),
    line: 5,
    says: "a POST that could not be sent",
    quiet: location(["proxy_next_upstream http_503;"]),
  },
  {
    code: "least-conn-alone-is-round-robin",
    fires: upstream("least_conn;", A, B),
    line: 4,
    says: "while none overlap",
    quiet: SANE,
  },
  {
    code: "sticky-moves-when-full",
    fires: upstream("server 10.0.0.1:80 max_conns=5;", B, "sticky cookie srv path=/;"),
    line: 4,
    says: "max_conns=5",
    quiet: upstream(A, B, "sticky cookie srv path=/;"),
  },
  {
    code: "least-time-in-steps",
    fires: upstream("least_time header;", A, B),
    line: 4,
    says: "20 ms",
    quiet: SANE,
  },
  { code: "queue-answers-502", fires: upstream(A, B, "queue 10;"), line: 6, says: "10 waiting", quiet: SANE },
  {
    code: "health-check-without-zone",
    fires: location(["health_check;"]),
    line: 6,
    says: "app has no zone",
    quiet: location(["health_check;"], ["zone app 64k;", A, B]),
  },
  {
    code: "health-check-one-failure",
    fires: location(["health_check;"]),
    line: 6,
    says: "a single failed probe",
    quiet: location(["health_check fails=3;"]),
  },
  {
    code: "health-check-waits-long",
    fires: location(["health_check;"]),
    line: 6,
    says: "after 60 s",
    quiet: location(["health_check; proxy_connect_timeout 2s; proxy_read_timeout 2s;"]),
  },
  {
    code: "single-server-never-banned",
    fires: upstream("server 10.0.0.1:80 max_fails=3;"),
    line: 4,
    says: "the only server",
    quiet: upstream("server 10.0.0.1:80 max_fails=3;", "server 10.0.0.2:80 backup;"),
  },
  {
    code: "max-fails-is-no-window",
    fires: upstream("server 10.0.0.1:80 max_fails=3;", B),
    line: 4,
    says: "max_fails=3",
    quiet: SANE,
  },
  {
    code: "weight-returns-slowly",
    fires: upstream("server 10.0.0.1:80 weight=10;", B),
    line: 4,
    says: "takes 10 of its weight 10",
    quiet: upstream("server 10.0.0.1:80 weight=10 max_fails=0;", B),
  },
  {
    code: "all-banned-answers-502",
    fires: upstream("server 10.0.0.1:80 fail_timeout=60s;", "server 10.0.0.2:80 fail_timeout=60s;"),
    line: 4,
    says: "at least 60 s",
    quiet: upstream("server 10.0.0.1:80 fail_timeout=60s;", B),
  },
  {
    code: "status-counts-only-with-a-try-left",
    fires: location(["proxy_next_upstream error timeout http_503;"]),
    line: 5,
    says: "http_503",
    quiet: location(["proxy_next_upstream error timeout;"]),
  },
  {
    code: "one-try-is-no-retry",
    fires: location(["proxy_next_upstream_tries 1;"]),
    line: 5,
    says: "no second attempt",
    quiet: location(["proxy_next_upstream_tries 2;"]),
  },
  {
    code: "tries-end-before-backup",
    fires: location(["proxy_next_upstream_tries 2;"], [A, B, "server 10.0.0.3:80 backup;"]),
    line: 5,
    says: "before the backups",
    quiet: location(["proxy_next_upstream_tries 3;"], [A, B, "server 10.0.0.3:80 backup;"]),
  },
  {
    code: "non-idempotent-is-repeated",
    fires: location(["proxy_next_upstream error non_idempotent;"]),
    line: 5,
    says: "POST",
    quiet: location(["proxy_next_upstream error;"]),
  },
  {
    code: "next-upstream-off-still-bans",
    fires: location(["proxy_next_upstream off;"]),
    line: 5,
    says: "banned all the same",
    quiet: location(["proxy_next_upstream error;"]),
  },
  {
    code: "next-upstream-timeout-cuts-nothing",
    fires: location(["proxy_next_upstream_timeout 5s;"]),
    line: 5,
    says: "(60 s)",
    quiet: location(["proxy_next_upstream_timeout 5s; proxy_read_timeout 2s;"]),
  },
  {
    code: "ip-hash-uses-three-octets",
    fires: upstream("ip_hash;", A, B),
    line: 4,
    says: "three octets",
    quiet: upstream("hash $remote_addr;", A, B),
  },
  {
    code: "hash-key-may-be-empty",
    fires: upstream("hash $cookie_JSESSIONID consistent;", A, B),
    line: 4,
    says: "$cookie_jsessionid",
    quiet: upstream("hash $remote_addr$cookie_a consistent;", A, B),
  },
  {
    code: "hash-key-is-constant",
    fires: upstream("hash remote_addr;", A, B),
    line: 4,
    says: "has no variable",
    quiet: upstream("hash $remote_addr;", A, B),
  },
  {
    code: "backup-with-hash",
    fires: upstream(A, B, "server 10.0.0.3:80 backup;", "hash $remote_addr;"),
    line: 6,
    says: "does not know backups",
    quiet: upstream(A, B, "server 10.0.0.3:80 backup;", "least_conn;"),
  },
  {
    code: "ring-uses-server-text",
    fires: upstream("hash $remote_addr consistent;", "server 10.0.0.1;", B),
    line: 5,
    says: '"10.0.0.1"',
    quiet: upstream("hash $remote_addr consistent;", A, B),
  },
  {
    code: "deleted-server-moves-clients",
    fires: upstream("hash $remote_addr;", A, "server 10.0.0.2:80 down;"),
    line: 6,
    says: "keeps its slots",
    quiet: upstream("least_conn;", A, "server 10.0.0.2:80 down;"),
  },
  {
    code: "worker-processes-assumed",
    fires: main("worker_processes auto;", "", A, B),
    line: 1,
    says: "counts as 4",
    quiet: main("worker_processes 4;", "", A, B),
  },
  {
    code: "state-per-worker",
    fires: main("worker_processes 2;", "", A, B),
    line: 4,
    says: "each of 2 workers",
    quiet: main("worker_processes 2;", "", "zone app 64k;", A, B),
  },
  {
    code: "max-conns-per-worker",
    fires: main("worker_processes 2;", "", "server 10.0.0.1:80 max_conns=5;", B),
    line: 4,
    says: "10 connections",
    quiet: main("worker_processes 2;", "", "zone app 64k; server 10.0.0.1:80 max_conns=5;", B),
  },
  {
    code: "keepalive-without-http-1-1",
    fires: location([], [A, B, "keepalive 8;"]),
    line: 5,
    says: "keeps nothing",
    quiet: location(['proxy_http_version 1.1; proxy_set_header Connection "";'], [A, B, "keepalive 8;"]),
  },
  {
    code: "websocket-needs-http-1-1",
    fires: location(["proxy_set_header Upgrade $http_upgrade;"]),
    line: 5,
    says: "the upgrade fails",
    quiet: location(["proxy_set_header Upgrade $http_upgrade; proxy_http_version 1.1;"]),
  },
  {
    code: "few-worker-connections",
    fires: main("worker_processes 1;", "worker_connections 10;", A, B),
    line: 2,
    says: "leaves 8 places",
    quiet: main("worker_processes 1;", "worker_connections 768;", A, B),
  },
  {
    code: "proxy-pass-slash-mismatch",
    fires: ["events {}", "http {", "server {", "location /app/ {", "proxy_pass http://10.0.0.1/app;", "}", "}", "}"],
    line: 5,
    says: "/app/x is passed on as /appx",
    quiet: ["events {}", "http {", "server {", "location /app/ {", "proxy_pass http://10.0.0.1/app/;", "}", "}", "}"],
  },
  {
    code: "proxy-pass-names-no-upstream",
    fires: [
      "events {}",
      "http {",
      `upstream app { ${A} }`,
      "server { location / {",
      "proxy_pass http://ap;",
      "} }",
      "}",
    ],
    line: 5,
    says: 'no upstream "ap"',
    quiet: [
      "events {}",
      "http {",
      `upstream app { ${A} }`,
      "server { location / {",
      "proxy_pass http://ap:8080;",
      "} }",
      "}",
    ],
  },
];
