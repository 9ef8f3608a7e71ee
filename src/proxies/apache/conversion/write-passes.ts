import type { GroupIntent, PathIntent, RouteIntent, SiteIntent } from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { inQuotes } from "./in-quotes.ts";

/** ProxyPass lines in the order in which httpd looks at them. */
export function writePasses(site: SiteIntent, groups: readonly GroupIntent[], text: ConfigurationText): void {
  for (const route of site.routes) writePass(route, groups, text);
  const takesAll = site.routes.some(({ match }) => match.kind === "prefix" && match.path === "/");
  if (!takesAll && site.unmatchedStatus !== 404)
    text.remark(
      1,
      "own-status",
      `paths that nothing above matches get ${site.unmatchedStatus} in the source; httpd looks for a file and answers 404`,
      site.position,
    );
}

function writePass(
  { match, to, position }: RouteIntent,
  groups: readonly GroupIntent[],
  text: ConfigurationText,
): void {
  if (match.kind === "prefix" && !match.wholeParts && !match.path.endsWith("/"))
    text.remark(
      1,
      "path",
      `httpd compares whole parts of a path: ${match.path}x does not come here, as it does in the source`,
      position,
    );
  if (to.kind === "answer") {
    writeAnswer(match, to, position, text);
    return;
  }
  const group = groups.find(({ name }) => name === to.group);
  if (group === undefined) return;
  const balancer = `balancer://${group.name}`;
  if (match.kind !== "prefix") {
    // Without a $ in the URL httpd puts the whole path behind it.
    text.line(1, `ProxyPassMatch ${inQuotes(patternOf(match))} ${balancer}`);
    return;
  }
  const url = inQuotes(balancer + (to.path ?? match.path));
  text.line(1, `ProxyPass ${inQuotes(match.path)} ${url}`);
  text.line(1, `ProxyPassReverse ${inQuotes(match.path)} ${url}`);
}

function patternOf(match: Exclude<PathIntent, { kind: "prefix" }>): string {
  return match.kind === "regex" ? match.source : `^${match.path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
}

function writeAnswer(
  match: PathIntent,
  to: Extract<RouteIntent["to"], { kind: "answer" }>,
  position: RouteIntent["position"],
  text: ConfigurationText,
): void {
  const isPrefix = match.kind === "prefix";
  const where = inQuotes(isPrefix ? match.path : patternOf(match));
  text.line(1, `ProxyPass${isPrefix ? "" : "Match"} ${where} !`);
  if (to.status === 404) return;
  const redirect = isPrefix ? "Redirect" : "RedirectMatch";
  if (to.location !== null && /[{}$%]/.test(to.location))
    text.remark(1, "path", `the redirect to ${to.location} holds variables of the source and is left out`, position);
  else if (to.location !== null && to.status >= 300 && to.status < 400)
    text.line(1, `${redirect} ${to.status} ${where} ${inQuotes(to.location)}`);
  else if (to.status >= 400) text.line(1, `${redirect} ${to.status} ${where}`);
  else
    text.remark(
      1,
      "own-status",
      `httpd has no answer ${to.status} of its own: it looks for a file and answers 404`,
      position,
    );
}
