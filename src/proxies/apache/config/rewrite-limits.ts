import { expressionError } from "../expression.ts";
import { patternOf } from "../pattern.ts";
import { Expansion } from "../rewrite/expansion.ts";
import type { RewriteConditionConfig, RewriteMapConfig, RewriteRuleConfig } from "./rewrite-config.ts";
import { placesOf } from "./rewrite-places.ts";

/** Variables that depend on the calendar, TLS, a sub-request or the machine that httpd runs on. */
const UNKNOWN = /^(?:TIME(?:_.*)?|SSL:.*|LA-[UF]:.*|REMOTE_HOST|REMOTE_PORT|SCRIPT_USER|SCRIPT_GROUP|API_VERSION)$/i;

/**
 * Whether a rule, or a condition of it, asks for something that lbsim does not know.
 * @param lostMaps maps that are there but that lbsim does not look into
 */
export function isUnmodelled(
  rule: RewriteRuleConfig,
  maps: ReadonlyMap<string, RewriteMapConfig>,
  lostMaps: ReadonlySet<string>,
): boolean {
  const texts = [...(rule.output === null ? [] : [rule.output]), ...rule.environment, ...rule.cookies];
  const asks = (text: string): boolean =>
    new Expansion(text).names.some(({ kind, name }) =>
      kind === "map" ? lostMaps.has(name) && !maps.has(name) : UNKNOWN.test(name),
    );
  if (patternOf(rule.pattern, "") === null || texts.some(asks)) return true;
  if (rule.conditions.some((condition) => isUnreadable(condition) || asks(condition.input))) return true;
  return rule.proxy && rule.output !== null && placesOf(rule, maps) === null;
}

function isUnreadable({ test }: RewriteConditionConfig): boolean {
  if (test.kind === "pattern") return patternOf(test.source, "") === null;
  if (test.kind === "expression") return expressionError(test.source) !== null;
  return test.kind === "file" && test.wants === "other";
}
