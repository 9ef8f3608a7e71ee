import type { LocationConfig } from "./config/location-config.ts";
import type { Exchange } from "./exchange.ts";
import { matches } from "./variables.ts";

/** What the search for a location came to. */
export interface FoundLocation {
  readonly location: LocationConfig;
  /** An exact location or an expression: nothing else is tried. */
  readonly isFinal: boolean;
  /** The URI is that of a proxied prefix location without its closing slash: 301. */
  readonly addsSlash: boolean;
}

/**
 * The location of a URI (ngx_http_core_find_location): an exact one; else the longest prefix and what is nested in it; then, unless
 * the prefix is `^~`, expressions in the order of the file, and what is nested in them.
 */
export function findLocation(exchange: Exchange, parent: LocationConfig, uri: string): FoundLocation | null {
  let best: LocationConfig | null = null;
  let bestLength = -1;
  for (const location of parent.locations) {
    const { match } = location;
    if (match.kind === "exact" && match.uri === uri) return { location, isFinal: true, addsSlash: false };
    if (match.kind !== "prefix" && match.kind !== "final-prefix") continue;
    if (uri.startsWith(match.uri) && match.uri.length > bestLength) {
      best = location;
      bestLength = match.uri.length;
    }
  }
  // A location of just this URI goes before one with a slash more (ngx_http_core_find_static_location).
  const slash =
    bestLength === uri.length
      ? undefined
      : parent.locations.find(({ match, autoRedirect }) => autoRedirect && "uri" in match && match.uri === `${uri}/`);
  if (slash !== undefined) return { location: slash, isFinal: true, addsSlash: true };
  const nested = best === null ? null : findLocation(exchange, best, uri);
  if (nested?.isFinal === true) return nested;
  if (best?.match.kind !== "final-prefix") {
    const expression = byExpression(exchange, parent, uri);
    if (expression !== null) return expression;
  }
  return nested ?? (best === null ? null : { location: best, isFinal: false, addsSlash: false });
}

function byExpression(exchange: Exchange, parent: LocationConfig, uri: string): FoundLocation | null {
  for (const location of parent.locations) {
    if (location.match.kind !== "regex" || !matches(exchange, location.match.regex, uri)) continue;
    const nested = findLocation(exchange, location, uri);
    return { location, addsSlash: false, ...nested, isFinal: true };
  }
  return null;
}

/** A location "@name" of a server. */
export function namedLocation(root: LocationConfig, name: string): LocationConfig | null {
  return root.locations.find(({ match }) => match.kind === "named" && match.name === name) ?? null;
}
