import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { CADDY } from "../../src/proxies/caddy/caddy-family.ts";
import { HAPROXY } from "../../src/proxies/haproxy/haproxy-family.ts";
import { replayRecordings } from "./replay-recordings.ts";

// Recorded with the programs of Debian 12, each at least twice with the same result, where the first recordings say nothing.
// static_rr_walk_goes_on: two servers come back within one interval of their checks, the start decides which is first.
replayRecordings(
  HAPROXY as ProxyFamily,
  "HAProxy 2.6.12, own recordings",
  39,
  ["static_rr_walk_goes_on"],
  "own/haproxy",
);
replayRecordings(CADDY as ProxyFamily, "Caddy 2.6.2, own recordings", 20, [], "own/caddy");
