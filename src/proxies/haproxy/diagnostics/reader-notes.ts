import type { DiagnosticInfo } from "../../../contract/problem.ts";

/** Notes that the reader itself makes. */
export const READER_NOTES: readonly DiagnosticInfo[] = [
  {
    code: "assumed-file",
    severity: "note",
    title: "a file named in the configuration was not looked at, because it is not on this machine",
  },
];
