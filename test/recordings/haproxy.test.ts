import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { HAPROXY } from "../../src/proxies/haproxy/haproxy-family.ts";
import { replayRecordings } from "../golden/replay-recordings.ts";

// Recorded for this repository, each at least twice with the same result, where the recordings of test/golden say nothing.
// static_rr_walk_goes_on: two servers come back within one interval of their checks, the start decides which is first.
replayRecordings(HAPROXY as ProxyFamily, "HAProxy 2.6.12", 39, ["static_rr_walk_goes_on"], import.meta.dirname);
