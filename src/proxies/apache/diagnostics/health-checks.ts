import { note, warning } from "../../shared/diagnostic.ts";
import { type Diagnostic, names, perBalancer, perMember, perParameter } from "./diagnostic.ts";

const noCheck = note(
  "no-health-check",
  "no member is checked; a dead one is found out by requests of clients",
  perBalancer(({ name, members, position, lbmethod }) => {
    if (members.length < 2 || lbmethod === "heartbeat" || members.some((m) => m.healthCheck.method !== "NONE"))
      return [];
    const message = `balancer ${name} has no health checks: mod_proxy finds a dead member out with a client's request, and again every retry= seconds`;
    const hint = "load mod_proxy_hcheck and write hcmethod=GET hcuri=/health hcinterval=5 on each member";
    return [{ message, hint, position }];
  }),
);

const someChecked = warning(
  "health-check-on-some",
  "only some members of a balancer are checked",
  perBalancer(({ name, members }) => {
    const without = members.filter((m) => m.healthCheck.method === "NONE");
    const first = without[0];
    if (first === undefined || without.length === members.length) return [];
    const message = `${names(without)} of balancer ${name} ${without.length === 1 ? "is" : "are"} not checked though other members are`;
    return [
      { message, hint: "give every member the same hcmethod, or use a ProxyHCTemplate", position: first.position },
    ];
  }),
);

const withoutMethod = warning(
  "health-check-without-method",
  "hc… parameters do nothing without hcmethod",
  perParameter(["hcuri", "hcinterval", "hcpasses", "hcfails", "hcexpr"], (use, { config }) => {
    const all = [...config.workers, ...config.balancers.flatMap((b) => b.members)];
    const member = all.find((m) => m.url === use.name);
    if (member === undefined || member.healthCheck.method !== "NONE") return null;
    const message = `${use.key}=${use.value} on ${use.name} does nothing: without hcmethod the member is not checked`;
    return { message, hint: "add hcmethod=GET, HEAD, OPTIONS or TCP", position: use.position };
  }),
);

const notConsecutive = note(
  "health-check-counts-not-consecutive",
  "hcfails and hcpasses count results that need not follow one another",
  perMember(({ url, healthCheck, position }) => {
    if (healthCheck.method === "NONE" || (healthCheck.fails <= 1 && healthCheck.passes <= 1)) return null;
    const message = `hcfails=${healthCheck.fails} hcpasses=${healthCheck.passes} on ${url}: good results in between do not set the count of bad ones back`;
    return { message, hint: null, position };
  }),
);

const pathless = note(
  "health-check-only-connects",
  "a TCP check says nothing about the application",
  perMember(({ url, healthCheck, position }) => {
    if (healthCheck.method !== "TCP") return null;
    const message = `hcmethod=TCP on ${url} passes as long as the port accepts: an application that hangs or answers 500 stays in`;
    return { message, hint: "hcmethod=GET hcuri=/health asks the application", position };
  }),
);

export const HEALTH_CHECKS: readonly Diagnostic[] = [noCheck, someChecked, withoutMethod, notConsecutive, pathless];
