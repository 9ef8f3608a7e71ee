import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { CADDY } from "../../src/proxies/caddy/caddy-family.ts";
import { replayRecordings } from "../golden/replay-recordings.ts";

// Recorded for this repository, each at least twice with the same result, where the recordings of test/golden say nothing.
replayRecordings(CADDY as ProxyFamily, "Caddy 2.6.2", 20, [], import.meta.dirname);
