import { type Finding, note, warning } from "../../shared/diagnostic.ts";
import type { ApacheConfig, HeaderRule } from "../config/apache-config.ts";
import type { Diagnostic } from "./diagnostic.ts";

interface RouteCookie {
  readonly rule: HeaderRule;
  readonly cookie: string;
}

/** Header lines that send the member's route to the client as a cookie; each once, however many hosts inherit it. */
function routeCookies(config: ApacheConfig): readonly RouteCookie[] {
  const rules = new Set(
    config.servers.flatMap(({ headers, sections }) => [...headers, ...sections.flatMap((section) => section.headers)]),
  );
  return [...rules].flatMap((rule) => {
    const isRoute = rule.name.toLowerCase() === "set-cookie" && rule.value.includes("BALANCER_WORKER_ROUTE");
    return isRoute ? [{ rule, cookie: rule.value.split("=", 1)[0] ?? "" }] : [];
  });
}

function sticky(config: ApacheConfig): readonly string[] {
  return config.balancers.flatMap((b) => (b.stickySession === null ? [] : [b.stickySession.cookie]));
}

function each(test: (cookie: RouteCookie, config: ApacheConfig) => Omit<Finding, "position"> | null) {
  return ({ config }: { readonly config: ApacheConfig }): readonly Finding[] =>
    routeCookies(config).flatMap((c) => {
      const found = test(c, config);
      return found === null ? [] : [{ ...found, position: c.rule.position }];
    });
}

const withoutSticky = warning(
  "route-cookie-not-read",
  "a cookie with the member's route is set but no balancer has a stickysession to read it",
  each(({ cookie }, config) => {
    if (sticky(config).length > 0 || config.balancers.length === 0) return null;
    const message = `the cookie ${cookie} is sent to clients but no balancer reads it: sessions are not kept`;
    return { message, hint: `add ProxySet stickysession=${cookie} to the balancer` };
  }),
);

const otherName = warning(
  "route-cookie-name-differs",
  "the cookie that Header sets is not the one that stickysession reads",
  each(({ cookie }, config) => {
    const read = sticky(config);
    if (read.length === 0 || read.includes(cookie)) return null;
    const message = `Header sets the cookie ${cookie}, stickysession reads ${read.join(", ")}: the route is never found`;
    return { message, hint: `write stickysession=${cookie}; upper and lower case count` };
  }),
);

const unconditional = note(
  "route-cookie-unconditional",
  "the route cookie is sent with every answer instead of only when the route changed",
  each(({ rule, cookie }) => {
    if (rule.condition !== null) return null;
    const message = `the cookie ${cookie} is set with every answer, also of requests that have it already`;
    return { message, hint: "append env=BALANCER_ROUTE_CHANGED" };
  }),
);

const noSeparator = warning(
  "route-cookie-without-separator",
  "the route cookie's value lacks the separator in front of the route",
  each(({ rule, cookie }, config) => {
    const balancer = config.balancers.find((b) => b.stickySession?.cookie === cookie);
    const separator = balancer?.stickySessionSeparator ?? null;
    if (balancer === undefined || separator === null) return null;
    const before = rule.value.slice(cookie.length + 1).split("%{BALANCER_WORKER_ROUTE}", 1)[0] ?? "";
    if (before.includes(separator)) return null;
    const message = `the value of ${cookie} has no "${separator}" in front of the route: stickysession finds no route in it`;
    return { message, hint: `write "${cookie}=${separator}%{BALANCER_WORKER_ROUTE}e; Path=/"` };
  }),
);

const movesForGood = note(
  "route-cookie-moves-for-good",
  "a client that was moved stays with the new member when the old one is back",
  each(({ rule, cookie }, config) => {
    if (rule.condition === null || !sticky(config).includes(cookie)) return null;
    const message = `after a failover ${cookie} names the new member: the client does not go back, as it would with a route in the application's own cookie`;
    return { message, hint: null };
  }),
);

export const ROUTE_COOKIE: readonly Diagnostic[] = [movesForGood, withoutSticky, otherName, unconditional, noSeparator];
