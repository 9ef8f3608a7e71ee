import { note, warning } from "../../shared/diagnostic.ts";
import type { NextUpstreamFlag } from "../config/location-config.ts";
import { type Diagnostic, type Passing, perPassing, perUpstream, whereProxied } from "./diagnostic.ts";

const single = warning(
  "single-server-never-banned",
  "max_fails and fail_timeout of the only server of an upstream do nothing",
  perUpstream(({ name, servers }) => {
    const [only, second] = servers;
    if (only === undefined || second !== undefined || (only.maxFails === 1 && only.failTimeoutS === 10)) return null;
    const message = `${only.text} is the only server of ${name}: nginx never bans it and never retries, so max_fails and fail_timeout do nothing`;
    return { message, hint: "a second server, also a backup, makes them effective", position: only.position };
  }),
);

const noWindow = note(
  "max-fails-is-no-window",
  "max_fails counts failures without forgetting them, not failures within fail_timeout",
  perUpstream(({ name, servers }) => {
    const server = servers.find(({ maxFails }) => maxFails > 1);
    if (server === undefined || servers.length < 2) return null;
    const message = `max_fails=${server.maxFails} of ${name}: a success soon after a failure does not reset the count, and old failures stay until a request succeeds more than fail_timeout after the last one`;
    return { message, hint: null, position: server.position };
  }),
);

const slowReturn = note(
  "weight-returns-slowly",
  "a failure takes away weight that comes back one unit per choice",
  perUpstream(({ name, servers, method }) => {
    const usesWeight = ["round_robin", "least_conn", "least_time"].includes(method.kind);
    const server = servers.find(({ weight, maxFails }) => maxFails > 0 && Math.floor(weight / maxFails) >= 4);
    if (server === undefined || servers.length < 2 || !usesWeight) return null;
    const loss = Math.floor(server.weight / server.maxFails);
    const message = `each failure of ${server.text} in ${name} takes ${loss} of its weight ${server.weight}; it comes back by 1 each time the server is looked at`;
    return { message, hint: "small weights in the same proportion recover sooner", position: server.position };
  }),
);

const longBan = note(
  "all-banned-answers-502",
  "when all servers are banned every request gets 502 until a ban ends",
  perUpstream(({ name, servers }) => {
    const primaries = servers.filter(({ backup, down }) => !backup && !down);
    if (servers.some(({ backup }) => backup) || primaries.length < 2) return null;
    if (primaries.some(({ maxFails, failTimeoutS }) => maxFails === 0 || failTimeoutS < 30)) return null;
    const least = Math.min(...primaries.map(({ failTimeoutS }) => failTimeoutS));
    const message = `${name} has no server without a ban: if all fail, clients get 502 for at least ${least} s; nginx 1.22 resets nothing`;
    return {
      message,
      hint: "a shorter fail_timeout, a backup, or max_fails=0",
      position: primaries[0]?.position ?? null,
    };
  }),
);

function statuses({ location }: Passing): readonly NextUpstreamFlag[] {
  return location.settings.nextUpstream.filter((flag) => /^http_(?:5|429)/.test(flag));
}

const lastTry = note(
  "status-counts-only-with-a-try-left",
  "an error status counts as a failure only while another server can be tried",
  perPassing((passing) => {
    const listed = statuses(passing);
    if (listed.length === 0) return null;
    const message = `${listed.join(", ")}: the answer of the last possible try is passed on and counts as a success; when other servers are banned the client gets 502 instead of it`;
    return { message, hint: null, position: whereProxied(passing) };
  }),
);

const oneTry = note(
  "one-try-is-no-retry",
  "proxy_next_upstream_tries counts the first attempt too",
  perPassing((passing) => {
    if (passing.location.settings.nextUpstreamTries !== 1) return null;
    const message = "proxy_next_upstream_tries 1 allows no second attempt";
    return { message, hint: "write 2 for one retry", position: whereProxied(passing) };
  }),
);

const backupOutOfReach = warning(
  "tries-end-before-backup",
  "proxy_next_upstream_tries ends before a request can reach a backup",
  perPassing((passing) => {
    const { nextUpstreamTries: tries } = passing.location.settings;
    const { name, servers } = passing.upstream;
    const primaries = servers.filter(({ backup, down }) => !backup && !down).length;
    if (tries === 0 || tries > primaries || primaries === servers.filter(({ down }) => !down).length) return null;
    const message = `with proxy_next_upstream_tries ${tries} a request that fails on servers of ${name} ends before the backups: all ${primaries} primaries come first`;
    return { message, hint: `write at least ${primaries + 1}, or 0 for no limit`, position: whereProxied(passing) };
  }),
);

const nonIdempotent = warning(
  "non-idempotent-is-repeated",
  "non_idempotent lets POST requests be carried out twice",
  perPassing((passing) => {
    if (!passing.location.settings.nextUpstream.includes("non_idempotent")) return null;
    const message = "a POST that a server received but did not answer is sent to another server as well";
    return { message, hint: "leave non_idempotent out unless repeating is harmless", position: whereProxied(passing) };
  }),
);

const offBans = note(
  "next-upstream-off-still-bans",
  "without retries errors still ban a server",
  perPassing((passing) => {
    const { location, upstream } = passing;
    if (location.settings.nextUpstream.length > 0 || upstream.servers.length < 2) return null;
    const message = `proxy_next_upstream off: the client gets the error, and the server is banned all the same`;
    return { message, hint: "max_fails=0 where no ban is wanted", position: whereProxied(passing) };
  }),
);

const timeoutCuts = note(
  "next-upstream-timeout-cuts-nothing",
  "proxy_next_upstream_timeout is looked at only when an attempt fails",
  perPassing((passing) => {
    const { nextUpstreamTimeoutUs, readTimeoutUs } = passing.location.settings;
    if (nextUpstreamTimeoutUs === 0 || readTimeoutUs <= nextUpstreamTimeoutUs) return null;
    const message = `proxy_next_upstream_timeout ends no attempt: a request still waits proxy_read_timeout (${readTimeoutUs / 1_000_000} s)`;
    return { message, hint: "shorten proxy_read_timeout", position: whereProxied(passing) };
  }),
);

const probe = note(
  "ban-ends-with-a-client",
  "a ban lasts up to a second longer than fail_timeout, and a client's request finds out whether the server is back",
  perUpstream(({ name, servers }) => {
    const server = servers.find(({ maxFails, failTimeoutS }) => maxFails > 0 && failTimeoutS !== 10);
    if (server === undefined || servers.length < 2) return null;
    const { failTimeoutS } = server;
    const message = `fail_timeout=${failTimeoutS}s of ${server.text} in ${name}: banned for ${failTimeoutS} to ${failTimeoutS + 1} s by whole seconds, then one request at a time tries it`;
    return { message, hint: null, position: server.position };
  }),
);

const refusedPost = note(
  "refused-post-is-repeated",
  "leaving out non_idempotent keeps no POST back whose connection was refused",
  perPassing((passing) => {
    const { nextUpstream } = passing.location.settings;
    const isDefault = nextUpstream.length === 2 && nextUpstream.includes("error") && nextUpstream.includes("timeout");
    if (isDefault || !nextUpstream.includes("error") || nextUpstream.includes("non_idempotent")) return null;
    const message =
      "a POST that could not be sent (connection refused) goes on to another server without non_idempotent";
    return { message, hint: null, position: whereProxied(passing) };
  }),
);

export const FAILURES: readonly Diagnostic[] = [
  single,
  noWindow,
  probe,
  refusedPost,
  slowReturn,
  longBan,
  lastTry,
  oneTry,
  backupOutOfReach,
  nonIdempotent,
  offBans,
  timeoutCuts,
];
