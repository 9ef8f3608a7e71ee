import type {
  BalancingIntent,
  GroupIntent,
  PathIntent,
  RouteIntent,
  SiteIntent,
  WrittenConfiguration,
} from "../../contract/balancing-intent.ts";
import { beginConversion } from "../shared/begin-conversion.ts";
import type { ConfigurationText } from "../shared/configuration-text.ts";
import { inQuotes } from "./conversion/in-quotes.ts";
import { writeProxy } from "./conversion/write-proxy.ts";

/** The nearest Caddyfile (Caddy 2.6.2) to an intent (spec/caddy.md). */
export function writeCaddyfile(intent: BalancingIntent): WrittenConfiguration {
  const text = beginConversion(intent, "Caddy");
  if (intent.mostClients !== null)
    text.remark(
      0,
      "client-limit",
      `Caddy has no limit of client connections (${intent.mostClients} in the source)`,
      null,
    );
  const written: string[] = [];
  for (const site of intent.sites)
    for (const listens of apart(site)) writeSite({ ...site, listens }, intent, written, text);
  return text.written();
}

/** `bind` and `tls` hold for a whole site block, so sockets with other ones need one of their own. */
function apart({ listens }: SiteIntent): readonly SiteIntent["listens"][] {
  const keyOf = ({ host, tls }: SiteIntent["listens"][number]): string => `${host} ${tls}`;
  return [...new Set(listens.map(keyOf))].map((key) => listens.filter((listen) => keyOf(listen) === key));
}

/** Addresses of a site; what another site has already is left away. */
function addressesOf({ listens, names, takesRest }: SiteIntent, written: string[]): readonly string[] {
  const all = listens.flatMap(({ port, tls }) => {
    const scheme = tls ? "https" : "http";
    const named = names.map((name) => `${scheme}://${name}:${port}`);
    return takesRest || names.length === 0 ? [...named, `:${port}`] : named;
  });
  const fresh = [...new Set(all)].filter((address) => !written.includes(address));
  written.push(...fresh);
  return fresh;
}

function writeSite(site: SiteIntent, intent: BalancingIntent, written: string[], text: ConfigurationText): void {
  const addresses = addressesOf(site, written);
  if (addresses.length === 0) {
    text.remark(0, "path", "this site is left out: an earlier one has its addresses", site.position);
    return;
  }
  text.line(0, `${addresses.join(", ")} {`);
  const hosts = [...new Set(site.listens.map(({ host }) => host).filter((host) => host !== ""))];
  if (hosts.length > 0) text.line(1, `bind ${hosts.join(" ")}`);
  if (site.listens.some(({ tls }) => tls)) {
    text.remark(
      1,
      "certificate",
      "lbsim does not carry certificates over; without this line Caddy fetches one by itself",
      site.position,
    );
    text.line(1, "tls /etc/caddy/site.crt /etc/caddy/site.key");
  }
  text.comment(1, "route keeps the order of what stands in it.");
  text.line(1, "route {");
  for (const [i, route] of site.routes.entries()) writeRoute(route, i, intent, text);
  if (!site.routes.some(({ match }) => match.kind === "prefix" && match.path === "/") && site.unmatchedStatus !== 200)
    text.line(2, `respond ${site.unmatchedStatus}`);
  text.line(1, "}");
  text.line(0, "}");
  text.line(0, "");
}

function writeRoute(
  { match, to, position }: RouteIntent,
  i: number,
  { groups, sites }: BalancingIntent,
  text: ConfigurationText,
): void {
  const matcher = `@path_${i + 1}`;
  const isEverything = match.kind === "prefix" && match.path === "/";
  if (!isEverything) {
    if (match.kind !== "regex" && match.path !== match.path.toLowerCase())
      text.remark(2, "path", "Caddy does not tell upper from lower case in paths", position);
    text.line(2, `${matcher} ${matcherWords(match)}`);
  }
  const target = isEverything ? "" : `${matcher} `;
  if (to.kind === "answer") {
    if (to.location !== null && /[{}$%]/.test(to.location))
      text.remark(2, "path", `the redirect to ${to.location} may need other placeholders in Caddy`, position);
    if (to.location === null) text.line(2, `respond ${target}${to.status}`);
    else text.line(2, `redir ${isEverything ? "* " : target}${inQuotes(to.location)} ${to.status}`);
    return;
  }
  const group = groups.find(({ name }) => name === to.group);
  if (group === undefined) return;
  text.line(2, `handle ${target}{`);
  if (to.path !== null && match.kind === "prefix") writeRewrite(match.path, to.path, position, text);
  if (usesOf(group, sites) > 1)
    text.remark(
      3,
      "shared-state",
      "several routes lead to these members, and each reverse_proxy of Caddy takes turns by itself (failures are counted together)",
      group.position,
    );
  writeProxy(group, text);
  text.line(2, "}");
}

function usesOf({ name }: GroupIntent, sites: readonly SiteIntent[]): number {
  return sites.flatMap(({ routes }) => routes).filter(({ to }) => to.kind === "group" && to.group === name).length;
}

function matcherWords(match: PathIntent): string {
  if (match.kind === "regex") return `path_regexp ${inQuotes(match.source)}`;
  if (match.kind === "exact") return `path ${inQuotes(match.path)}`;
  if (!match.wholeParts || match.path.endsWith("/")) return `path ${inQuotes(`${match.path}*`)}`;
  return `path ${inQuotes(match.path)} ${inQuotes(`${match.path}/*`)}`;
}

/** Takes the matched prefix off and puts another before the rest; Caddy keeps the slash between them. */
function writeRewrite(from: string, to: string, position: RouteIntent["position"], text: ConfigurationText): void {
  if (from.endsWith("/") !== to.endsWith("/"))
    text.remark(
      3,
      "path",
      `${from} becomes ${to} character by character in the source; Caddy keeps one slash before the rest`,
      position,
    );
  const strip = from.replace(/\/$/, "");
  const add = to.replace(/\/$/, "");
  if (strip !== "") text.line(3, `uri strip_prefix ${inQuotes(strip)}`);
  if (add !== "") text.line(3, `rewrite * ${inQuotes(`${add}{uri}`)}`);
}
