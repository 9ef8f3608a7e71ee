import type { GroupIntent } from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { stickyCookie } from "../../shared/sticky-cookie.ts";
import { cookieValue, type StickyPlan, stickyPlan, upstreamOf, variableOf } from "./sticky-plan.ts";

/** The maps from a session to the upstream that begins with its member, and from that member to the cookie. */
export function writeStickyMaps(group: GroupIntent, text: ConfigurationText): void {
  const plan = stickyPlan(group);
  const { stickiness } = group;
  if (plan.kind !== "map" || stickiness === null) return;
  const { position } = stickiness;
  text.remark(
    1,
    "stickiness",
    plan.isSuffix
      ? `open-source nginx knows no routes: this map reads what stands behind "${plan.separator}" in ${plan.cookie} and leads to an upstream of each member; requests of sessions are not counted in ${group.name}, so shares follow new sessions only`
      : `open-source nginx before 1.29.6 has no sticky cookie: this map leads from ${plan.cookie} to an upstream of each member; requests of sessions are not counted in ${group.name}`,
    position,
  );
  if (stickiness.kind === "route-suffix" && stickiness.parameter !== "")
    text.remark(1, "stickiness", `the path parameter ${stickiness.parameter} is not looked at`, position);
  const why = stickyCookie(stickiness)?.why ?? null;
  if (why !== null) text.remark(1, "sticky-cookie", why, position);
  const { source, patternOf } = lookup(plan);
  text.line(1, `map ${source} $${variableOf(group, "upstream")} {`);
  text.line(2, `default ${group.name};`);
  for (const member of plan.members) text.line(2, `"${patternOf(cookieValue(member))}" ${upstreamOf(group, member)};`);
  text.line(1, "}");
  text.line(0, "");
  if (plan.sets) writeCookieMap(group, plan, text);
}

/** What the map looks at: variables can only be named after cookies of letters, digits and "_". */
function lookup({ cookie, isSuffix, separator }: Extract<StickyPlan, { kind: "map" }>): {
  readonly source: string;
  readonly patternOf: (value: string) => string;
} {
  if (/^\w+$/.test(cookie)) {
    const source = `$cookie_${cookie}`;
    return isSuffix
      ? { source, patternOf: (value) => `~${escaped(separator + value)}$` }
      : { source, patternOf: (value) => `~^${escaped(value)}$` };
  }
  const before = isSuffix ? `[^;]*${escaped(separator)}` : "";
  return {
    source: "$http_cookie",
    patternOf: (value) => `~(?:^|; *)${escaped(cookie)}=${before}${escaped(value)}(?:;|$)`,
  };
}

/** $upstream_addr lists all attempts; the last one answered. */
function writeCookieMap(
  group: GroupIntent,
  { cookie, members }: Extract<StickyPlan, { kind: "map" }>,
  text: ConfigurationText,
): void {
  text.line(1, `map $upstream_addr $${variableOf(group, "cookie")} {`);
  text.line(2, "default '';");
  for (const member of members) {
    const host = member.host.includes(":") ? `[${member.host}]` : member.host;
    const address = escaped(`${host}:${member.port}`);
    text.line(2, `"~(?:^|[ ,])${address}$" "${cookie}=${cookieValue(member)}; Path=/";`);
  }
  text.line(1, "}");
  text.line(0, "");
}

function escaped(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/"/g, "");
}
