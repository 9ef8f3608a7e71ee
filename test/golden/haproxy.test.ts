import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { HAPROXY } from "../../src/proxies/haproxy/haproxy-family.ts";
import { replayRecordings } from "./replay-recordings.ts";

// status_all_down: both servers answer again at the same moment, their checks run 100 ms apart (two servers, inter 200), and
// the one that is checked first leads the next turn of roundrobin: that depends on the start of HAProxy modulo 200 ms.
replayRecordings(HAPROXY as ProxyFamily, "HAProxy 2.6.12", 112, ["status_all_down"]);
