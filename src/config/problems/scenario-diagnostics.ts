import type { DiagnosticInfo, Severity } from "../../contract/problem.ts";

/** Everything that reading a scenario can complain about, for `lbsim list diagnostics` and the docs. */
export const SCENARIO_DIAGNOSTICS: readonly DiagnosticInfo[] = [
  info("too-large", "The file has more than 1 MiB; a scenario is written by hand."),
  info("not-text", "The file holds bytes that no text has."),
  info("too-deep", "The file is nested deeper than any scenario."),
  info("yaml-syntax", "The text is neither YAML 1.2 nor JSON."),
  info("duplicate-key", "A key stands twice in one section."),
  info("alias-bomb", "Aliases that multiply or contain themselves."),
  info("empty-scenario", "The file says nothing."),
  info("missing-file", "A file that the scenario extends is not there."),
  info("extends-cycle", "Scenarios that extend each other in a circle."),
  info("bad-override", "A --set option that is not scenario.KEY=VALUE or proxy.KEY=VALUE."),
  info("unknown-key", "A key that this section doesn't have."),
  info("missing-key", "A key that this section needs."),
  info("conflicting-keys", "Keys of which only one may be there."),
  info("wrong-type", "A value of another kind than the key needs."),
  info("wrong-value", "A word that is not one of those that the key knows."),
  info("missing-unit", "A number without unit where a quantity is needed."),
  info("wrong-unit", "A unit that this quantity doesn't have."),
  info("out-of-range", "A value that is too small or too large."),
  info("not-yet", "A key that is reserved for what is planned."),
  info("duplicate-name", "Two faults, classes or variants with one name."),
  info("unknown-variant", "A baseline that is no variant."),
  info("unknown-backend", "A name that no address, host or alias of the configuration has."),
  info("ambiguous-backend", "A name that several backends have."),
  info("duplicate-backend", "Two entries for one backend."),
  info("bad-expectation", "A threshold that can't be understood."),
  info("unknown-metric", "A threshold on a metric that is not measured."),
  info("unknown-class", "A threshold on a class of requests that the scenario doesn't have."),
  info("unknown-window", "A threshold during a fault that the scenario doesn't have."),
  info("unknown-member", "A threshold on a member that no configuration has."),
  info("no-member", "A proxy configuration without any member."),
  info("no-target", "A proxy configuration in which no path leads to a balancer."),
  info("ambiguous-target", "Several balancers, and the scenario doesn't say where requests go."),
  info("no-requests", "A scenario in which nobody ever makes a request."),
  info("never-ends", "A scenario in which time could stand still or the run would not end in a lifetime."),
  info("unknown-setting", "A setting or target that the configuration doesn't have."),
  info("ambiguous-setting", "A setting without target where several targets exist."),
  info("duplicate-route", "Two members of one balancer with the same route.", "warning"),
  info("never-happens", "A fault that begins after the end.", "warning"),
];

function info(code: string, title: string, severity: Severity = "error"): DiagnosticInfo {
  return { code, severity, title };
}
