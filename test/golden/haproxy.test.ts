import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { HAPROXY } from "../../src/proxies/haproxy/haproxy-family.ts";
import { replayRecordings } from "./replay-recordings.ts";

replayRecordings(HAPROXY as ProxyFamily, "HAProxy 2.6.12", 93);
