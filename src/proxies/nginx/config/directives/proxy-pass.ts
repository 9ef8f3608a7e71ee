import type { Call, Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { positionOf } from "../conf-node.ts";
import { newUpstreamDraft } from "../drafts.ts";
import { type ParsedAddress, parseAddress } from "../parse-address.ts";
import { addressText } from "./upstream-server.ts";

/** Source: ngx_http_proxy_pass, nginx 1.22.1. */
const proxyPass: Handler = (call) => {
  const { reader, node, args, location } = call;
  if (location === null) return undefined;
  if (location.proxyPass !== null) return "is duplicate";
  const [url = ""] = args;
  const position = positionOf(node, 1);
  if (url.includes("$")) {
    location.proxyPass = { kind: "variable", url: reader.template(url, node, 1), position };
    return undefined;
  }
  const scheme = /^https?:\/\//i.exec(url)?.[0].toLowerCase();
  if (scheme === undefined) throw refuse(node, "invalid URL prefix", 1);
  const isSecure = scheme === "https://";
  const rest = url.slice(scheme.length);
  const address = parseAddress(rest, { defaultPort: isSecure ? 443 : 80, takesUri: true });
  if (typeof address === "string") throw refuse(node, `${address} in upstream "${rest}"`, 1);
  const upstream = useUpstream(call, address);
  checkUriPart(call, address.uri);
  const uri = address.uri === "" ? null : address.uri;
  const host = rest.slice(0, rest.length - address.uri.length);
  location.proxyPass = { kind: "upstream", scheme: isSecure ? "https" : "http", upstream, host, uri, position };
  return undefined;
};

/** Name of the upstream that the address means; an implicit one is added. Source: ngx_http_upstream_add, nginx 1.22.1. */
function useUpstream({ reader, node }: Call, address: ParsedAddress): string {
  const { upstreams } = reader.draft;
  const { noPort, port } = address;
  const host = address.family === "unix" ? addressText(address) : address.host;
  for (const each of upstreams) {
    if (each.name.toLowerCase() !== host.toLowerCase()) continue;
    if (each.isBlock && !noPort) throw refuse(node, `upstream "${host}" may not have port ${port}`, 1);
    if (each.isBlock) return each.name;
    if (each.port === port) return implicitName(each.name, each.port);
  }
  upstreams.push(newUpstreamDraft(host, false, noPort, port, node, positionOf(node, 1)));
  return implicitName(host, port);
}

/** Name of an implicit upstream: its address. */
export function implicitName(host: string, port: number): string {
  if (host.startsWith("unix:")) return host;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function checkUriPart({ node, location, scope }: Call, uri: string): void {
  const isNamed = location?.match.kind === "named" || location?.match.kind === "regex";
  if (uri === "" || !(isNamed || ["s", "l", "x"].includes(scope.context))) return;
  const message =
    '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, ' +
    'or inside "if" statement, or inside "limit_except" block';
  throw refuse(node, message, 1);
}

export const PROXY_PASS: readonly (readonly [string, Handler])[] = [["proxy_pass", proxyPass]];
