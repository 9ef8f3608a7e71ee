import { cookieFlags, cookieRewrites, redirects } from "./answer-rewrites.ts";
import { CHOICE_OF } from "./choices.ts";
import { accessRules, realIpOf } from "./client-addresses.ts";
import { plainTemplate } from "./compile-template.ts";
import type {
  ErrorPage,
  HeaderTemplate,
  LimitConn,
  LimitReq,
  LocationSettings,
  NextUpstreamFlag,
} from "./location-config.ts";
import type { DirectiveUse, Scope } from "./scope.ts";
import { isOn, number, size, templateOf, timeUs } from "./scope-values.ts";
import { parseNumber, parseTime, parseTimeUs } from "./unit-values.ts";

/** Headers of answers that nginx keeps for itself. Source: ngx_http_proxy_hide_headers, nginx 1.22.1. */
const HIDDEN = [
  "date",
  "server",
  "x-pad",
  "x-accel-expires",
  "x-accel-redirect",
  "x-accel-limit-rate",
  "x-accel-buffering",
  "x-accel-charset",
];

/** Settings of a block after inheritance; defaults of nginx 1.22.1. */
export function settingsOf(scope: Scope): LocationSettings {
  return {
    ...proxySettings(scope),
    redirects: redirects(scope),
    cookieDomains: cookieRewrites(scope, "proxy_cookie_domain"),
    cookiePaths: cookieRewrites(scope, "proxy_cookie_path"),
    cookieFlags: cookieFlags(scope),
    addHeaders: scope.uses("add_header").map(({ args }) => ({
      name: args[0] ?? "",
      value: templateOf(args[1] ?? ""),
      always: args[2] === "always",
    })),
    errorPages: scope.uses("error_page").map(errorPage),
    ...limits(scope),
    realIp: realIpOf(scope),
    ...clientSettings(scope),
    access: accessRules(scope),
    root: templateOf(scope.word("root") ?? "html"),
    absoluteRedirect: isOn(scope, "absolute_redirect", true),
  };
}

function proxySettings(scope: Scope) {
  return {
    connectTimeoutUs: timeUs(scope, "proxy_connect_timeout", 60_000_000),
    sendTimeoutUs: timeUs(scope, "proxy_send_timeout", 60_000_000),
    readTimeoutUs: timeUs(scope, "proxy_read_timeout", 60_000_000),
    nextUpstream: nextUpstream(scope),
    nextUpstreamTries: number(scope, "proxy_next_upstream_tries", 0),
    nextUpstreamTimeoutUs: timeUs(scope, "proxy_next_upstream_timeout", 0),
    httpVersion: scope.word("proxy_http_version") === "1.1" ? "1.1" : "1.0",
    setHeaders: setHeaders(scope),
    passRequestHeaders: isOn(scope, "proxy_pass_request_headers", true),
    passRequestBody: isOn(scope, "proxy_pass_request_body", true),
    method: scope.word("proxy_method") === null ? null : templateOf(scope.word("proxy_method") ?? ""),
    ignoreClientAbort: isOn(scope, "proxy_ignore_client_abort", false),
    interceptErrors: isOn(scope, "proxy_intercept_errors", false),
    requestBuffering: isOn(scope, "proxy_request_buffering", true),
    buffering: isOn(scope, "proxy_buffering", true),
    bufferSizeBytes: size(scope, "proxy_buffer_size", 4096),
    hiddenHeaders: hiddenHeaders(scope),
  } as const;
}

function clientSettings(scope: Scope) {
  const [timeout = "75s", header] = scope.uses("keepalive_timeout")[0]?.args ?? [];
  return {
    keepaliveTimeoutUs: parseTimeUs(timeout) ?? 0,
    keepaliveHeaderS: header === undefined ? 0 : (parseTime(header, true) ?? 0),
    keepaliveRequests: number(scope, "keepalive_requests", 1000),
    keepaliveTimeUs: timeUs(scope, "keepalive_time", 3_600_000_000),
    clientBodyTimeoutUs: timeUs(scope, "client_body_timeout", 60_000_000),
    bodyBufferBytes: size(scope, "client_body_buffer_size", 16_384),
    clientMaxBodyBytes: size(scope, "client_max_body_size", 1_048_576),
    clientSendTimeoutUs: timeUs(scope, "send_timeout", 60_000_000),
  };
}

function limits(scope: Scope) {
  const isDryConn = isOn(scope, "limit_conn_dry_run", false);
  const isDryReq = isOn(scope, "limit_req_dry_run", false);
  return {
    limitConns: isDryConn ? [] : scope.uses("limit_conn").map(limitConn),
    limitConnStatus: number(scope, "limit_conn_status", 503),
    limitReqs: isDryReq ? [] : scope.uses("limit_req").map(limitReq),
    limitReqStatus: number(scope, "limit_req_status", 503),
  };
}

function limitConn({ args, position }: DirectiveUse): LimitConn {
  return { zone: args[0] ?? "", connections: parseNumber(args[1] ?? "") ?? 0, position };
}

function limitReq({ args, position }: DirectiveUse): LimitReq {
  const value = (key: string) => args.findLast((arg) => arg.startsWith(`${key}=`))?.slice(key.length + 1);
  const delay = args.includes("nodelay") ? Number.POSITIVE_INFINITY : Number(value("delay") ?? 0);
  return { zone: value("zone") ?? "", burst: Number(value("burst") ?? 0), delay, position };
}

/** `off` wins over everything beside it; `updating` means nothing here. */
function nextUpstream(scope: Scope): readonly NextUpstreamFlag[] {
  const uses = scope.uses("proxy_next_upstream");
  const words = uses.length === 0 ? ["error", "timeout"] : uses.flatMap(({ args }) => args.map((a) => a.toLowerCase()));
  if (words.includes("off")) return [];
  const known = CHOICE_OF.get("proxy_next_upstream")?.words ?? [];
  return known.filter((word): word is NextUpstreamFlag => words.includes(word) && word !== "updating");
}

/** Host and Connection are sent unless the file says something about them. Source: ngx_http_proxy_headers, nginx 1.22.1. */
function setHeaders(scope: Scope): readonly HeaderTemplate[] {
  const written = scope.uses("proxy_set_header").map(({ args }) => ({
    name: args[0] ?? "",
    value: templateOf(args[1] ?? ""),
  }));
  const defaults = [
    { name: "Host", value: templateOf("$proxy_host") },
    { name: "Connection", value: plainTemplate("close") },
  ].filter(({ name }) => written.every((each) => each.name.toLowerCase() !== name.toLowerCase()));
  return [...defaults, ...written];
}

function hiddenHeaders(scope: Scope): readonly string[] {
  const words = (name: string) => scope.uses(name).map(({ args }) => (args[0] ?? "").toLowerCase());
  const passed = words("proxy_pass_header");
  return [...HIDDEN, ...words("proxy_hide_header")].filter((name) => !passed.includes(name));
}

function errorPage({ args, position }: DirectiveUse): ErrorPage {
  const answer = args.at(-2) ?? "";
  const overwrites = answer.startsWith("=");
  return {
    statuses: args.slice(0, overwrites ? -2 : -1).map(Number),
    answer: !overwrites ? "same" : answer === "=" ? "from-page" : Number(answer.slice(1)),
    target: templateOf(args.at(-1) ?? ""),
    position,
  };
}
