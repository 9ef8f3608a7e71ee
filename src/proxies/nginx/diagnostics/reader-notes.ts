import type { DiagnosticInfo } from "../../../contract/problem.ts";

/** Told by the reader itself, which alone sees what they are about. */
export const READER_NOTES: readonly DiagnosticInfo[] = [
  {
    code: "events-missing",
    severity: "warning",
    title: "nginx refuses a configuration without an events block",
  },
  {
    code: "part-of-configuration",
    severity: "note",
    title: "the file is a part of an http block and was read as one",
  },
  {
    code: "nginx-assumed-include",
    severity: "note",
    title: "an included file is not on this machine and was read as empty",
  },
];
