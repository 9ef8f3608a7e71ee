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

/**
 * Values of a parameter (of any when there is no name) as `url_param` finds them: behind `delimiter`, parameters end at it,
 * at `&` and at `;` (src/http.c, http_find_next_url_param, 2.6.12).
 */
export function parameterValues(target: string, name: string | undefined, delimiter = "?"): readonly string[] {
  const at = target.indexOf(delimiter);
  if (at < 0) return [];
  const values: string[] = [];
  let part = "";
  for (const char of `${target.slice(at + 1)}&`) {
    if (char !== "&" && char !== ";" && char !== delimiter) {
      part += char;
      continue;
    }
    const equal = part.indexOf("=");
    if (equal >= 0 && (name === undefined || part.slice(0, equal) === name)) values.push(part.slice(equal + 1));
    part = "";
  }
  return values;
}
