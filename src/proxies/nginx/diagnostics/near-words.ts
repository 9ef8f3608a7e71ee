import { suggest } from "../../../contract/suggest.ts";
import { CHOICE_OF } from "../config/choices.ts";
import { KNOWN_DIRECTIVES } from "../config/known-directives.ts";
import { KNOWN_VARIABLES } from "../config/known-variables.ts";

/** Parameters by directive, as far as nginx calls a wrong one "invalid parameter". */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  server: words("weight= max_conns= max_fails= fail_timeout= backup down slow_start= route= drain resolve service="),
  hash: ["consistent"],
  random: ["two", "least_conn"],
  listen: words(
    "default_server ssl http2 proxy_protocol backlog= rcvbuf= sndbuf= accept_filter= deferred bind ipv6only= reuseport so_keepalive=",
  ),
  limit_req: words("zone= burst= nodelay delay="),
  limit_req_zone: words("zone= rate="),
  limit_conn_zone: ["zone="],
  add_header: ["always"],
  add_trailer: ["always"],
  proxy_redirect: ["default", "off"],
  proxy_cookie_flags: words(
    "secure nosecure httponly nohttponly samesite=strict samesite=lax samesite=none nosamesite off",
  ),
  rewrite: words("last break redirect permanent"),
};
const METHODS = words("GET HEAD POST PUT DELETE MKCOL COPY MOVE OPTIONS PROPFIND PROPPATCH LOCK UNLOCK PATCH");
/** Names that newer nginx or NGINX Plus knows: no slips of the pen. */
const ELSEWHERE =
  /^(?:sticky|least_time|queue|health_check|state|ntlm|match|zone_sync|api|status_zone|resolver_timeout)$/;

/** The word that the author of a refused line most likely meant, by nginx's message; null when none is near. */
export function nearWord(message: string, directive: string): string | null {
  const [, what = "", written = ""] =
    /^(unknown directive|invalid parameter|invalid value|invalid method) "(.+?)"/.exec(message) ?? [];
  const variable = /^unknown "(.+)" variable/.exec(message)?.[1];
  if (variable !== undefined) return prefixed("$", other(variable, [...KNOWN_VARIABLES]));
  if (what === "unknown directive")
    return ELSEWHERE.test(written) ? null : other(written, [...KNOWN_DIRECTIVES.keys()]);
  if (what === "invalid method") return other(written, METHODS);
  if (what === "invalid value") return other(written, CHOICE_OF.get(directive)?.words ?? []);
  if (what !== "invalid parameter") return null;
  const known = PARAMETERS[directive] ?? [];
  const key = /^[^=]*=?/.exec(written)?.[0] ?? "";
  return known.includes(key) ? null : (other(key, known) ?? other(written, known));
}

/** A known word in another case is meant, the very word is not: something else is wrong with it then. */
function other(written: string, known: readonly string[]): string | null {
  return known.includes(written) ? null : suggest(written, known);
}

function prefixed(prefix: string, word: string | null): string | null {
  return word === null ? null : prefix + word;
}

function words(text: string): readonly string[] {
  return text.split(" ");
}
