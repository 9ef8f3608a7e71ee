import { nearWord } from "./near-words.ts";

/** What to write instead, by nginx's message; the first that fits. */
const HINTS: readonly (readonly [message: RegExp, hint: string])[] = [
  [/^invalid parameter "fail_timeout=\d+ms"/, "fail_timeout takes whole seconds: 1s"],
  [/^invalid parameter "weight=0"/, "weights begin at 1; write down to take a server out"],
  [/^invalid parameter "(?:slow_start|route|drain|resolve|service)/, "the parameter needs NGINX Plus or a newer nginx"],
  [
    /does not support parameter "backup"/,
    "hash, ip_hash and random have no backup servers; leave it out, or use least_conn",
  ],
  [/^unknown directive "(?:sticky|least_time|queue|health_check)"/, "the directive needs NGINX Plus or a newer nginx"],
  [/^unknown directive/, 'mend the name; a missing ";" on the line before also leads here'],
  [/^invalid value "http_\d+"/, "known are http_403, http_404, http_429, http_500, http_502, http_503 and http_504"],
  [/directive is not allowed here$/, "look at its documentation for the blocks in which it may stand"],
  [/is not terminated by ";"$/, 'a ";" is missing before the "{"'],
  [/^unexpected end of file, expecting "}"/, 'a "}" is missing'],
  [/^unexpected end of file/, 'a ";", a "}" or a closing quote is missing'],
  [/^host not found in upstream/, "the name has no address; write another one, or an address"],
  [/^no servers in upstream/, "at least one server must be without backup"],
  [/^no servers are inside upstream/, "add server lines"],
  [/worker_connections are not enough/, "raise worker_connections: sockets and clients need places"],
  [/^zero size shared memory zone/, "declare the zone with limit_conn_zone or limit_req_zone"],
  [/^no "events" section/, "add events { }"],
  [/may not have port/, "leave the port away: the server lines of the upstream have it"],
  [/cannot have URI part/, "leave away what follows the host in proxy_pass"],
];

/** How to mend what nginx refuses, or null when its message says it all. */
export function hintForRefusal(message: string, directive: string): string | null {
  const near = nearWord(message, directive);
  const hint = HINTS.find(([pattern]) => pattern.test(message))?.[1] ?? null;
  return near === null ? hint : [`did you mean "${near}"?`, hint].filter((part) => part !== null).join(" ");
}
