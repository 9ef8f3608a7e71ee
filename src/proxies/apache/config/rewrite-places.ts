import { Expansion } from "../rewrite/expansion.ts";
import type { RewriteMapConfig, RewriteRuleConfig } from "./rewrite-config.ts";
import { parseWorkerUrl, type WorkerUrl } from "./worker-url.ts";

/** Beyond this many a map stands for more machines than anybody simulates. */
const MOST_PLACES = 1000;

/**
 * The places that a rule with flag P may lead to, without paths: `scheme://host:port`. [] = a balancer; null = the host
 * comes out of the request, or is the server itself, so that no simulated backend can be named for it.
 */
export function placesOf(
  rule: Pick<RewriteRuleConfig, "pattern" | "output">,
  maps: ReadonlyMap<string, RewriteMapConfig>,
): readonly WorkerUrl[] | null {
  const output = rule.output ?? "";
  if (/^balancer:\/\//i.test(output)) return [];
  let starts = [""];
  for (const part of new Expansion(output).parts) {
    if (starts.every((start) => /^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i.test(start))) break;
    const values = valuesOf(part, rule.pattern, maps);
    if (values === null) return null;
    starts = starts.flatMap((start) => values.map((value) => start + value));
    if (starts.length > MOST_PLACES) return null;
  }
  const places = starts.map((start) => /^[a-z][a-z0-9+.-]*:\/\/[^/?]+/i.exec(start)?.[0]);
  if (places.includes(undefined)) return null;
  const parsed = [...new Set(places as string[])].map(parseWorkerUrl);
  return parsed.flatMap((url) => (typeof url === "string" ? [] : [url]));
}

/** What a part may bring in before the path begins; null = nobody knows. */
function valuesOf(
  part: Expansion["parts"][number],
  pattern: string,
  maps: ReadonlyMap<string, RewriteMapConfig>,
): readonly string[] | null {
  if (part.kind === "text") return [part.text];
  if (part.kind === "variable") return part.name.toUpperCase() === "REQUEST_URI" ? ["/"] : null;
  if (part.kind === "group") return part.of === "rule" && isPath(pattern, part.group) ? ["/"] : null;
  const map = maps.get(part.map);
  if (map?.kind !== "text") return null;
  const known = Object.values(map.entries).flatMap((value) => (map.random ? value.split("|") : [value]));
  return part.otherwise === null ? known : [...known, part.otherwise.fixedStart];
}

/** Whether a group of a pattern begins with the slash that every path begins with. */
function isPath(pattern: string, group: number): boolean {
  if (group === 0) return /^\^?(?:\(?[./])/.test(pattern);
  if (group === 1 && /^\^?\((?:\.[*+]|\.\*\??)\)/.test(pattern)) return true;
  let open = 0;
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === "\\") i++;
    else if (pattern[i] === "(" && pattern[i + 1] !== "?" && ++open === group)
      return /^\\?\//.test(pattern.slice(i + 1));
  }
  return false;
}

/** Key under which a place's default worker is found. */
export function keyOf({ scheme, host, port }: Pick<WorkerUrl, "scheme" | "host" | "port">): string {
  return `${scheme}://${host.toLowerCase()}:${port}`;
}
