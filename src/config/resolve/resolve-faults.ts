import type { Problem } from "../../contract/problem.ts";
import type { FaultEffect, FaultSpec, FaultTiming } from "../../model/world-spec.ts";
import { nodeAt, positionAt } from "../document/scenario-node.ts";
import type { ParsedScenario } from "../parse-scenario.ts";
import { problem, warning } from "../problem.ts";
import type { FaultEntry } from "../schema/faults.ts";
import { buildDistribution } from "../values/build-distribution.ts";
import { isAlwaysZero } from "../values/distribution-spec.ts";
import { findBackend, type NamedBackend } from "./backend-names.ts";

/** Faults with backends as indexes; times count from the end of the warm-up. */
export function resolveFaults(
  scenario: ParsedScenario,
  named: readonly NamedBackend[],
): { readonly faults: readonly FaultSpec[]; readonly problems: readonly Problem[] } {
  const faults: FaultSpec[] = [];
  const problems: Problem[] = [];
  const entries = scenario.input.faults ?? [];
  const taken = new Set(entries.flatMap((entry) => (entry.id === undefined ? [] : [entry.id])));
  for (const [index, entry] of entries.entries()) {
    const backends = struckBackends(scenario, index, entry, named, problems);
    const effect = effectOf(entry);
    const place = (key: string) => positionAt(scenario.document, ["faults", index, key], "value");
    if (typeof effect === "string") {
      problems.push(
        problem("missing-key", effect, "write it in the proxy's own words, as command is", place("command")),
      );
      continue;
    }
    if (entry.at !== undefined && entry.at >= scenario.input.duration) {
      const message = "the fault begins after the end: it never happens";
      problems.push(
        warning("never-happens", message, "duration counts from the end of the warm-up, as at does", place("at")),
      );
    }
    const timing = timingOf(entry);
    if (timing === null) {
      const key = entry.flap === undefined ? "mtbf" : "flap";
      problems.push(
        problem(
          "never-ends",
          "a fault that comes and goes without taking time",
          "give one of the two phases a length",
          place(key),
        ),
      );
      continue;
    }
    const id = entry.id ?? freeId(defaultId(entry, backends, named), taken);
    taken.add(id);
    if (entry.kind === "rolling-restart") faults.push(...rollingRestart(id, entry, backends, named, taken));
    else faults.push({ id, backends, effect, timing });
  }
  return { faults, problems };
}

function struckBackends(
  scenario: ParsedScenario,
  index: number,
  entry: FaultEntry,
  named: readonly NamedBackend[],
  problems: Problem[],
): readonly number[] {
  if (entry.backends === "all") return named.map((_, each) => each);
  const path = ["faults", index, entry.kind];
  const isList = nodeAt(scenario.document, path)?.kind === "list";
  const found: number[] = [];
  for (const [n, name] of entry.backends.entries()) {
    const backend = findBackend(name, named, positionAt(scenario.document, isList ? [...path, n] : path, "value"));
    if (typeof backend !== "number") problems.push(backend);
    else if (!found.includes(backend)) found.push(backend);
  }
  return found;
}

/** The effect, or a text that says what is missing. */
function effectOf(entry: FaultEntry): FaultEffect | string {
  const p = entry.parameters;
  switch (entry.kind) {
    case "rolling-restart":
      return { kind: "crash" };
    case "slow":
      return { kind: "slow", factor: Number(p.factor) };
    case "errors":
      return { kind: "errors", rate: Number(p.rate), status: Number(p.status) };
    case "close":
    case "truncate":
    case "hidden-errors":
      return { kind: entry.kind, rate: Number(p.rate) };
    case "latency":
      return { kind: "latency", addUs: Number(p.add) };
    case "probe-errors":
      return { kind: "probe-errors", status: Number(p.status) };
    case "operate": {
      const start = String(p.command);
      const end = p["end-command"] === undefined ? inverseCommand(start) : String(p["end-command"]);
      const isLasting = entry.for !== undefined || entry.mtbf !== undefined || entry.flap !== undefined;
      if (end === null && isLasting) return `what takes "${start}" back? end-command is missing`;
      return { kind: "operate", start, end: isLasting ? end : null };
    }
    default:
      return { kind: entry.kind };
  }
}

/** "status=+D" is taken back by "status=-D"; other commands have no opposite that could be derived. */
function inverseCommand(command: string): string | null {
  const parts = /^(\w+=)([+-])(\w+)$/.exec(command);
  return parts === null ? null : `${parts[1]}${parts[2] === "+" ? "-" : "+"}${parts[3]}`;
}

/** When the fault is there; null when it would come and go without taking time. */
function timingOf(entry: FaultEntry): FaultTiming | null {
  const atUs = entry.at ?? 0;
  const forUs = entry.for ?? Number.POSITIVE_INFINITY;
  if (entry.mtbf !== undefined && entry.mttr !== undefined) {
    if (isAlwaysZero(entry.mtbf) && isAlwaysZero(entry.mttr)) return null;
    return { kind: "drawn", mtbf: buildDistribution(entry.mtbf), mttr: buildDistribution(entry.mttr) };
  }
  if (entry.flap !== undefined) {
    const { down, up } = entry.flap;
    return down > 0 && up > 0 ? { kind: "flap", atUs, forUs, downUs: down, upUs: up } : null;
  }
  return { kind: "scheduled", atUs, forUs };
}

function rollingRestart(
  id: string,
  entry: FaultEntry,
  backends: readonly number[],
  named: readonly NamedBackend[],
  taken: Set<string>,
): readonly FaultSpec[] {
  const downUs = Number(entry.parameters.down);
  const stepUs = downUs + Number(entry.parameters.pause);
  return backends.map((backend, n): FaultSpec => {
    const own = freeId(`${id}-${named[backend]?.id ?? n}`, taken);
    taken.add(own);
    const atUs = (entry.at ?? 0) + n * stepUs;
    return {
      id: own,
      backends: [backend],
      effect: { kind: "crash" },
      timing: { kind: "scheduled", atUs, forUs: downUs },
    };
  });
}

/** "crash-node2"; a rolling restart has one fault for each backend, which are told apart by the backend's name. */
function defaultId(entry: FaultEntry, backends: readonly number[], named: readonly NamedBackend[]): string {
  if (entry.kind === "rolling-restart") return entry.kind;
  return `${entry.kind}-${entry.backends === "all" ? "all" : (named[backends[0] ?? 0]?.id ?? "")}`;
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  return id;
}
