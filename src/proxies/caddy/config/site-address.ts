import { Refused } from "./refused.ts";
import { positionOf, type Token } from "./token.ts";
import { splitHostPort } from "./upstream-address.ts";

/** An address of a site block: "https://example.com:8443/path" in its parts. */
export interface SiteAddress {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly text: string;
}

/** caddyconfig/httpcaddyfile/addresses.go, ParseAddress, Caddy 2.6.2. */
export function parseSiteAddress(token: Token): SiteAddress {
  const parts = /^(?:([a-z]+):\/\/)?([^/]*)(\/.*)?$/i.exec(token.text);
  const scheme = (parts?.[1] ?? "").toLowerCase();
  if (scheme !== "" && scheme !== "http" && scheme !== "https" && scheme !== "h2c")
    throw new Refused(`parsing key: unsupported URL scheme ${scheme}://`, positionOf(token));
  const { host, port } = splitHostPort(parts?.[2] ?? "");
  return { scheme, host: host === "*" ? "" : host.toLowerCase(), port, path: parts?.[3] ?? "", text: token.text };
}

/** Port that a site listens on; https is Caddy's default for sites with a name, and for ":443" (auto-HTTPS). */
export function listenPort(address: SiteAddress, httpPort: string, httpsPort: string): string {
  if (address.port !== "") return address.port;
  return address.scheme === "http" ? httpPort : httpsPort;
}
