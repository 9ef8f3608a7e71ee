import type { ArgumentCheck } from "./check.ts";
import { CORE_CHECKS } from "./core.ts";
import { directoryIndexRedirect, PROXYING_CHECKS } from "./proxying.ts";
import { TLS_CHECKS } from "./tls.ts";

/** What httpd refuses of directives that lbsim only passes over, by lower-case name. */
export const ARGUMENT_CHECKS: ReadonlyMap<string, ArgumentCheck> = new Map([
  ...Object.entries(CORE_CHECKS),
  ...Object.entries(PROXYING_CHECKS),
  ...Object.entries(TLS_CHECKS),
  ["directoryindexredirect", directoryIndexRedirect],
]);
