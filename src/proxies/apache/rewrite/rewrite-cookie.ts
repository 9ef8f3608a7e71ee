/** A Set-Cookie line and the name in it. */
export interface RewriteCookie {
  readonly name: string;
  readonly line: string;
}

/**
 * What flag CO makes of `NAME:value:domain[:minutes[:path[:secure[:httponly[:samesite]]]]]` (add_cookie of mod_rewrite.c,
 * 2.4.x); null when a part that must be there is missing. The simulated world has no calendar: where httpd writes the date
 * of the end, the line says how long the cookie lives.
 */
export function rewriteCookie(text: string): RewriteCookie | null {
  const separator = text.startsWith(";") ? ";" : ":";
  // apr_strtok takes several separators for one.
  const [name, value, domain, minutes, path, secure, httpOnly, sameSite] = text
    .split(separator)
    .filter((part) => part !== "");
  if (name === undefined || value === undefined || domain === undefined) return null;
  const lifetime = Number.parseInt(minutes ?? "", 10) || 0;
  const says = (word: string | undefined, own: string): boolean =>
    word !== undefined && ["true", "1", own].includes(word.toLowerCase());
  const parts = [`${name}=${value}`, `path=${path ?? "/"}`, `domain=${domain}`];
  if (lifetime !== 0) parts.push(`max-age=${lifetime * 60}`);
  if (says(secure, "secure")) parts.push("secure");
  if (says(httpOnly, "httponly")) parts.push("HttpOnly");
  if (sameSite !== undefined && sameSite !== "0" && sameSite.toLowerCase() !== "false") {
    parts.push(`SameSite=${sameSite}`);
  }
  return { name, line: parts.join("; ") };
}
