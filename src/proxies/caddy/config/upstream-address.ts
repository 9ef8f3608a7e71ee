import type { Refused } from "./refused.ts";
import { refuse, type Token } from "./token.ts";

export interface DialAddress {
  readonly dial: string;
  readonly scheme: string;
}

/**
 * "host:port" of an upstream as written (reverseproxy/addresses.go, parseUpstreamDialAddress, Caddy 2.6.2): the scheme
 * goes, a missing port is 80, 443 behind https.
 */
export function parseUpstreamAddress(token: Token): DialAddress {
  return token.text.includes("://") ? ofUrl(token) : ofPlain(token.text);
}

function ofUrl(token: Token): DialAddress {
  const { text } = token;
  if (text.includes("{"))
    throw refuse(
      token,
      "due to parsing difficulties, placeholders are not allowed when an upstream address contains a scheme",
    );
  const parts = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)(.*)$/.exec(text);
  if (parts === null)
    throw refuse(token, `parsing upstream URL: parse "${text}": first path segment in URL cannot contain colon`);
  const scheme = (parts[1] as string).toLowerCase();
  if ((parts[3] as string) !== "")
    throw refuse(token, "for now, URLs for proxy upstreams only support scheme, host, and port components");
  const { host, port } = splitHostPort(parts[2] as string);
  checkPort(token, scheme, port);
  return { dial: join(host, port === "" ? (scheme === "https" ? "443" : "80") : port), scheme };
}

function checkPort(token: Token, scheme: string, port: string): void {
  const conflict = (secure: string): Refused =>
    refuse(token, `upstream address has conflicting scheme (${scheme}://) and port (:${port}, the ${secure} port)`);
  if ((scheme === "http" || scheme === "h2c") && port === "443") throw conflict("HTTPS");
  if (scheme === "https" && port === "80") throw conflict("HTTP");
}

function ofPlain(text: string): DialAddress {
  const slash = text.indexOf("/");
  if (slash >= 0) {
    const network = text.slice(0, slash).toLowerCase();
    return { dial: `${network}/${text.slice(slash + 1)}`, scheme: network === "unix+h2c" ? "h2c" : "" };
  }
  const { host, port } = splitHostPort(text);
  if (port === "" && host.includes("{")) return { dial: host, scheme: "" };
  return { dial: join(host, port === "" ? "80" : port), scheme: "" };
}

/** "[::1]:80" and "a:80" as host and port. */
export function splitHostPort(text: string): { readonly host: string; readonly port: string } {
  const parts = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(text);
  return parts === null ? { host: text, port: "" } : { host: parts[1] ?? parts[2] ?? "", port: parts[3] ?? "" };
}

function join(host: string, port: string): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
