import type { Problem } from "../../contract/problem.ts";
import type { ProxyFacts } from "../../contract/proxy-facts.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { positionAt } from "../document/scenario-node.ts";
import type { ParsedScenario } from "../parse-scenario.ts";
import { inReadingOrder, problem } from "../problem.ts";
import { proxySection } from "../schema/proxy.ts";
import { scenarioSchema } from "../schema/scenario.ts";
import { resolveBackends } from "./resolve-backends.ts";
import { resolveClasses } from "./resolve-classes.ts";
import { resolveClients } from "./resolve-clients.ts";
import { resolveFaults } from "./resolve-faults.ts";
import { shiftByWarmUp } from "./shift-by-warm-up.ts";
import { flowText, type ResolvedValue, writtenValues } from "./written-values.ts";

/** A scenario together with its proxy: everything that a run needs to know, and where it comes from. */
export interface ResolvedScenario {
  readonly world: WorldSpec;
  /** Index into `world.backends` of what listens at a configured address. */
  readonly backendOfAddress: ReadonlyMap<string, number>;
  readonly seed: number;
  /** Null = the command's own number. */
  readonly replications: number | null;
  readonly phase: "fixed" | "random";
  /** `auto`: `world` has no warm-up yet; shiftByWarmUp puts in what was found. */
  readonly warmUp: "given" | "auto";
  /** Every value with its origin, for `--print-config`. */
  readonly values: readonly ResolvedValue[];
}

/** The values that nobody wrote: what lbsim assumes. */
export function assumptionsOf(resolved: ResolvedScenario): readonly ResolvedValue[] {
  return resolved.values.filter((value) => value.from === "default");
}

/** Joins a scenario with what the read configuration says. The result is null when there are errors. */
export function resolveScenario(
  scenario: ParsedScenario,
  facts: ProxyFacts,
): { readonly resolved: ResolvedScenario | null; readonly problems: readonly Problem[] } {
  const { input } = scenario;
  const problems: Problem[] = [];
  const at = (key: string, on: "key" | "value" = "value") => positionAt(scenario.document, [key], on);
  if (facts.members.length === 0) {
    const message = "the proxy's configuration has no member: there is nothing to balance";
    const hint = "add a member to the configuration, or name the file that has them";
    // What the scenario says about members would only be told to be unknown.
    return { resolved: null, problems: [problem("no-member", message, hint, at("proxy"))] };
  }
  if (input.duration === 0)
    problems.push(problem("no-requests", "a duration of 0: nobody makes a request", null, at("duration")));
  const backends = resolveBackends(scenario, facts);
  const isStateless =
    input.clients.requests !== undefined || backends.backends.every((backend) => backend.session.store === "none");
  const classes = resolveClasses(scenario, facts, isStateless);
  const clients = resolveClients(scenario, classes.classes);
  const faults = resolveFaults(scenario, backends.named);
  problems.push(...backends.problems, ...classes.problems, ...clients.problems, ...faults.problems);
  const hasErrors = problems.some((each) => each.severity === "error");
  if (clients.clients === null || hasErrors) return { resolved: null, problems: inReadingOrder(problems) };
  const world: WorldSpec = {
    clients: clients.clients,
    backends: backends.backends,
    faults: faults.faults,
    network: { clientHopUs: input.network["client-hop"], backendHopUs: input.network["backend-hop"] },
    endUs: input.duration,
    drainUs: input.drain,
    warmUpUs: 0,
  };
  const warmUp = input["warm-up"];
  const resolved: ResolvedScenario = {
    world: warmUp === "auto" ? world : shiftByWarmUp(world, warmUp),
    backendOfAddress: backends.ofAddress,
    seed: input.seed,
    replications: input.replications ?? null,
    phase: input.phase,
    warmUp: warmUp === "auto" ? "auto" : "given",
    values: [...ownValues(scenario), ...classes.values, ...backends.values],
  };
  return { resolved, problems: inReadingOrder(problems) };
}

/** What the scenario itself decides, in the order of the schema. */
function ownValues(scenario: ParsedScenario): readonly ResolvedValue[] {
  const isShort = scenario.document.kind === "map" && scenario.document.entries.get("proxy")?.value.kind === "scalar";
  const proxy = writtenValues(scenario, proxySection, ["proxy"], []).map((value) =>
    value.key === "proxy.inline" ? { ...value, value: "(text in the scenario)" } : value,
  );
  const rest = writtenValues(scenario, scenarioSchema, [], ["proxy", "backends", "clients.classes", "dns"]);
  const dns = scenario.document.kind === "map" ? scenario.document.entries.get("dns") : undefined;
  const dnsValue =
    dns === undefined ? [] : [{ key: "dns", value: flowText(dns.value), from: `${dns.key.file}:${dns.key.line}` }];
  const file = isShort
    ? [{ key: "proxy.file", value: scenario.input.proxy.file ?? "", from: originOfProxy(scenario) }]
    : [];
  return [...file, ...proxy, ...assumedOfProxies(scenario), ...rest, ...dnsValue];
}

/** What several instances and processes are taken to do; nothing in scenario or configuration could say otherwise. */
function assumedOfProxies({ input: { proxy } }: ParsedScenario): readonly ResolvedValue[] {
  const assumed = (key: string, value: string): ResolvedValue => ({ key, value, from: "default" });
  return [
    ...(proxy.instances > 1
      ? [
          assumed("proxy.instances (state)", "each its own, with its own start"),
          assumed("proxy.instances (health)", "never looked at by the spread"),
        ]
      : []),
    ...((proxy.processes ?? 1) > 1 ? [assumed("proxy.processes (who accepts)", "any that can, each as likely")] : []),
  ];
}

function originOfProxy(scenario: ParsedScenario): string {
  const { file, line } = positionAt(scenario.document, ["proxy"], "value");
  return file.startsWith("--") ? file : `${file}:${line}`;
}
