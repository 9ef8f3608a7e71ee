import type { DiagnosticInfo } from "../contract/problem.ts";

/** What joining a scenario with its configurations can complain about beside what reading the scenario can. */
export const EXPERIMENT_DIAGNOSTICS: readonly DiagnosticInfo[] = [
  error("proxy-file-missing", "The proxy configuration that the scenario names can't be read."),
  error("unknown-configuration", "The text looks like the configuration of no proxy that lbsim simulates."),
  error("unknown-version", "The scenario asks for a version that lbsim does not follow."),
  error("configuration-refused", "The real program would refuse to start with this configuration."),
  error("unknown-command", "An operator's command that the proxy doesn't know."),
  error("one-process", "The scenario asks for worker processes of a program that is a single process."),
];

function error(code: string, title: string): DiagnosticInfo {
  return { code, severity: "error", title };
}
