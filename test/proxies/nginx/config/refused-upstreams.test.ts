import { describe, expect, it } from "vitest";
import { played } from "../../scripted-case.ts";
import { balancer, FAMILY } from "../scripted.ts";

/** nginx's message without the place. */
function refusal(upstream: string, location = ""): string | null {
  const { config_error: error } = played(FAMILY, balancer(upstream, location), ["ok", "ok"], [{}]);
  return error === undefined
    ? null
    : (error.text
        .split("\n")[0]
        ?.replace(/^.*\[emerg\] /, "")
        .replace(/ in \S+:\d+$/, "") ?? "");
}

const TWO = "server {{node1}}; server {{node2}};";

describe("an upstream that nginx refuses (spec/nginx.md 2.7 and 4)", () => {
  it.each([
    ["ip_hash; server {{node1}}; server {{node2}} backup;", 'balancing method does not support parameter "backup"'],
    ["hash $uri; server {{node1}}; server {{node2}} backup;", 'balancing method does not support parameter "backup"'],
    ["random; server {{node1}}; server {{node2}} backup;", 'balancing method does not support parameter "backup"'],
    ["server {{node1}} weight=-1;", 'invalid parameter "weight=-1"'],
    ["server {{node1}} weight=1.5;", 'invalid parameter "weight=1.5"'],
    ["server {{node1}} max_fails=x;", 'invalid parameter "max_fails=x"'],
    ["server {{node1}} max_conns=-1;", 'invalid parameter "max_conns=-1"'],
    ["server {{node1}} foo;", 'invalid parameter "foo"'],
    ["server 127.0.0.1:99999;", 'invalid port in upstream "127.0.0.1:99999"'],
    ["", "no servers are inside upstream"],
    ["server {{node1}} backup;", 'no servers in upstream "app"'],
    [`hash $uri foo; ${TWO}`, 'invalid parameter "foo"'],
    [`hash; ${TWO}`, 'invalid number of arguments in "hash" directive'],
    [`least_conn x; ${TWO}`, 'invalid number of arguments in "least_conn" directive'],
    [`random three; ${TWO}`, 'invalid parameter "three"'],
    [`${TWO} keepalive 0;`, 'invalid value "0" in "keepalive" directive'],
    [`zone a 8k; ${TWO}`, 'zone "a" is too small'],
  ])("%s", (upstream, message) => {
    expect(refusal(upstream)).toBe(message);
  });

  it.each([
    ["proxy_next_upstream http_501;", 'invalid value "http_501"'],
    ["proxy_next_upstream foo;", 'invalid value "foo"'],
    ["proxy_next_upstream_tries x;", '"proxy_next_upstream_tries" directive invalid number'],
    ["proxy_next_upstream_timeout x;", '"proxy_next_upstream_timeout" directive invalid value'],
    ["proxy_connect_timeout x;", '"proxy_connect_timeout" directive invalid value'],
    ["proxy_read_timeout 1s; proxy_read_timeout 2s;", '"proxy_read_timeout" directive is duplicate'],
  ])("a location with %s", (location, message) => {
    expect(refusal(TWO, location)).toBe(message);
  });

  it.each([
    "ip_hash; server {{node1}} down; server {{node2}};",
    "server {{node1}}; server {{node2}} backup; ip_hash;",
    "least_conn; server {{node1}}; server {{node2}} backup;",
    "server {{node1}} weight=2 weight=3;",
    "server {{node1}} max_fails=0 fail_timeout=1m;",
  ])("but not %s", (upstream) => {
    expect(refusal(upstream)).toBeNull();
  });
});
