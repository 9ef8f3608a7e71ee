import type { GroupIntent, MemberIntent } from "../../../contract/balancing-intent.ts";
import { stickyCookie } from "../../shared/sticky-cookie.ts";

/**
 * Open-source nginx 1.22 has no sticky sessions. What it has: a `map` from a cookie to an upstream of its own for each
 * member, or a hash of the client's address.
 */
export type StickyPlan =
  | { readonly kind: "none" }
  | {
      readonly kind: "map";
      readonly cookie: string;
      /** The value ends with separator and route, or is the route. */
      readonly isSuffix: boolean;
      readonly separator: string;
      /** nginx sets the cookie. */
      readonly sets: boolean;
      readonly members: readonly MemberIntent[];
    }
  | { readonly kind: "address" };

export function stickyPlan({ stickiness, members }: GroupIntent): StickyPlan {
  if (stickiness === null) return { kind: "none" };
  // Of several members with one route the first is the one that sessions go to.
  const routed = members.filter(
    ({ route, state }, i) =>
      route !== "" && state !== "disabled" && members.findIndex((other) => other.route === route) === i,
  );
  const named = members.filter(({ state }) => state !== "disabled");
  switch (stickiness.kind) {
    case "table":
      return { kind: "address" };
    case "read-cookie":
      return { kind: "map", cookie: stickiness.cookie, isSuffix: false, separator: "", sets: false, members: routed };
    case "route-suffix": {
      const { cookie, separator } = stickiness;
      if (routed.length === 0) return { kind: "none" };
      return { kind: "map", cookie, isSuffix: true, separator, sets: false, members: routed };
    }
    default: {
      const cookie = stickyCookie(stickiness)?.cookie ?? stickiness.cookie;
      // $upstream_addr, which the cookie is made from, holds addresses, never names.
      if (!members.every(({ host }) => isAddress(host))) return { kind: "address" };
      return { kind: "map", cookie, isSuffix: false, separator: "", sets: true, members: named };
    }
  }
}

/** What the cookie says for a member. */
export function cookieValue({ route, name }: MemberIntent): string {
  return route === "" ? name : route;
}

/** Name of the upstream that begins with one member. */
export function upstreamOf({ name }: GroupIntent, member: MemberIntent): string {
  return `${name}__${member.name}`;
}

export function variableOf({ name }: GroupIntent, what: string): string {
  return `${name.replace(/\W/g, "_")}_${what}`;
}

export function isAddress(host: string): boolean {
  return host.includes(":") || (/^\d+(?:\.\d+){3}$/.test(host) && host.split(".").every((part) => Number(part) <= 255));
}
