import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { CADDY } from "../../src/proxies/caddy/caddy-family.ts";
import { replayRecordings } from "./replay-recordings.ts";

replayRecordings(CADDY as ProxyFamily, "Caddy 2.6.2", 35);
