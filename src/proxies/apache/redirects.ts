import type { RedirectRule } from "./config/request-config.ts";
import type { OwnAnswer, OwnPages } from "./error-pages.ts";
import type { Exchange } from "./exchange.ts";
import { patternOf, withGroups } from "./pattern.ts";
import { escapeUri } from "./rewrite/target-url.ts";
import { ownOrigin } from "./server-variables.ts";
import { Route } from "./url-mapping.ts";
import { matchPrefix, parseTarget, type RequestTarget } from "./url-path.ts";

/**
 * Redirect and RedirectMatch of a server, asked where no ProxyPass and no RewriteRule took the request: mod_alias comes
 * after them (translate_alias_redir of mod_alias.c, 2.4.x).
 */
export class Redirects {
  private readonly rules: readonly { readonly rule: RedirectRule; readonly pattern: RegExp | null }[];
  private readonly pages: OwnPages;

  constructor(rules: readonly RedirectRule[], pages: OwnPages) {
    this.rules = rules.map((rule) => ({
      rule,
      pattern: rule.match.kind === "regex" ? patternOf(rule.match.source, "") : null,
    }));
    this.pages = pages;
  }

  /** Null: none of them matches. */
  routeFor(exchange: Exchange): Route | null {
    const target = parseTarget(exchange.what?.target.text ?? "");
    if (typeof target === "number") return null;
    for (const { rule, pattern } of this.rules) {
      const url = urlOf(rule, pattern, target);
      if (url === null) continue;
      if (rule.url === null) return answer(this.pages.error(rule.status));
      const query = target.query === null || url.includes("?") ? "" : `?${target.query}`;
      const whole = url.startsWith("/") ? ownOrigin(exchange) + url : url;
      return answer(this.pages.redirect(rule.status, whole + query));
    }
    return null;
  }
}

function answer(own: OwnAnswer): Route {
  const route = new Route(null, "", own);
  route.isAnswer = true;
  return route;
}

/** The URL before the query, null when the rule does not match. */
function urlOf(rule: RedirectRule, pattern: RegExp | null, { path }: RequestTarget): string | null {
  if (rule.match.kind === "prefix") {
    const length = matchPrefix(path, rule.match.path);
    return length === 0 ? null : (rule.url ?? "") + escapeUri(path.slice(length));
  }
  const found = pattern?.exec(path) ?? null;
  if (found === null) return null;
  const text = withGroups(rule.url ?? "", found);
  const [front = "", rest = ""] = text.split(/(?=[?#])(.*)/s, 2);
  return escapeUri(front) + rest;
}
