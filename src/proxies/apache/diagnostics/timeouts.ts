import { note, warning } from "../../shared/diagnostic.ts";
import { hasCutSuffix } from "../config/unit-values.ts";
import { type Diagnostic, perBalancer, perMember, perParameter, secondsText } from "./diagnostic.ts";

const LONG_CONNECT_US = 30_000_000;
const LONG_ANSWER_US = 120_000_000;

const balancerTimeout = warning(
  "balancer-timeout-is-wait",
  "timeout on a balancer is the wait for a usable member, no limit for connecting or answering",
  perParameter(["timeout"], (use) => {
    if (use.owner !== "balancer") return null;
    return {
      message: `timeout=${use.value} on balancer ${use.name} is how long a request waits when no member is usable; it limits neither connects nor answers`,
      hint: "for those write connectiontimeout= and timeout= on each BalancerMember, or ProxyTimeout",
      position: use.position,
    };
  }),
);

const cutUnit = warning(
  "unit-cut-off",
  "a value in whole seconds is written with something behind the number that httpd cuts off",
  perParameter(["timeout", "retry", "ttl", "proxytimeout"], (use) => {
    if (!hasCutSuffix(use.value)) return null;
    const seconds = /^[+-]?\d+/.exec(use.value)?.[0] ?? "0";
    return {
      message: `${use.key} ${use.value} means ${seconds} seconds: units and fractions are cut off without a word`,
      hint: "write whole seconds; connectiontimeout, ping and acquire are the ones that know ms, s, mi and h",
      position: use.position,
    };
  }),
);

const longConnect = note(
  "connect-timeout-from-timeout",
  "without connectiontimeout a dead host holds a connect for as long as an answer may take",
  perMember((member) => {
    const { timeoutUs, connectionTimeoutUs } = member;
    if (connectionTimeoutUs !== null || timeoutUs === null || timeoutUs < LONG_CONNECT_US) return null;
    return {
      message: `${member.url}: timeout=${timeoutUs / 1_000_000} limits connecting too, so a host that drops packets holds each request that long`,
      hint: "add connectiontimeout=2 or so",
      position: member.position,
    };
  }),
);

const threadsHeld = warning(
  "hanging-member-takes-threads",
  "a hanging member would hold threads for so long that all of them are gone",
  perBalancer((balancer, { config }) => {
    const main = config.servers[0];
    const server = config.servers.find((s) => s.passRules.some((r) => leadsTo(r, balancer.name))) ?? main;
    const slow = balancer.members.find(
      (m) => (m.timeoutUs ?? server?.proxyTimeoutUs ?? server?.timeoutUs ?? 0) >= LONG_ANSWER_US,
    );
    if (slow === undefined) return [];
    const us = slow.timeoutUs ?? server?.proxyTimeoutUs ?? server?.timeoutUs ?? 0;
    const threads = config.limits.maxRequestWorkers;
    return [
      {
        message: `a hanging member of ${balancer.name} holds a thread ${secondsText(us)} per request: ${threads} such requests stop the whole server`,
        hint: "set timeout= on the members or ProxyTimeout to what an answer may really take; failontimeout=On takes the member out after the first",
        position: slow.position,
      },
    ];
  }),
);

function leadsTo(rule: { readonly target: { readonly kind: string } }, name: string): boolean {
  return "balancer" in rule.target && rule.target.balancer === name;
}

const pingOnlyBodies = note(
  "ping-protects-bodies-only",
  "ping= is only tried before requests that have a body",
  perMember((member) => {
    if (member.pingUs === null || member.scheme === "ajp") return null;
    const message = `ping= on ${member.url} asks for "100 Continue", which happens only for requests with a body; a GET still hangs`;
    return { message, hint: "timeout= limits the wait of every request", position: member.position };
  }),
);

const maxWithoutAcquire = warning(
  "max-without-acquire",
  "max= without acquire= lets requests wait for a connection without limit",
  perMember((member) => {
    if (member.max === null || member.acquireUs !== null) return null;
    const message = `max=${member.max} on ${member.url} without acquire=: who finds no free connection holds a thread without limit`;
    return { message, hint: "add acquire=MILLISECONDS", position: member.position };
  }),
);

const acquireMarks = note(
  "acquire-marks-healthy-member",
  "a member whose connections are all in use for longer than acquire= is taken out as if it had failed",
  perMember((member) => {
    if (member.max === null || member.acquireUs === null) return null;
    const wait = member.acquireUs / 1000;
    const message = `${member.url}: a request that waits ${wait} ms for one of ${member.max} connections puts the member into error, healthy or not`;
    return { message, hint: "max counts per process; choose it above the usual load", position: member.position };
  }),
);

const keptAfterTimeout = note(
  "response-timeout-keeps-member",
  "a member that answers too late or not at all gives 502 and stays in the rotation",
  perBalancer((balancer) => {
    const { failOnTimeout, failOnStatus, members, name } = balancer;
    const limited = members.find(({ timeoutUs }) => timeoutUs !== null);
    if (limited === undefined || members.length < 2 || failOnTimeout || failOnStatus.includes(502)) return [];
    const message = `after timeout=${secondsText(limited.timeoutUs as number).replace(" ", "")} the client gets 502, no other member of ${name} is tried, and ${limited.url} keeps its share of requests`;
    return [{ message, hint: "failontimeout=On takes such a member out", position: limited.position }];
  }),
);

export const TIMEOUTS: readonly Diagnostic[] = [
  keptAfterTimeout,
  balancerTimeout,
  cutUnit,
  longConnect,
  threadsHeld,
  pingOnlyBodies,
  maxWithoutAcquire,
  acquireMarks,
];
