import { note, warning } from "../../shared/diagnostic.ts";
import { type Diagnostic, perUpstream } from "./diagnostic.ts";

const plusOnly: Diagnostic = note("needs-nginx-plus", "a feature that only NGINX Plus has", ({ reader }) =>
  reader.newerUses
    .filter(({ since }) => since === null)
    .map(({ feature, position }) => ({
      message: `${feature} needs NGINX Plus: open-source nginx refuses it. Simulated by its documentation`,
      hint: null,
      position,
    })),
);

const newerVersion: Diagnostic = note("needs-newer-nginx", "a feature that nginx 1.22.1 lacks", ({ reader }) =>
  reader.newerUses
    .filter(({ since }) => since !== null)
    .map(({ feature, since, position }) => ({
      message: `${feature} is in NGINX Plus and in open-source nginx since ${since}; nginx 1.22.1 refuses it`,
      hint: null,
      position,
    })),
);

const slowStart: Diagnostic = warning(
  "slow-start-ignored",
  "slow_start does nothing with this method, or for the only server",
  perUpstream(({ name, method, servers }) => {
    const server = servers.find(({ slowStartUs }) => slowStartUs > 0);
    if (server === undefined) return null;
    const isRefused = ["hash", "ip_hash", "random"].includes(method.kind);
    if (!isRefused && servers.length > 1) return null;
    const why = isRefused ? `with ${method.kind}` : "for the only server";
    return {
      message: `slow_start of ${server.text} in ${name} does nothing ${why}`,
      hint: null,
      position: server.position,
    };
  }),
);

const drain: Diagnostic = warning(
  "drain-without-sticky",
  "a draining server of an upstream without sticky is simply down",
  perUpstream(({ name, sticky, servers }) => {
    const server = servers.find((each) => each.drain);
    if (server === undefined || sticky !== null) return null;
    const message = `${server.text} drains, but ${name} has no sticky: nothing reaches it, and draining never ends by itself`;
    return { message, hint: "add sticky, or write down", position: server.position };
  }),
);

const cookiePath: Diagnostic = warning(
  "sticky-cookie-without-path",
  "a sticky cookie without path holds only for the folder of the first URL",
  perUpstream(({ sticky }) => {
    if (sticky?.kind !== "cookie" || sticky.path !== null) return null;
    const message = `cookie ${sticky.name} has no path: browsers send it only below the folder of the URL that set it`;
    return { message, hint: "add path=/", position: sticky.position };
  }),
);

const cookieSlides: Diagnostic = note(
  "sticky-cookie-slides",
  "the sticky cookie is sent with every answer, so its expiry moves on",
  perUpstream(({ sticky }) => {
    if (sticky?.kind !== "cookie" || sticky.expiresS === null) return null;
    const message = `expires of cookie ${sticky.name} begins anew with every answer: a client that keeps coming stays bound for ever`;
    return { message, hint: null, position: sticky.position };
  }),
);

const stickyFull: Diagnostic = note(
  "sticky-moves-when-full",
  "a bound request to a server at max_conns moves its session",
  perUpstream(({ sticky, servers }) => {
    const server = servers.find(({ maxConns }) => maxConns > 0);
    if (sticky === null || server === undefined) return null;
    const message = `a session of ${server.text} moves to another server when max_conns=${server.maxConns} is reached`;
    return { message, hint: null, position: server.position };
  }),
);

const leastTimeSteps: Diagnostic = note(
  "least-time-in-steps",
  "least_time takes times in steps of 20 ms and none above 5 s",
  perUpstream(({ method, methodPosition }) => {
    if (method.kind !== "least_time") return null;
    const message = "servers within the same 20 ms count as equally fast, and above 5 s only connections are compared";
    return { message, hint: null, position: methodPosition };
  }),
);

const queue: Diagnostic = note(
  "queue-answers-502",
  "a full or too long queue answers 502",
  perUpstream(({ queue: limit }) => {
    if (limit === null) return null;
    const message = `beyond ${limit.size} waiting requests, or after ${limit.timeoutUs / 1_000_000} s, clients get 502, not 503 or 504`;
    return { message, hint: null, position: limit.position };
  }),
);

const noZone: Diagnostic = warning(
  "health-check-without-zone",
  "health_check needs a zone in its upstream",
  ({ config }) =>
    config.healthChecks
      .filter(({ upstream }) => config.upstreams.some(({ name, zone }) => name === upstream && zone === null))
      .map(({ upstream, position }) => {
        const message = `upstream ${upstream} has no zone: NGINX Plus refuses to check it`;
        return { message, hint: `zone ${upstream} 64k;`, position };
      }),
);

const oneFailure: Diagnostic = note("health-check-one-failure", "one bad probe takes a server out", ({ config }) =>
  config.healthChecks
    .filter(({ fails }) => fails === 1)
    .map(({ upstream, mandatory, position }) => {
      const start = mandatory ? "" : "; without mandatory a new server gets requests before its first probe";
      const message = `a single failed probe takes a server of ${upstream} out (fails=1)${start}`;
      return { message, hint: "fails=3 passes=2", position };
    }),
);

const longProbe: Diagnostic = warning(
  "health-check-waits-long",
  "a probe waits as long as the location's proxy timeouts",
  ({ config }) =>
    config.healthChecks
      .filter(
        ({ connectTimeoutUs, readTimeoutUs, intervalUs }) => Math.max(connectTimeoutUs, readTimeoutUs) > intervalUs,
      )
      .map(({ upstream, connectTimeoutUs, readTimeoutUs, position }) => {
        const seconds = Math.max(connectTimeoutUs, readTimeoutUs) / 1_000_000;
        const message = `a server of ${upstream} that answers nothing is noticed only after ${seconds} s per probe`;
        return { message, hint: "shorten proxy_connect_timeout and proxy_read_timeout of the location", position };
      }),
);

export const NEWER_NGINX: readonly Diagnostic[] = [
  plusOnly,
  newerVersion,
  slowStart,
  drain,
  cookiePath,
  cookieSlides,
  stickyFull,
  leastTimeSteps,
  queue,
  noZone,
  oneFailure,
  longProbe,
];
