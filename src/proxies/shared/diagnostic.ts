import type { DiagnosticInfo, Position, Problem } from "../../contract/problem.ts";

export interface Finding {
  readonly message: string;
  readonly hint: string | null;
  readonly position: Position | null;
}

/** One thing that loads but hardly does what its author thinks; a family says what it looks at. */
export interface Diagnostic<Subject> {
  readonly info: DiagnosticInfo;
  find(subject: Subject): readonly Finding[];
}

type Find<Subject> = (subject: Subject) => readonly Finding[];

export function warning<Subject>(code: string, title: string, find: Find<Subject>): Diagnostic<Subject> {
  return { info: { code, severity: "warning", title }, find };
}

export function note<Subject>(code: string, title: string, find: Find<Subject>): Diagnostic<Subject> {
  return { info: { code, severity: "note", title }, find };
}

/** All that the diagnostics find. A place is told once per code, even when several blocks share it. */
export function diagnose<Subject>(diagnostics: readonly Diagnostic<Subject>[], subject: Subject): readonly Problem[] {
  const told = new Set<string>();
  const problems: Problem[] = [];
  for (const { info, find } of diagnostics) {
    for (const { message, hint, position } of find(subject)) {
      const place = position === null ? message : `${position.file}:${position.line}:${position.column}`;
      if (told.has(`${info.code} ${place}`)) continue;
      told.add(`${info.code} ${place}`);
      problems.push({ code: info.code, severity: info.severity, message, hint, position });
    }
  }
  return problems;
}
