import type { DiagnosticInfo, Problem } from "../../../contract/problem.ts";
import { diagnose as findAll } from "../../shared/diagnostic.ts";
import type { Diagnostic, Subject } from "./diagnostic.ts";
import { FAILURES } from "./failures.ts";
import { METHODS } from "./methods.ts";
import { NEWER_NGINX } from "./newer-nginx.ts";
import { READER_NOTES } from "./reader-notes.ts";
import { URLS } from "./urls.ts";
import { WORKERS } from "./workers.ts";

const ALL: readonly Diagnostic[] = [...NEWER_NGINX, ...FAILURES, ...METHODS, ...WORKERS, ...URLS];

/** Every diagnostic of the nginx family, for lists and docs. */
export const DIAGNOSTICS: readonly DiagnosticInfo[] = [...READER_NOTES, ...ALL.map(({ info }) => info)];

/** Looks for configurations that load but hardly do what their author thinks. A place is told once per code. */
export function diagnose(subject: Subject): readonly Problem[] {
  return findAll(ALL, subject);
}
