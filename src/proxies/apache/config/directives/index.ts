import { ACCESS } from "./access.ts";
import { BALANCER_MEMBER } from "./balancer-member.ts";
import type { Handler } from "./call.ts";
import { ENVIRONMENT } from "./environment.ts";
import { ERROR_DOCUMENT } from "./error-document.ts";
import { HEADERS } from "./headers.ts";
import { HEALTH_CHECKS } from "./health-checks.ts";
import { HEARTBEATS } from "./heartbeats.ts";
import { LIMITS } from "./limits.ts";
import { LOG_LEVEL } from "./log-level.ts";
import { OTHER_FILES } from "./other-files.ts";
import { PROXY_PASS } from "./proxy-pass.ts";
import { PROXY_REVERSE } from "./proxy-reverse.ts";
import { PROXY_SECTION } from "./proxy-section.ts";
import { PROXY_SET } from "./proxy-set.ts";
import { REDIRECT } from "./redirect.ts";
import { REMOTE_IP } from "./remote-ip.ts";
import { REWRITE } from "./rewrite.ts";
import { SECTIONS } from "./sections.ts";
import { SERVER } from "./server.ts";

/** What lbsim does with a directive, by lower-case name. A known directive that is not here is passed over. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ...ACCESS,
  ...BALANCER_MEMBER,
  ...ENVIRONMENT,
  ...ERROR_DOCUMENT,
  ...HEADERS,
  ...HEALTH_CHECKS,
  ...HEARTBEATS,
  ...LIMITS,
  ...LOG_LEVEL,
  ...OTHER_FILES,
  ...PROXY_PASS,
  ...PROXY_REVERSE,
  ...PROXY_SECTION,
  ...PROXY_SET,
  ...REDIRECT,
  ...REMOTE_IP,
  ...REWRITE,
  ...SECTIONS,
  ...SERVER,
]);
