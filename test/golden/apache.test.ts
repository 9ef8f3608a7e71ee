import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { APACHE } from "../../src/proxies/apache/apache-family.ts";
import { replayRecordings } from "./replay-recordings.ts";

replayRecordings(APACHE as ProxyFamily, "httpd 2.4.71", 179);
