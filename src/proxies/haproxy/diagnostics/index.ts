import type { DiagnosticInfo, Problem } from "../../../contract/problem.ts";
import { diagnose as findAll } from "../../shared/diagnostic.ts";
import type { Diagnostic, Subject } from "./diagnostic.ts";
import { FAILOVER } from "./failover.ts";
import { HEALTH_CHECKS } from "./health-checks.ts";
import { LIMITS } from "./limits.ts";
import { METHODS } from "./methods.ts";
import { READER_NOTES } from "./reader-notes.ts";
import { SESSIONS } from "./sessions.ts";

const ALL: readonly Diagnostic[] = [...SESSIONS, ...FAILOVER, ...METHODS, ...HEALTH_CHECKS, ...LIMITS];

/** Every diagnostic of the HAProxy family, for lists and docs. */
export const DIAGNOSTICS: readonly DiagnosticInfo[] = [...READER_NOTES, ...ALL.map((diagnostic) => diagnostic.info)];

/** Looks for configurations that load but hardly do what their author thinks; a place is told once per code. */
export function diagnose(subject: Subject): readonly Problem[] {
  return findAll(ALL, subject);
}
