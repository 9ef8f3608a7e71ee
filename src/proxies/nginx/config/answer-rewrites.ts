import { compileRegex } from "./compile-regex.ts";
import type { CookieFlags, CookieRewrite, ProxyRedirect } from "./location-config.ts";
import type { DirectiveUse, Scope } from "./scope.ts";
import { templateOf } from "./scope-values.ts";
import type { RegexSource } from "./template.ts";

/** proxy_redirect; without any line it is `default`, unless proxy_pass has variables (the machine leaves it then). */
export function redirects(scope: Scope): readonly ProxyRedirect[] {
  const uses = scope.uses("proxy_redirect");
  if (uses.length === 0) return [{ kind: "default" }];
  return uses.flatMap(({ args }): ProxyRedirect[] => {
    const [from = "", to] = args;
    if (to === undefined) return from === "default" ? [{ kind: "default" }] : [];
    const regex = regexOf(from);
    if (regex !== null) return [{ kind: "regex", regex, to: templateOf(to) }];
    return [{ kind: "prefix", from: templateOf(from), to: templateOf(to) }];
  });
}

/** proxy_cookie_domain, proxy_cookie_path; domains are written with or without the leading dot. */
export function cookieRewrites(scope: Scope, name: string): readonly CookieRewrite[] {
  return scope.uses(name).flatMap(({ args }): CookieRewrite[] => {
    const [from = "", to] = args;
    if (to === undefined) return [];
    // Domains and names of cookies are always compared without regard to case (ngx_http_proxy_cookie_domain, …_flags).
    const regex = regexOf(from, name === "proxy_cookie_domain");
    if (regex !== null) return [{ kind: "regex", regex, to: templateOf(to) }];
    return [{ kind: "text", from: templateOf(from), to: templateOf(to) }];
  });
}

export function cookieFlags(scope: Scope): readonly CookieFlags[] {
  return scope.uses("proxy_cookie_flags").flatMap(({ args }: DirectiveUse): CookieFlags[] => {
    const [cookie = "", ...flags] = args;
    if (cookie === "off" && flags.length === 0) return [];
    const regex = regexOf(cookie, true);
    return [{ cookie: regex === null ? { name: templateOf(cookie) } : { regex }, flags }];
  });
}

function regexOf(pattern: string, ignoresCase = false): RegexSource | null {
  if (!pattern.startsWith("~")) return null;
  const isCaseless = pattern.startsWith("~*");
  return compileRegex(pattern.slice(isCaseless ? 2 : 1), isCaseless || ignoresCase);
}
