import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { NGINX } from "../../src/proxies/nginx/nginx-family.ts";
import { replayRecordings } from "../golden/replay-recordings.ts";

// Recorded for this repository, in the format of test/golden/FORMAT.md, on the rules that its cases leave open.
replayRecordings(NGINX as ProxyFamily, "nginx 1.22.1", 9, [], import.meta.dirname);
