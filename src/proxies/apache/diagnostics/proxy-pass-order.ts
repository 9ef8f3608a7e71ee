import { type Finding, warning } from "../../shared/diagnostic.ts";
import type { PassRule, ServerConfig } from "../config/apache-config.ts";
import type { Diagnostic, Subject } from "./diagnostic.ts";

/** Line `earlier` takes every path that `later` could match. */
function shadows(earlier: PassRule, later: PassRule): boolean {
  if (earlier.match.kind !== "prefix" || later.match.kind !== "prefix") return false;
  const [wide, narrow] = [earlier.match.path, later.match.path];
  if (!narrow.startsWith(wide)) return false;
  return wide.endsWith("/") || narrow.length === wide.length || narrow[wide.length] === "/";
}

function pathOf(rule: PassRule): string {
  return rule.match.kind === "prefix" ? rule.match.path : rule.match.source;
}

/** Each later line with the first one that shadows it; lines that several hosts inherit count once. */
function shadowed(subject: Subject, wanted: (later: PassRule) => boolean): readonly (readonly [PassRule, PassRule])[] {
  const seen = new Map<string, readonly [PassRule, PassRule]>();
  const inServer = ({ passRules }: ServerConfig): void => {
    passRules.forEach((later, i) => {
      const earlier = passRules.slice(0, i).find((rule) => shadows(rule, later));
      const key = `${later.position.file}:${later.position.line}`;
      if (earlier !== undefined && wanted(later) && !seen.has(key)) seen.set(key, [earlier, later]);
    });
  };
  subject.config.servers.forEach(inServer);
  return [...seen.values()];
}

const generalFirst: Diagnostic = warning(
  "general-proxypass-first",
  "a ProxyPass line can never match because a more general one stands before it",
  (subject) =>
    shadowed(subject, (rule) => rule.target.kind !== "none").map(
      ([earlier, later]): Finding => ({
        message: `ProxyPass ${pathOf(later)} never matches: ${pathOf(earlier)} in line ${earlier.position.line} comes first and takes its requests`,
        hint: "the first match wins, not the longest: put the more specific line first",
        position: later.position,
      }),
    ),
);

const exclusionLate: Diagnostic = warning(
  "exclusion-too-late",
  'a ProxyPass with "!" stands behind the line that it should make an exception from',
  (subject) =>
    shadowed(subject, (rule) => rule.target.kind === "none").map(
      ([earlier, later]): Finding => ({
        message: `ProxyPass ${pathOf(later)} ! excludes nothing: ${pathOf(earlier)} in line ${earlier.position.line} matches before`,
        hint: "put the exclusion first",
        position: later.position,
      }),
    ),
);

export const PROXY_PASS_ORDER: readonly Diagnostic[] = [generalFirst, exclusionLate];
