import type { Position, Problem } from "../../contract/problem.ts";
import type { ProxyFacts, TargetFact } from "../../contract/proxy-facts.ts";
import type { RequestClassSpec } from "../../model/world-spec.ts";
import { positionAt } from "../document/scenario-node.ts";
import { originOf, type ParsedScenario, placeText } from "../parse-scenario.ts";
import { problem } from "../problem.ts";
import { check } from "../schema/check.ts";
import { requestClass } from "../schema/clients.ts";
import { buildDistribution } from "../values/build-distribution.ts";
import { splitAddress } from "./backend-names.ts";
import type { ResolvedValue } from "./written-values.ts";

type ClassInput = NonNullable<ParsedScenario["input"]["clients"]["classes"]>[number];

/** What clients ask for. */
export interface ResolvedClasses {
  readonly classes: readonly RequestClassSpec[];
  readonly values: readonly ResolvedValue[];
  readonly problems: readonly Problem[];
}

/**
 * Completes the request classes from the configuration: first name, first listener, shortest path that reaches a balancer.
 * `isStateless`: nothing keeps sessions, or every session has one request.
 */
export function resolveClasses(scenario: ParsedScenario, facts: ProxyFacts, isStateless: boolean): ResolvedClasses {
  const written = scenario.input.clients.classes;
  const problems: Problem[] = [];
  const values: ResolvedValue[] = [];
  const classes: RequestClassSpec[] = [];
  const names = new Set<string>();
  for (const [index, input] of (written ?? [defaultClass()]).entries()) {
    const path = ["clients", "classes", index];
    const place = positionAt(
      scenario.document,
      written === undefined ? ["clients"] : path,
      written === undefined ? "key" : "value",
    );
    const target = targetOf(input.path, facts, place);
    if ("code" in target) {
      problems.push(target);
      continue;
    }
    const spec = classSpec(input, target, facts, isStateless, names);
    names.add(spec.name);
    classes.push(spec);
    const origin = (key: string, otherwise: string) => {
      const from = originOf(scenario, [...path, key]);
      return from === "default" ? otherwise : from;
    };
    const from = target.fact?.position == null ? "proxy configuration" : placeText(target.fact.position);
    const prefix = `clients.classes[${index}]`;
    values.push(
      { key: `${prefix}.path`, value: spec.target, from: origin("path", from) },
      { key: `${prefix}.host`, value: spec.host, from: origin("host", "proxy configuration") },
      { key: `${prefix}.method`, value: spec.method, from: origin("method", "default") },
      { key: `${prefix}.session`, value: spec.session, from: origin("session", "default") },
    );
  }
  return { classes, values, problems };
}

interface ChosenTarget {
  readonly path: string;
  readonly fact: TargetFact | null;
}

/** The path of a class, or the one way to a balancer; several ways without a word from the user are an error. */
function targetOf(path: string | undefined, facts: ProxyFacts, position: Position): ChosenTarget | Problem {
  if (path !== undefined) {
    const matching = facts.targets.filter((target) => path.startsWith(target.path));
    const nearest = matching.reduce<TargetFact | null>(
      (best, target) => (best === null || target.path.length > best.path.length ? target : best),
      null,
    );
    return { path, fact: nearest };
  }
  const groups = [...new Set(facts.targets.map((target) => target.group))];
  const shortest = facts.targets.reduce<TargetFact | null>(
    (best, target) => (best === null || target.path.length < best.path.length ? target : best),
    null,
  );
  if (shortest === null) {
    const message = "nothing in the proxy's configuration leads to a balancer";
    return problem("no-target", message, "name a path: clients: {classes: [{path: /app/}]}", position);
  }
  if (groups.length === 1) return { path: shortest.path, fact: shortest };
  const ways = facts.targets.map(
    (target) => `${target.path} (${target.group}${target.host === "" ? "" : ` at ${target.host}`})`,
  );
  const message = `the configuration has ${groups.length} balancers: which one do the requests go to?`;
  return problem(
    "ambiguous-target",
    message,
    `name a path: clients: {classes: [{path: …}]}; paths: ${ways.join(", ")}`,
    position,
  );
}

function classSpec(
  input: ClassInput,
  target: ChosenTarget,
  facts: ProxyFacts,
  isStateless: boolean,
  taken: ReadonlySet<string>,
): RequestClassSpec {
  return {
    name: input.name ?? freeName(`${input.method} ${target.path}`, taken),
    weight: input.weight,
    method: input.method,
    target: target.path,
    host: input.host ?? defaultHost(target.fact, facts),
    headers: Object.entries(input.headers ?? {}).map(([name, value]) => ({ name, value })),
    requestBytes: buildDistribution(input["request-size"]),
    responseBytes: buildDistribution(input["response-size"]),
    service: input.service === undefined ? null : buildDistribution(input.service),
    session: input.session ?? (isStateless ? "ignores" : "needs"),
    good: input.good,
    tunnel: input.websocket === undefined ? null : buildDistribution(input.websocket.open),
    patienceUs: input.patience ?? null,
  };
}

/** The class of a scenario without `classes`: an empty entry, read by the schema, so that its defaults are the same. */
function defaultClass(): ClassInput {
  const read = check(requestClass, {}, "classes");
  if (!read.ok) throw new RangeError("an empty request class can't be read");
  return read.value;
}

/** Name of the virtual host that the path belongs to, else the first name; with the port unless it is the usual one. */
function defaultHost(target: TargetFact | null, facts: ProxyFacts): string {
  const name = target?.host || facts.names[0] || "localhost";
  const listen = facts.listens[0] ?? "80";
  const port = /^\d+$/.test(listen) ? listen : splitAddress(listen).port;
  return port === "" || port === "80" || port === "443" || /:\d+$/.test(name) ? name : `${name}:${port}`;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
  return free;
}
