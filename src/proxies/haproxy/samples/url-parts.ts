/** The path of a request target, without scheme, host and query. */
export function pathOf(target: string): string {
  const bare = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, "");
  const end = bare.search(/[?#]/);
  return end < 0 ? bare : bare.slice(0, end);
}

/** What follows the question mark, null when there is none. */
export function queryOf(target: string): string | null {
  const at = target.indexOf("?");
  return at < 0 ? null : target.slice(at + 1);
}

/** The first parameter of a name in the query; "" when it is empty, null when it is missing. */
export function urlParameter(target: string, name: string): string | null {
  const query = queryOf(target);
  if (query === null) return null;
  for (const pair of query.split("&")) {
    const equal = pair.indexOf("=");
    if (equal >= 0 && pair.slice(0, equal) === name) return pair.slice(equal + 1);
  }
  return null;
}
