/**
 * Where a request goes, as far as cookies care: host and path, each distinct pair once. Requests of one class share a
 * place, so whether a cookie matches is worked out once per place and not per request.
 */
export interface RequestPlace {
  readonly index: number;
  /** Lower case, without port. */
  readonly host: string;
  /** Path of the target without parameters and query. */
  readonly path: string;
  /** RFC 6265 section 5.1.4. */
  readonly defaultPath: string;
}

export class RequestPlaces {
  readonly places: RequestPlace[] = [];

  /** The place of a request target under a Host. */
  of(target: string, host: string): RequestPlace {
    const path = pathOf(target);
    const name = canonicalHost(host);
    const known = this.places.find((place) => place.host === name && place.path === path);
    if (known !== undefined) return known;
    const place = { index: this.places.length, host: name, path, defaultPath: defaultPath(path) };
    this.places.push(place);
    return place;
  }
}

function pathOf(target: string): string {
  const end = target.search(/[;?#]/);
  return end < 0 ? target : target.slice(0, end);
}

function canonicalHost(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, "");
}

function defaultPath(path: string): string {
  const slash = path.lastIndexOf("/");
  return path.startsWith("/") && slash > 0 ? path.slice(0, slash) : "/";
}
