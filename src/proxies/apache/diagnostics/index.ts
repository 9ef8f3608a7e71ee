import type { DiagnosticInfo, Problem } from "../../../contract/problem.ts";
import { diagnose as findAll } from "../../shared/diagnostic.ts";
import type { Diagnostic, Subject } from "./diagnostic.ts";
import { FAILOVER } from "./failover.ts";
import { HEALTH_CHECKS } from "./health-checks.ts";
import { LBMETHODS } from "./lbmethods.ts";
import { MEMBERS } from "./members.ts";
import { MODULES } from "./modules.ts";
import { PROXY_PASS_ORDER } from "./proxy-pass-order.ts";
import { PROXY_PASS_URLS } from "./proxy-pass-urls.ts";
import { READER_NOTES } from "./reader-notes.ts";
import { REWRITING } from "./rewriting.ts";
import { ROUTE_COOKIE } from "./route-cookie.ts";
import { SESSIONS } from "./sessions.ts";
import { TIMEOUTS } from "./timeouts.ts";

const ALL: readonly Diagnostic[] = [
  ...MODULES,
  ...MEMBERS,
  ...PROXY_PASS_ORDER,
  ...PROXY_PASS_URLS,
  ...REWRITING,
  ...SESSIONS,
  ...ROUTE_COOKIE,
  ...TIMEOUTS,
  ...FAILOVER,
  ...HEALTH_CHECKS,
  ...LBMETHODS,
];

/** Every diagnostic of the Apache family, for lists and docs. */
export const DIAGNOSTICS: readonly DiagnosticInfo[] = [...READER_NOTES, ...ALL.map((diagnostic) => diagnostic.info)];

/**
 * Looks for configurations that load but hardly do what their author thinks. A place is told once per code, even when
 * several virtual hosts have copies of the same balancer.
 */
export function diagnose(subject: Subject): readonly Problem[] {
  return findAll(ALL, subject);
}
