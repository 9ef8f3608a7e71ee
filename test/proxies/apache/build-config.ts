import type { Position } from "../../../src/contract/problem.ts";
import type {
  ApacheConfig,
  BalancerConfig,
  HealthCheckConfig,
  LimitsConfig,
  MemberConfig,
  PassRule,
  ServerConfig,
} from "../../../src/proxies/apache/config/apache-config.ts";

const POSITION: Position = { file: "test.conf", line: 1, column: 1, length: 0 };

const NO_CHECK: HealthCheckConfig = {
  method: "NONE",
  intervalUs: 30_000_000,
  passes: 1,
  fails: 1,
  uri: "",
  expression: "",
};

/** A member with httpd's defaults; "a" becomes http://a:8080 unless `url` says otherwise. */
export function member(host: string, part: Partial<MemberConfig> = {}): MemberConfig {
  return {
    url: `http://${host}:8080`,
    scheme: "http",
    host,
    port: 8080,
    address: `${host}:8080`,
    path: "",
    factor: 100,
    lbset: 0,
    route: "",
    redirect: "",
    status: "",
    retryUs: 60_000_000,
    timeoutUs: null,
    connectionTimeoutUs: null,
    pingUs: null,
    acquireUs: null,
    min: 0,
    smax: null,
    max: null,
    ttlUs: null,
    keepalive: false,
    disableReuse: false,
    flushPackets: "off",
    upgrade: null,
    healthCheck: NO_CHECK,
    position: POSITION,
    ...part,
  };
}

export function healthCheck(part: Partial<HealthCheckConfig>): HealthCheckConfig {
  return { ...NO_CHECK, ...part };
}

export function balancer(members: readonly MemberConfig[], part: Partial<BalancerConfig> = {}): BalancerConfig {
  return {
    name: "b",
    lbmethod: "byrequests",
    stickySession: null,
    stickySessionSeparator: ".",
    scolonPathDelim: false,
    nofailover: false,
    timeoutUs: 0,
    maxAttempts: null,
    failOnStatus: [],
    failOnTimeout: false,
    forceRecovery: true,
    growth: 0,
    members,
    path: "/",
    defined: true,
    position: POSITION,
    ...part,
  };
}

/** `ProxyPass prefix url`; "!" excludes. */
export function pass(prefix: string, url: string, part: Partial<PassRule> = {}): PassRule {
  const named = /^balancer:\/\/([^/]*)(.*)$/.exec(url);
  return {
    match: { kind: "prefix", path: prefix },
    target: url === "!" ? { kind: "none" } : { kind: "balancer", balancer: named?.[1] ?? "", path: named?.[2] ?? "" },
    url,
    nocanon: false,
    noquery: false,
    position: POSITION,
    ...part,
  };
}

export function server(part: Partial<ServerConfig> = {}): ServerConfig {
  return {
    names: ["lab.test"],
    addresses: [],
    passRules: [pass("/", "balancer://b/")],
    locations: [],
    handlers: [],
    balancers: {},
    reverse: [],
    cookieRewrites: [],
    headers: [],
    sections: [],
    proxyTimeoutUs: null,
    timeoutUs: 60_000_000,
    preserveHost: false,
    errorOverride: null,
    keepAlive: true,
    keepAliveTimeoutUs: 5_000_000,
    maxKeepAliveRequests: 100,
    addForwardedHeaders: true,
    maxForwards: null,
    sslProxyEngine: false,
    rewrite: null,
    policy: null,
    proxyAccess: [],
    redirects: [],
    remoteIp: null,
    documentRoot: "/var/www/html",
    ownPort: 0,
    canonicalName: false,
    position: null,
    ...part,
  };
}

export function limits(part: Partial<LimitsConfig> = {}): LimitsConfig {
  return {
    serverLimit: 1,
    startServers: 1,
    threadLimit: 64,
    threadsPerChild: 64,
    maxRequestWorkers: 64,
    minSpareThreads: 1,
    maxSpareThreads: 64,
    asyncFactor: 2,
    listenBacklog: 511,
    requestHeadTimeoutUs: null,
    ...part,
  };
}

export function config(part: Partial<ApacheConfig> = {}): ApacheConfig {
  const { servers = [server()], balancers = [] } = part;
  const known = Object.fromEntries(balancers.map(({ name }) => [name, name]));
  return {
    file: "test.conf",
    balancers: [],
    workers: [],
    limits: limits(),
    listens: ["127.0.0.1:80"],
    healthExpressions: {},
    healthThreads: 16,
    heartbeatStorage: null,
    heartbeatListen: null,
    localFiles: {},
    modules: ["proxy", "proxy_balancer", "proxy_http", "proxy_hcheck", "headers"],
    ...part,
    servers: servers.map((each) => ({ ...each, balancers: { ...known, ...each.balancers } })),
  };
}
