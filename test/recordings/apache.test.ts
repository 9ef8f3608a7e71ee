import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { APACHE } from "../../src/proxies/apache/apache-family.ts";
import { replayRecordings } from "../golden/replay-recordings.ts";

// Recorded for this repository, in the format of test/golden/FORMAT.md, on the rules that its cases leave open.
replayRecordings(APACHE as ProxyFamily, "Apache httpd 2.4.71", 41, [], import.meta.dirname);
