import type { DiagnosticInfo, Problem } from "../../../contract/problem.ts";
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
  const told = new Set<string>();
  const problems: Problem[] = [];
  for (const { info, find } of ALL) {
    for (const { message, hint, position } of find(subject)) {
      const place = position === null ? message : `${position.file}:${position.line}:${position.column}`;
      if (told.has(`${info.code} ${place}`)) continue;
      told.add(`${info.code} ${place}`);
      problems.push({ code: info.code, severity: info.severity, message, hint, position });
    }
  }
  return problems;
}
