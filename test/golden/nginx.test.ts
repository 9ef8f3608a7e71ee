import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { NGINX } from "../../src/proxies/nginx/nginx-family.ts";
import { replayRecordings } from "./replay-recordings.ts";

replayRecordings(NGINX as ProxyFamily, "nginx 1.22.1", 78);
