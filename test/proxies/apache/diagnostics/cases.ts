import type { ReadOptions } from "../../../../src/contract/proxy-family.ts";

/** One diagnostic: a configuration that it speaks about, and a near one about which it is silent. */
export interface DiagnosticCase {
  readonly code: string;
  readonly fires: readonly string[];
  /** Line that the first finding names; null when it names none. */
  readonly line: number | null;
  /** A part of the first message. */
  readonly says: string;
  readonly quiet: readonly string[];
  readonly options?: ReadOptions;
  readonly files?: Readonly<Record<string, string>>;
}

/** <Proxy balancer://web> with these lines inside, and the usual ProxyPass. */
export function web(...lines: readonly string[]): readonly string[] {
  return [
    "<Proxy balancer://web>",
    ...lines,
    "</Proxy>",
    "ProxyPass /app balancer://web/app",
    "ProxyPassReverse /app balancer://web/app",
  ];
}

const A = "BalancerMember http://10.0.0.1:80 route=a hcmethod=GET";
const B = "BalancerMember http://10.0.0.2:80 route=b hcmethod=GET";
const STICKY = "ProxySet stickysession=JSESSIONID";
const COOKIE = 'Header add Set-Cookie "ROUTEID=.%{BALANCER_WORKER_ROUTE}e; Path=/" env=BALANCER_ROUTE_CHANGED';

/** A configuration that nothing is to be said about. */
export const SANE: readonly string[] = web(A, B, STICKY);

const SESSIONS: readonly DiagnosticCase[] = [
  {
    code: "response-timeout-keeps-member",
    fires: web(A, `${B} timeout=5`, STICKY),
    line: 3,
    says: "after timeout=5s the client gets 502",
    quiet: web(A, `${B} timeout=5`, `${STICKY} failontimeout=On`),
  },
  {
    code: "proxypassinherit-without-effect",
    fires: [...web(A, B, STICKY), "<VirtualHost *:80>", "ProxyPassInherit Off", "</VirtualHost>"],
    line: 9,
    says: "hold all the same",
    quiet: ["<VirtualHost *:80>", "ProxyPassInherit Off", ...web(A, B, STICKY), "</VirtualHost>"],
  },
  {
    code: "sticky-without-routes",
    fires: web("BalancerMember http://10.0.0.1", STICKY),
    line: 3,
    says: "stickysession=JSESSIONID of balancer web does nothing",
    quiet: SANE,
  },
  {
    code: "sticky-route-missing",
    fires: web(A, "BalancerMember http://10.0.0.2", STICKY),
    line: 3,
    says: "http://10.0.0.2 has no route",
    quiet: SANE,
  },
  {
    code: "routes-without-stickysession",
    fires: web(A, B),
    line: 2,
    says: "sessions are not kept",
    quiet: SANE,
  },
  {
    code: "duplicate-route",
    fires: web(A, "BalancerMember http://10.0.0.2 route=a", STICKY),
    line: 3,
    says: "has the route a of http://10.0.0.1",
    // a standby with its master's route is how sessions are taken over
    quiet: web(A, B, "BalancerMember http://10.0.0.3 route=a status=+H", STICKY),
  },
  {
    code: "redirect-to-unknown-route",
    fires: web(`${A} redirect=c`, B, STICKY),
    line: 2,
    says: "redirect=c",
    quiet: web(`${A} redirect=b`, B, STICKY),
  },
  {
    code: "nofailover-single-point",
    fires: web(A, B, "ProxySet stickysession=S nofailover=On"),
    line: 4,
    says: "its sessions get 503",
    quiet: SANE,
  },
  {
    code: "nofailover-without-sessions",
    fires: web(A, B, "ProxySet nofailover=On"),
    line: 4,
    says: "does nothing",
    quiet: web(A, B, "ProxySet stickysession=S nofailover=On"),
  },
  {
    code: "retry-zero-with-sessions",
    fires: web(`${A} retry=0`, B, STICKY),
    line: 2,
    says: "every attempt of its sessions goes to it again",
    quiet: web(`${A} retry=1`, B, STICKY),
  },
  {
    code: "standby-with-route",
    fires: web(A, `${B} status=+H`, STICKY),
    line: 3,
    says: "keeps sessions with route b",
    quiet: web(A, "BalancerMember http://10.0.0.2 route=a status=+H", STICKY),
  },
  {
    code: "url-session-beats-cookie",
    fires: web(A, B, "ProxySet stickysession=JSESSIONID|jsessionid"),
    line: 4,
    says: "jsessionid= and any value",
    quiet: SANE,
  },
  {
    code: "session-hits-count-everywhere",
    fires: web(A, `${B} lbset=1`, STICKY),
    line: 3,
    says: "http://10.0.0.2 raises the turn",
    quiet: SANE,
  },
  {
    code: "route-cookie-moves-for-good",
    fires: [...web(A, B, "ProxySet stickysession=ROUTEID"), COOKIE],
    line: 8,
    says: "does not go back",
    quiet: [...web(A, B, STICKY), COOKIE],
  },
  {
    code: "route-cookie-not-read",
    fires: [...web(A, B), COOKIE],
    line: 7,
    says: "no balancer reads it",
    quiet: [...web(A, B, "ProxySet stickysession=ROUTEID"), COOKIE],
  },
  {
    code: "route-cookie-name-differs",
    fires: [...SANE, COOKIE],
    line: 8,
    says: "Header sets the cookie ROUTEID, stickysession reads JSESSIONID",
    quiet: [...web(A, B, "ProxySet stickysession=ROUTEID"), COOKIE],
  },
  {
    code: "route-cookie-unconditional",
    fires: [...web(A, B, "ProxySet stickysession=ROUTEID"), COOKIE.replace(" env=BALANCER_ROUTE_CHANGED", "")],
    line: 8,
    says: "set with every answer",
    quiet: [...web(A, B, "ProxySet stickysession=ROUTEID"), COOKIE],
  },
  {
    code: "route-cookie-without-separator",
    fires: [...web(A, B, "ProxySet stickysession=ROUTEID"), COOKIE.replace("=.%", "=%")],
    line: 8,
    says: 'has no "." in front of the route',
    quiet: [...web(A, B, "ProxySet stickysession=ROUTEID stickysessionsep=Off"), COOKIE.replace("=.%", "=%")],
  },
];

const TIMES: readonly DiagnosticCase[] = [
  {
    code: "balancer-timeout-is-wait",
    fires: web(A, B, "ProxySet timeout=5"),
    line: 4,
    says: "how long a request waits when no member is usable",
    quiet: web(`${A} timeout=5`, B),
  },
  {
    code: "unit-cut-off",
    fires: web(`${A} timeout=500ms`, B),
    line: 2,
    says: "means 500 seconds",
    quiet: web(`${A} timeout=5 connectiontimeout=500ms`, B),
  },
  {
    code: "connect-timeout-from-timeout",
    fires: web(`${A} timeout=60`, B),
    line: 2,
    says: "limits connecting too",
    quiet: web(`${A} timeout=60 connectiontimeout=2`, B),
  },
  {
    code: "hanging-member-takes-threads",
    fires: ["Timeout 300", ...SANE],
    line: 3,
    says: "holds a thread 300 s per request: 400 such requests",
    quiet: ["Timeout 300", "ProxyTimeout 10", ...SANE],
  },
  {
    code: "ping-protects-bodies-only",
    fires: web(`${A} ping=1`, B),
    line: 2,
    says: "only for requests with a body",
    quiet: SANE,
  },
  {
    code: "max-without-acquire",
    fires: web(`${A} max=5`, B),
    line: 2,
    says: "holds a thread without limit",
    quiet: web(`${A} max=5 acquire=200`, B),
  },
  {
    code: "acquire-marks-healthy-member",
    fires: web(`${A} max=5 acquire=200`, B),
    line: 2,
    says: "waits 200 ms for one of 5 connections",
    quiet: SANE,
  },
];

const FAILURES: readonly DiagnosticCase[] = [
  {
    code: "failonstatus-does-not-retry",
    fires: web(A, B, "ProxySet failonstatus=500,503"),
    line: 4,
    says: "the client that gets such an answer keeps it",
    quiet: SANE,
  },
  {
    code: "failonstatus-common-code",
    fires: web(A, B, "ProxySet failonstatus=404,500"),
    line: 4,
    says: "failonstatus=404:",
    quiet: web(A, B, "ProxySet failonstatus=500"),
  },
  {
    code: "failonstatus-catches-own-errors",
    fires: web(A, B, "ProxySet failonstatus=502"),
    line: 4,
    says: "the proxy's own 502 counts",
    quiet: web(A, B, "ProxySet failonstatus=500"),
  },
  {
    code: "retry-without-effect",
    fires: web(`${A} retry=5`),
    line: 2,
    says: "is the only member of web",
    quiet: web(`${A} retry=5`, "ProxySet forcerecovery=Off"),
  },
  {
    code: "forcerecovery-blocked",
    fires: web(A, `${B} status=+D`),
    line: 3,
    says: "forcerecovery of web never acts",
    quiet: web(A, `${B} status=+D`, "ProxySet forcerecovery=Off"),
  },
  {
    code: "ignore-errors-stops-failover",
    fires: web(A, `${B} status=+I`),
    line: 3,
    says: "answered 503",
    quiet: SANE,
  },
  {
    code: "error-flag-at-start",
    fires: web(A, `${B} status=+E`),
    line: 3,
    says: "used with the first request all the same",
    quiet: web(A, `${B} status=+D`),
  },
  {
    code: "maxattempts-zero",
    fires: web(A, B, "ProxySet maxattempts=0"),
    line: 4,
    says: "no other member is tried",
    quiet: web(A, B, "ProxySet maxattempts=1"),
  },
  {
    code: "maxattempts-above-members",
    fires: web(A, B, "ProxySet maxattempts=2"),
    line: 4,
    says: "maxattempts=2 with 2 members",
    quiet: web(A, B, "ProxySet maxattempts=1"),
  },
  {
    code: "all-members-out",
    fires: web(`${A} status=+D`, `${B} status=+N`),
    line: 1,
    says: "no member of web takes new requests",
    quiet: web(A, `${B} status=+N`),
  },
];

const CHECKS: readonly DiagnosticCase[] = [
  {
    code: "no-health-check",
    fires: web("BalancerMember http://a", "BalancerMember http://b"),
    line: 1,
    says: "has no health checks",
    quiet: SANE,
  },
  {
    code: "health-check-on-some",
    fires: web(A, "BalancerMember http://b"),
    line: 3,
    says: "http://b of balancer web is not checked",
    quiet: SANE,
  },
  {
    code: "health-check-without-method",
    fires: web("BalancerMember http://a hcuri=/health"),
    line: 2,
    says: "hcuri=/health on http://a does nothing",
    quiet: web("BalancerMember http://a hcmethod=GET hcuri=/health"),
  },
  {
    code: "health-check-counts-not-consecutive",
    fires: web(`${A} hcfails=3`, B),
    line: 2,
    says: "hcfails=3",
    quiet: SANE,
  },
  {
    code: "health-check-only-connects",
    fires: web("BalancerMember http://a hcmethod=TCP"),
    line: 2,
    says: "an application that hangs",
    quiet: SANE,
  },
];

const METHODS: readonly DiagnosticCase[] = [
  {
    code: "bybusyness-ignores-loadfactor",
    fires: web(`${A} loadfactor=10`, B, "ProxySet lbmethod=bybusyness"),
    line: 4,
    says: "only break ties",
    quiet: web(`${A} loadfactor=10`, `${B} loadfactor=10`, "ProxySet lbmethod=bybusyness"),
  },
  {
    code: "heartbeat-ignores-settings",
    fires: web(A, `${B} lbset=1`, "ProxySet lbmethod=heartbeat"),
    line: 3,
    says: "do nothing with lbmethod=heartbeat",
    quiet: web(A, B, "ProxySet lbmethod=heartbeat"),
  },
  {
    code: "heartbeat-without-data",
    fires: ["HeartbeatStorage hb.dat", ...web(A, B, "ProxySet lbmethod=heartbeat")],
    line: 5,
    says: "never chosen",
    quiet: ["HeartbeatStorage there.dat", ...web(A, B, "ProxySet lbmethod=heartbeat")],
    files: { "there.dat": "10.0.0.1 &busy=1&ready=5&lastseen=1&port=80" },
  },
  {
    code: "heartbeat-by-name",
    fires: [
      "HeartbeatListen 239.0.0.1:27999",
      ...web(A, "BalancerMember http://app:8080", "ProxySet lbmethod=heartbeat"),
    ],
    line: 4,
    says: "written as a name",
    quiet: ["HeartbeatListen 239.0.0.1:27999", ...web(A, B, "ProxySet lbmethod=heartbeat")],
  },
  {
    code: "bytraffic-coarse-steps",
    fires: web(`${A} loadfactor=100`, `${B} loadfactor=50`, "ProxySet lbmethod=bytraffic"),
    line: 4,
    says: "steps of 5000 bytes",
    quiet: web(`${A} loadfactor=2`, B, "ProxySet lbmethod=bytraffic"),
  },
  {
    code: "bytraffic-catches-up",
    fires: web(A, B, "ProxySet lbmethod=bytraffic"),
    line: 4,
    says: "after an outage",
    quiet: web(A, `${B} status=+D`, "ProxySet lbmethod=bytraffic"),
  },
  {
    code: "lbset-is-no-overflow",
    fires: web(A, `${B} lbset=1`),
    line: 3,
    says: "gets nothing while one member of lbset 0 is usable",
    quiet: SANE,
  },
  {
    code: "standby-waits-for-all",
    fires: web(A, B, "BalancerMember http://c hcmethod=GET status=+H"),
    line: 4,
    says: "only when all of",
    quiet: web(A, B, "BalancerMember http://c hcmethod=GET status=+R"),
  },
  {
    code: "standby-before-next-lbset",
    fires: web(A, `${B} status=+H`, "BalancerMember http://c lbset=1"),
    line: 3,
    says: "before any member of a higher lbset",
    quiet: web(A, "BalancerMember http://c lbset=1", `${B} lbset=1 status=+H`),
  },
];

const MEMBERS: readonly DiagnosticCase[] = [
  {
    code: "no-such-address",
    fires: web("BalancerMember http://192.168.1.301:8080"),
    line: 2,
    says: "192.168.1.301 is no IPv4 address",
    quiet: web("BalancerMember http://192.168.1.201:8080"),
  },
  {
    code: "member-line-shared",
    fires: web("BalancerMember http://a", "BalancerMember http://a/shop"),
    line: 3,
    says: "BalancerMember http://a/shop adds nothing",
    quiet: web("BalancerMember http://a/shop", "BalancerMember http://a"),
  },
  {
    code: "unmodelled-scheme",
    fires: web("BalancerMember ajp://a"),
    line: 2,
    says: "ajp is not modelled",
    quiet: SANE,
  },
  {
    code: "https-without-sslproxyengine",
    fires: web("BalancerMember https://a"),
    line: 2,
    says: "needs SSLProxyEngine on",
    quiet: ["SSLProxyEngine on", ...web("BalancerMember https://a")],
  },
  {
    code: "balancer-without-members",
    fires: ["ProxyPass / balancer://wbe/", "ProxyPassReverse / balancer://wbe/"],
    line: 1,
    says: "has no member",
    quiet: SANE,
  },
  {
    code: "direct-worker-parameter",
    fires: ["ProxyPass / http://a/ retry=5", "ProxyPassReverse / http://a/"],
    line: 1,
    says: "retry=5 does nothing for http://a/",
    quiet: ["ProxyPass / http://a/ timeout=5", "ProxyPassReverse / http://a/"],
  },
  {
    code: "websocket-scheme",
    fires: web("BalancerMember ws://a"),
    line: 2,
    says: "an http member with upgrade=websocket",
    quiet: web("BalancerMember http://a upgrade=websocket"),
  },
  {
    code: "virtual-host-balancer-copy",
    fires: [
      ...web(A, "ProxySet lbmethod=bytraffic"),
      "<VirtualHost *:80>",
      "ProxyPass / balancer://web/",
      "</VirtualHost>",
    ],
    line: 8,
    says: "lbmethod=bytraffic of the main server",
    quiet: [...web(A), "<VirtualHost *:80>", "ProxyPass / balancer://web/", "</VirtualHost>"],
  },
];

const PASSES: readonly DiagnosticCase[] = [
  {
    code: "general-proxypass-first",
    fires: ["ProxyPass / http://a/", "ProxyPass /api http://b/api"],
    line: 2,
    says: "ProxyPass /api never matches: / in line 1",
    quiet: ["ProxyPass /api http://b/api", "ProxyPass /apix http://c/apix", "ProxyPass / http://a/"],
  },
  {
    code: "exclusion-too-late",
    fires: ["ProxyPass / http://a/", "ProxyPass /static !"],
    line: 2,
    says: "/static ! excludes nothing",
    quiet: ["ProxyPass /static !", "ProxyPass / http://a/"],
  },
  {
    code: "slash-missing-after-balancer",
    fires: [...SANE, "ProxyPass / balancer://web"],
    line: 8,
    says: "/x becomes balancer://webx",
    quiet: [...SANE, "ProxyPass / balancer://web/"],
  },
  {
    code: "slash-mismatch",
    fires: ["ProxyPass /two/ http://a/x"],
    line: 1,
    says: "/two/a is asked for as /xa",
    quiet: ["ProxyPass /two/ http://a/x/", "ProxyPass /one http://a/x"],
  },
  {
    code: "proxypassreverse-missing",
    fires: ["ProxyPass /x http://a/x"],
    line: 1,
    says: "no ProxyPassReverse for /x",
    quiet: ["ProxyPass /x http://a/x", "ProxyPassReverse /x http://a/x"],
  },
  {
    code: "proxypassreverse-differs",
    fires: [...web(A), "ProxyPass /b balancer://web/b", "ProxyPassReverse /b balancer://web/c"],
    line: 6,
    says: "names balancer://web/c",
    quiet: [...web(A), "ProxyPass /b balancer://web/b", "ProxyPassReverse /b balancer://web/b"],
  },
  {
    code: "cookie-path-not-rewritten",
    fires: [...SANE, "ProxyPass /shop balancer://web/app"],
    line: 8,
    says: "Path=/app, which it does not send for /shop",
    quiet: [...SANE, "ProxyPass /shop balancer://web/app", "ProxyPassReverseCookiePath /app /shop"],
  },
  {
    code: "upgrade-missing",
    fires: ["ProxyPass /ws http://a/ws"],
    line: 1,
    says: "the Upgrade header is dropped",
    quiet: ["ProxyPass /ws http://a/ws upgrade=websocket"],
  },
  {
    code: "balancer-not-reached",
    fires: [...SANE, "<Proxy balancer://spare>", "BalancerMember http://s", "</Proxy>"],
    line: 8,
    says: "no RewriteRule leads to balancer spare",
    quiet: SANE,
  },
];

const EXCEPT_BALANCER = ["proxy_balancer", "proxy_hcheck"];

const MODULES: readonly DiagnosticCase[] = [
  {
    code: "module-proxy-balancer-missing",
    fires: web("BalancerMember http://a"),
    line: 1,
    says: "every request to balancer:// gets 500",
    quiet: ["ProxyPass / http://a/"],
    options: { modules: { omit: EXCEPT_BALANCER } },
  },
  {
    code: "module-proxy-http-missing",
    fires: web("BalancerMember http://a"),
    line: 2,
    says: "gets 503",
    quiet: web("BalancerMember ajp://a"),
    options: { modules: { omit: ["proxy_http", "proxy_hcheck"] } },
  },
  {
    code: "modules-loaded-elsewhere",
    fires: ["LoadModule proxy_module modules/mod_proxy.so", ...SANE],
    line: 2,
    says: "mod_proxy_balancer, mod_proxy_http, mod_slotmem_shm, mod_lbmethod_byrequests",
    quiet: SANE,
  },
  {
    code: "mpm-not-modelled",
    fires: ["LoadModule mpm_prefork_module modules/mod_mpm_prefork.so"],
    line: null,
    says: "mpm_prefork is loaded",
    quiet: ["LoadModule mpm_event_module modules/mod_mpm_event.so"],
  },
  {
    code: "old-access-directives",
    fires: ["<Location /m>", "Order deny,allow", "</Location>"],
    line: 2,
    says: "need mod_access_compat",
    quiet: ["<Location /m>", "Require local", "</Location>"],
  },
  {
    code: "assumed-include",
    fires: ["Include conf.d/none.conf"],
    line: 1,
    says: "conf.d/none.conf is not on this machine",
    quiet: ["IncludeOptional conf.d/none.conf"],
  },
  {
    code: "assumed-file",
    fires: ["SSLCertificateFile /etc/ssl/a.pem"],
    line: 1,
    says: "/etc/ssl/a.pem is not on this machine",
    quiet: ["SSLCertificateFile there.pem"],
    files: { "there.pem": "certificate" },
  },
];

const BALANCER = ["<Proxy balancer://web>", A, B, STICKY, "</Proxy>"];
const ON = "RewriteEngine On";
const TO_WEB = "RewriteRule ^/(.*) balancer://web/$1 [P]";

const REWRITING: readonly DiagnosticCase[] = [
  {
    code: "error-document-proxied",
    fires: [...web(A, B, STICKY), "ErrorDocument 503 /app/sorry.html"],
    line: 8,
    says: "/app/sorry.html is proxied itself",
    quiet: ["ProxyPass /app/sorry.html !", ...web(A, B, STICKY), "ErrorDocument 503 /app/sorry.html"],
  },
  {
    code: "rewrite-engine-off",
    fires: [...BALANCER, TO_WEB],
    line: 6,
    says: "RewriteEngine is off here",
    quiet: [...BALANCER, ON, TO_WEB],
  },
  {
    code: "rewrite-not-inherited",
    fires: [...BALANCER, ON, TO_WEB, "<VirtualHost *:80>", ON, "</VirtualHost>"],
    line: 7,
    says: "act in none of them",
    quiet: [...BALANCER, ON, TO_WEB, "<VirtualHost *:80>", "RewriteOptions Inherit", "</VirtualHost>"],
  },
  {
    code: "rewrite-without-passthrough",
    fires: [...web(A, B, STICKY), ON, "RewriteRule ^/old/(.*) /app/$1 [L]"],
    line: 9,
    says: "ProxyPass /app is not asked any more",
    quiet: [...web(A, B, STICKY), ON, "RewriteRule ^/old/(.*) /app/$1 [PT]"],
  },
  {
    code: "rewrite-default-worker",
    fires: [...BALANCER, ON, TO_WEB, "RewriteRule ^/x/(.*) http://10.0.0.9:8080/$1 [P]"],
    line: 8,
    says: "http://10.0.0.9:8080 has no worker of its own",
    quiet: [
      ...BALANCER,
      "<Proxy http://10.0.0.9:8080>",
      "ProxySet retry=1",
      "</Proxy>",
      ON,
      TO_WEB,
      "RewriteRule ^/x/(.*) http://10.0.0.9:8080/$1 [P]",
    ],
  },
];

export const DIAGNOSTIC_CASES: readonly DiagnosticCase[] = [
  ...SESSIONS,
  ...TIMES,
  ...FAILURES,
  ...CHECKS,
  ...METHODS,
  ...MEMBERS,
  ...PASSES,
  ...REWRITING,
  ...MODULES,
];
