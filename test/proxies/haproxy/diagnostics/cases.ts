/** One diagnostic: a backend (or a whole file) that it speaks about, and a near one about which it is silent. */
export interface DiagnosticCase {
  readonly code: string;
  readonly fires: readonly string[];
  /** Line that the first finding names. */
  readonly line: number;
  /** A part of the first message. */
  readonly says: string;
  readonly quiet: readonly string[];
}

const FRONT = [
  "defaults",
  "  mode http",
  "  timeout connect 1s",
  "  timeout client 1s",
  "  timeout server 1s",
  "frontend fe",
  "  bind :80",
  "  default_backend be",
];

/** Line of the first line inside `be(…)`. */
export const FIRST = FRONT.length + 2;

/** A backend with these lines behind a sane frontend. */
export function be(...lines: readonly string[]): readonly string[] {
  return [...FRONT, "backend be", ...lines.map((line) => `  ${line}`)];
}

/** A frontend with these lines, in front of a sane backend. */
function fe(...lines: readonly string[]): readonly string[] {
  return [...FRONT.slice(0, 6), ...lines.map((line) => `  ${line}`), ...FRONT.slice(6), ...be(...SANE_LINES).slice(8)];
}

const A = "server a 10.0.0.1:80 cookie a check";
const B = "server b 10.0.0.2:80 cookie b check";
const COOKIE = "cookie SRV insert indirect";
const SANE_LINES = ["option httpchk GET /health", "option redispatch 1", COOKIE, A, B];

/** A configuration that nothing is to be said about. */
export const SANE = be(...SANE_LINES);

const PLAIN_A = "server a 10.0.0.1:80 check";
const PLAIN_B = "server b 10.0.0.2:80 check";

export const DIAGNOSTIC_CASES: readonly DiagnosticCase[] = [
  {
    code: "assumed-file",
    fires: be("errorfile 503 /etc/haproxy/errors/503.http", PLAIN_A),
    line: FIRST,
    says: "503.http",
    quiet: SANE,
  },
  {
    code: "cookie-overwrites-session",
    fires: be("cookie JSESSIONID insert indirect nocache", A, B),
    line: FIRST,
    says: "lose every session",
    quiet: be("cookie JSESSIONID prefix nocache", A, B),
  },
  {
    code: "server-without-cookie",
    fires: be(COOKIE, A, PLAIN_B),
    line: FIRST + 2,
    says: "delete the cookie SRV",
    quiet: SANE,
  },
  {
    code: "cookie-without-server-values",
    fires: be(COOKIE, PLAIN_A, PLAIN_B),
    line: FIRST,
    says: "keeps no session",
    quiet: be("cookie SRV insert dynamic", "dynamic-cookie-key k", PLAIN_A),
  },
  { code: "server-cookie-unused", fires: be(A), line: FIRST, says: "no cookie line", quiet: SANE },
  {
    code: "duplicate-cookie-value",
    fires: be(COOKIE, A, "server b 10.0.0.2:80 cookie a check"),
    line: FIRST + 2,
    says: "servers a and b",
    quiet: SANE,
  },
  { code: "cookie-passive", fires: be("cookie SRV", A, B), line: FIRST, says: "never sets it", quiet: SANE },
  {
    code: "cookie-nocache-cacheable-only",
    fires: be(`${COOKIE} nocache`, A, B),
    line: FIRST,
    says: "plain dynamic pages",
    quiet: SANE,
  },
  {
    code: "cookie-dynamic-without-key",
    fires: be("cookie SRV insert dynamic", PLAIN_A),
    line: FIRST,
    says: "computes no values",
    quiet: be("cookie SRV insert dynamic", "dynamic-cookie-key k", PLAIN_A),
  },
  {
    code: "use-server-beats-cookie",
    fires: be(COOKIE, "use-server a if { path_beg /x }", A, B),
    line: FIRST + 1,
    says: "win over cookie SRV",
    quiet: be("use-server a if { path_beg /x }", PLAIN_A),
  },
  {
    code: "stick-does-not-move-back",
    fires: be("stick-table type ip size 1k", "stick on src", PLAIN_A, PLAIN_B),
    line: FIRST + 1,
    says: "stay where they went",
    quiet: SANE,
  },
  {
    code: "no-redispatch",
    fires: be("server a 10.0.0.1:80", "server b 10.0.0.2:80"),
    line: FIRST - 1,
    says: "wait 3 s and get 503",
    quiet: be("option redispatch", "server a 10.0.0.1:80", "server b 10.0.0.2:80"),
  },
  {
    code: "redispatch-sticky-late",
    fires: be("option redispatch", COOKIE, A, B),
    line: FIRST,
    // two of the three retries go to the same server, after a second each
    says: "waits 2 s",
    quiet: SANE,
  },
  {
    code: "retries-zero-disables-redispatch",
    fires: be("option redispatch", "retries 0", PLAIN_A),
    line: FIRST,
    says: "retries 0",
    quiet: SANE,
  },
  {
    code: "redispatch-interval-zero",
    fires: be("option redispatch x", PLAIN_A),
    line: FIRST,
    says: "interval 0",
    quiet: SANE,
  },
  {
    code: "map-hash-never-leaves",
    fires: be("balance source", "option redispatch", PLAIN_A, PLAIN_B),
    line: FIRST + 1,
    says: "chooses the same server",
    quiet: be("balance source", "hash-type consistent", "option redispatch", PLAIN_A, PLAIN_B),
  },
  {
    code: "l7-retry-repeats-post",
    fires: be("retry-on 503", PLAIN_A),
    line: FIRST,
    says: "sends POST again",
    quiet: be("retry-on 503", "http-request disable-l7-retry unless METH_GET", PLAIN_A),
  },
  {
    code: "backup-first-only",
    fires: be(PLAIN_A, `${PLAIN_B} backup`, "server c 10.0.0.3:80 check backup"),
    line: FIRST + 2,
    says: "only b takes requests",
    quiet: be("option allbackups", PLAIN_A, `${PLAIN_B} backup`, "server c 10.0.0.3:80 check backup"),
  },
  {
    code: "abortonclose-in-backend",
    fires: be("option abortonclose", PLAIN_A),
    line: FIRST,
    says: "does nothing",
    quiet: SANE,
  },
  {
    code: "hash-function-without-avalanche",
    fires: be("balance uri", "hash-type consistent djb2", PLAIN_A, PLAIN_B),
    line: FIRST + 1,
    says: "no avalanche",
    quiet: be("balance uri", "hash-type consistent", PLAIN_A, PLAIN_B),
  },
  {
    code: "source-ignores-hash-function",
    fires: be("balance source", "hash-type consistent wt6", PLAIN_A, PLAIN_B),
    line: FIRST + 1,
    says: "wt6 is not applied",
    quiet: be("balance source", "hash-type consistent", PLAIN_A, PLAIN_B),
  },
  {
    code: "hash-balance-factor-unused",
    fires: be("hash-balance-factor 150", PLAIN_A),
    line: FIRST,
    says: "does nothing",
    quiet: be("balance uri", "hash-type consistent", "hash-balance-factor 150", PLAIN_A),
  },
  {
    code: "leastconn-weights-when-idle",
    fires: be("balance leastconn", `${PLAIN_A} weight 3`, PLAIN_B),
    line: FIRST,
    says: "takes turns",
    quiet: be("balance leastconn", PLAIN_A, PLAIN_B),
  },
  {
    code: "roundrobin-comes-in-runs",
    fires: be("balance roundrobin", `${PLAIN_A} weight 5`, PLAIN_B),
    line: FIRST,
    says: "1 1 1 2 1 1 3",
    quiet: be("balance roundrobin", `${PLAIN_A} weight 5`, `${PLAIN_B} weight 5`),
  },
  {
    code: "url-param-empty-is-one-server",
    fires: be("balance url_param id", PLAIN_A, PLAIN_B),
    line: FIRST,
    says: "an empty id= all go to one server",
    quiet: be("balance uri", PLAIN_A, PLAIN_B),
  },
  {
    code: "observe-passes-over-501",
    fires: be(`${PLAIN_A} observe layer7`, PLAIN_B),
    line: FIRST,
    says: "501 and 505",
    quiet: be(`${PLAIN_A} observe layer4`, PLAIN_B),
  },
  {
    code: "first-without-maxconn",
    fires: be("balance first", PLAIN_A, PLAIN_B),
    line: FIRST,
    says: "takes every request",
    quiet: be("balance first", `${PLAIN_A} maxconn 5`, PLAIN_B),
  },
  {
    code: "slowstart-static-method",
    fires: be("balance static-rr", `${PLAIN_A} slowstart 5s`, PLAIN_B),
    line: FIRST + 1,
    says: "static-rr has fixed weights",
    quiet: be(`${PLAIN_A} slowstart 5s`, PLAIN_B),
  },
  { code: "all-weights-zero", fires: be(`${PLAIN_A} weight 0`), line: FIRST, says: "get 503", quiet: SANE },
  { code: "backend-without-servers", fires: be(), line: FIRST - 1, says: "has no server", quiet: SANE },
  {
    code: "number-read-as-zero",
    fires: be(`${PLAIN_A} maxconn many`),
    line: FIRST,
    says: "maxconn many is read as maxconn 0",
    quiet: SANE,
  },
  { code: "check-connects-only", fires: be(PLAIN_A), line: FIRST, says: "only open a connection", quiet: SANE },
  {
    code: "check-one-life-at-start",
    fires: be(`${PLAIN_A} fall 10`),
    line: FIRST,
    says: "in spite of fall 10",
    quiet: SANE,
  },
  {
    code: "observe-without-check",
    fires: be("server a 10.0.0.1:80 observe layer7"),
    line: FIRST,
    says: "without check",
    quiet: be(`${PLAIN_A} observe layer7`),
  },
  {
    code: "observe-needs-fall-rounds",
    fires: be(`${PLAIN_A} observe layer7 error-limit 4`),
    line: FIRST,
    // 4 errors make one failed check, fall is 3
    says: "it takes 12",
    quiet: be(`${PLAIN_A} observe layer7 on-error mark-down`),
  },
  {
    code: "check-parameters-without-check",
    fires: be("server a 10.0.0.1:80 inter 5s"),
    line: FIRST,
    says: "inter on server a",
    quiet: SANE,
  },
  {
    code: "minconn-without-maxconn",
    fires: be(`${PLAIN_A} minconn 5`),
    line: FIRST,
    says: "without maxconn",
    quiet: be(`${PLAIN_A} minconn 5 maxconn 9`),
  },
  {
    code: "shutdown-sessions-502",
    fires: be(`${PLAIN_A} on-marked-down shutdown-sessions`),
    line: FIRST,
    says: "get 502",
    quiet: SANE,
  },
  {
    code: "small-maxconn-small-backlog",
    fires: fe("maxconn 10"),
    line: 6,
    says: "queue to 10",
    quiet: fe("maxconn 10", "backlog 100"),
  },
  { code: "no-server-maxconn", fires: fe("maxconn 1000"), line: 10, says: "limits no server", quiet: SANE },
  {
    code: "no-keep-alive-timeout",
    fires: fe("maxconn 1000"),
    line: 6,
    says: "idle clients",
    quiet: fe("maxconn 1000", "timeout http-request 5s"),
  },
];
