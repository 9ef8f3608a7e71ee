import type {
  GroupIntent,
  HeaderIntent,
  PathIntent,
  RouteIntent,
  SiteIntent,
} from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { durationWords } from "../../shared/duration-words.ts";
import { stickyPlan, variableOf } from "./sticky-plan.ts";

const DEFAULT_TIMEOUT_US = 60_000_000;
/** Statuses that proxy_next_upstream can name. */
const NEXT_STATUSES = [403, 404, 429, 500, 502, 503, 504];

/** The locations of a site. nginx takes the longest prefix whatever the order, so what an earlier route hides is left out. */
export function writeLocations(site: SiteIntent, groups: readonly GroupIntent[], text: ConfigurationText): void {
  const written: string[] = [];
  for (const [i, route] of site.routes.entries()) {
    const hides = site.routes.slice(0, i).find((earlier) => isWithin(route.match, earlier.match));
    const words = locationWords(route.match);
    if (hides !== undefined || written.includes(words)) {
      text.remark(
        2,
        "path",
        `${words} is left out: an earlier rule of the source takes its requests, while nginx takes the longest prefix`,
        route.position,
      );
      continue;
    }
    written.push(words);
    writeLocation(words, route, groups, text);
  }
  if (site.unmatchedStatus !== 404 && !written.includes("location /")) {
    text.comment(2, "Paths that nothing above matches.");
    text.line(2, `location / { return ${site.unmatchedStatus}; }`);
  }
}

function isWithin(match: PathIntent, earlier: PathIntent): boolean {
  if (match.kind === "regex" || earlier.kind !== "prefix") return false;
  return match.path.startsWith(earlier.path) && match.path !== earlier.path;
}

function locationWords(match: PathIntent): string {
  if (match.kind === "exact") return `location = ${quoted(match.path)}`;
  if (match.kind === "prefix") return `location ${quoted(match.path)}`;
  const caseless = match.source.startsWith("(?i)");
  return `location ${caseless ? "~*" : "~"} "${match.source.replace(/^\(\?i\)/, "").replace(/"/g, '\\"')}"`;
}

function quoted(word: string): string {
  return /[\s;{}"']/.test(word) ? `"${word.replace(/["\\]/g, "\\$&")}"` : word;
}

function writeLocation(
  words: string,
  route: RouteIntent,
  groups: readonly GroupIntent[],
  text: ConfigurationText,
): void {
  const { match, to, position } = route;
  if (match.kind === "prefix" && match.wholeParts && !match.path.endsWith("/"))
    text.remark(
      2,
      "path",
      `nginx compares characters, not whole parts of a path: ${match.path}x comes here too`,
      position,
    );
  if (to.kind === "answer") {
    const answers = to.location === null ? "" : ` ${quoted(to.location)}`;
    if (to.location !== null && /[{}$%]/.test(to.location))
      text.remark(2, "path", `the redirect to ${to.location} may need other variables in nginx`, position);
    text.line(2, `${words} { return ${to.status}${answers}; }`);
    return;
  }
  const group = groups.find(({ name }) => name === to.group);
  if (group === undefined) return;
  text.line(2, `${words} {`);
  writePass(group, route, to.path, text);
  writeHeaders(group, text);
  writeTimeouts(group, text);
  writeFailover(group, text);
  text.line(2, "}");
  text.line(0, "");
}

function writePass(group: GroupIntent, { match }: RouteIntent, path: string | null, text: ConfigurationText): void {
  const scheme = group.tls ? "https" : "http";
  const plan = stickyPlan(group);
  if (plan.kind !== "map") {
    text.line(3, `proxy_pass ${scheme}://${group.name}${path === null ? "" : quoted(path)};`);
    return;
  }
  if (path !== null && match.kind === "prefix")
    text.line(3, `rewrite "^${escaped(match.path)}(.*)$" "${path}$1" break;`);
  text.line(3, `proxy_pass ${scheme}://$${variableOf(group, "upstream")};`);
  if (plan.sets) text.line(3, `add_header Set-Cookie $${variableOf(group, "cookie")} always;`);
}

function escaped(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/"/g, "");
}

function writeHeaders(group: GroupIntent, text: ConfigurationText): void {
  if (group.host === "of-member")
    text.remark(
      3,
      "host-header",
      "the source sends each member its own name as Host; nginx has no variable for it, so members see the client's Host",
      group.position,
    );
  if (group.host !== "of-group") text.line(3, "proxy_set_header Host $http_host;");
  if (group.forwardedFor) text.line(3, "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;");
  if (group.upgrades || group.keepsConnections) text.line(3, "proxy_http_version 1.1;");
  if (group.upgrades) {
    text.line(3, "proxy_set_header Upgrade $http_upgrade;");
    text.line(3, "proxy_set_header Connection $connection_upgrade;");
  } else if (group.keepsConnections) text.line(3, 'proxy_set_header Connection "";');
  for (const header of group.headers) {
    const { name, value, position } = header;
    if (typeof value === "string" && value.includes("$"))
      text.remark(3, "left-out", `the header ${name}: nginx can't write "$" in a value`, position);
    else text.line(3, `proxy_set_header ${name} ${headerValue(header)};`);
  }
}

function headerValue({ value }: HeaderIntent): string {
  if (typeof value === "string") return `"${value.replace(/["\\]/g, "\\$&")}"`;
  return value.fact === "client-address" ? "$remote_addr" : value.fact === "scheme" ? "$scheme" : "$host";
}

function writeTimeouts({ timeouts, position }: GroupIntent, text: ConfigurationText): void {
  const { connectUs, silenceUs } = timeouts;
  if (connectUs === null || silenceUs === null)
    text.remark(
      3,
      "timeouts",
      "the source sets no limit; nginx always has one (60 s when nothing is written)",
      position,
    );
  if (connectUs !== null && connectUs !== DEFAULT_TIMEOUT_US)
    text.line(3, `proxy_connect_timeout ${durationWords(connectUs)};`);
  if (silenceUs === null || silenceUs === DEFAULT_TIMEOUT_US) return;
  text.line(3, `proxy_send_timeout ${durationWords(silenceUs)};`);
  text.line(3, `proxy_read_timeout ${durationWords(silenceUs)};`);
}

function writeFailover({ failover, members }: GroupIntent, text: ConfigurationText): void {
  const { attempts, again, badStatuses, elsewhere, position, silenceCounts } = failover;
  if (attempts === 1) {
    text.line(3, "proxy_next_upstream off;");
    writeBadStatuses(badStatuses, text, position);
    return;
  }
  if (!elsewhere)
    text.remark(
      3,
      "retries",
      `the source tries the same member again; nginx ${members.length > 1 ? "goes on to the next one" : "has no next one, so the request fails at once"}`,
      position,
    );
  if (!again.closed || !again.silence)
    text.remark(
      3,
      "retries",
      `the source repeats a request only when ${again.closed ? "the connection failed or was closed" : "no connection came about"}; nginx's error and timeout do not tell that from a member that ${again.closed ? "is silent" : "broke off or is silent"}, so such GET requests are repeated too`,
      position,
    );
  if (!silenceCounts)
    text.remark(
      3,
      "out-rule",
      "a member that is silent for too long counts as failed in nginx, not in the source",
      position,
    );
  const statuses = again.statuses.filter((status) => NEXT_STATUSES.includes(status)).map((status) => `http_${status}`);
  const unsafe = again.unsafe && (again.closed || again.silence || again.statuses.length > 0) ? ["non_idempotent"] : [];
  const lost = again.statuses.filter((status) => !NEXT_STATUSES.includes(status));
  if (lost.length > 0)
    text.remark(3, "retries", `nginx can't repeat requests that were answered ${lost.join(", ")}`, position);
  writeBadStatuses(
    badStatuses.filter((status) => !again.statuses.includes(status)),
    text,
    position,
  );
  text.line(3, `proxy_next_upstream ${["error", "timeout", ...statuses, ...unsafe].join(" ")};`);
  if (attempts !== null) text.line(3, `proxy_next_upstream_tries ${attempts};`);
}

function writeBadStatuses(
  statuses: readonly number[],
  text: ConfigurationText,
  position: GroupIntent["position"],
): void {
  if (statuses.length > 0)
    text.remark(
      3,
      "bad-status",
      `the source counts answers ${statuses.join(", ")} as failures of the member and passes them on; nginx counts only those that it repeats (http_500 … in proxy_next_upstream), so they are not counted here`,
      position,
    );
}
