import type { Position, Problem } from "../../contract/problem.ts";
import type { ProxyFacts } from "../../contract/proxy-facts.ts";
import { suggest } from "../../contract/suggest.ts";
import type { BackendSpec, SessionStoreSpec } from "../../model/world-spec.ts";
import { nodeAt, positionAt } from "../document/scenario-node.ts";
import { originOf, type ParsedScenario, placeText } from "../parse-scenario.ts";
import { problem, warning } from "../problem.ts";
import { backendEntry } from "../schema/backends.ts";
import { shapeOf, unwrapped } from "../schema/check.ts";
import { keyInfoOf } from "../schema/keys.ts";
import { buildDistribution } from "../values/build-distribution.ts";
import { findBackend, type NamedBackend, nameBackends, splitAddress } from "./backend-names.ts";
import { type BackendSettings, backendSettings } from "./backend-settings.ts";
import { flowText, flowValue, type ResolvedValue } from "./written-values.ts";

/** The name under `backends` that stands for all. */
const DEFAULT_ENTRY = "default";

/** What stands behind the proxy. */
export interface ResolvedBackends {
  readonly backends: readonly BackendSpec[];
  readonly named: readonly NamedBackend[];
  /** Index of the backend behind each configured address. */
  readonly ofAddress: ReadonlyMap<string, number>;
  readonly values: readonly ResolvedValue[];
  readonly problems: readonly Problem[];
}

/** Gives every address of the configuration its backend, with what the scenario says about it. */
export function resolveBackends(scenario: ParsedScenario, facts: ProxyFacts): ResolvedBackends {
  const { input, document } = scenario;
  const named = nameBackends(facts, input.dns);
  const problems = [...unknownNames(scenario, facts), ...duplicateRoutes(facts)];
  const entryOf = new Map<number, string>();
  for (const name of Object.keys(input.backends).filter((each) => each !== DEFAULT_ENTRY)) {
    const position = positionAt(document, ["backends", name], "key");
    const found = findBackend(name, named, position);
    if (typeof found !== "number") {
      problems.push(found);
      continue;
    }
    const other = entryOf.get(found);
    if (other === undefined) entryOf.set(found, name);
    else {
      const message = `"${name}" is the same backend as "${other}"`;
      problems.push(problem("duplicate-backend", message, "write one entry", position));
    }
  }
  const values: ResolvedValue[] = [];
  const backends = named.map((backend, index): BackendSpec => {
    const entry = entryOf.get(index) ?? null;
    const layers = [input.backends[DEFAULT_ENTRY] ?? {}, entry === null ? {} : (input.backends[entry] ?? {})];
    const settings = backendSettings(layers);
    const session = resolveSession(settings, backend, facts, (key) => originIn(scenario, entry, ["session", key]));
    const heartbeat = resolveHeartbeat(settings, facts, originIn(scenario, entry, ["heartbeat"]));
    values.push(...describe(scenario, backend, entry, new Map([...session.values, ["heartbeat", heartbeat]])));
    return backendSpec(settings, backend, entry, session.spec, heartbeat.value === "on");
  });
  const ofAddress = new Map<string, number>();
  for (const [index, backend] of named.entries())
    for (const address of backend.addresses) ofAddress.set(address, index);
  return { backends, named, ofAddress, values, problems };
}

function backendSpec(
  settings: BackendSettings,
  backend: NamedBackend,
  entry: string | null,
  session: SessionStoreSpec,
  sendsHeartbeats: boolean,
): BackendSpec {
  const names = [backend.id, ...backend.addresses, ...backend.aliases, ...(entry === null ? [] : [entry])];
  const coldStart = settings["cold-start"];
  return {
    id: backend.id,
    names: [...new Set(names)],
    service: buildDistribution(settings.service),
    speed: settings.speed,
    cores: settings.cores,
    concurrency: settings.concurrency,
    queue: settings.queue,
    queueFull: settings["queue-full"],
    discipline: settings.discipline,
    keepAlive: settings["keep-alive"],
    keepAliveIdleUs: settings["keep-alive-idle"],
    session,
    errors: { rate: settings.errors?.rate ?? 0, status: settings.errors?.status ?? 500 },
    hiddenErrors: settings["hidden-errors"],
    coldStart: { factor: coldStart?.factor ?? 1, forUs: coldStart?.for ?? 0 },
    sendsHeartbeats,
    whenClientGone: settings["when-client-gone"],
    resolves: backend.resolves,
  };
}

/** What a key came to, and who said so. */
type Derived = Omit<ResolvedValue, "key">;

interface ResolvedSession {
  readonly spec: SessionStoreSpec;
  /** By key within the backend. */
  readonly values: ReadonlyMap<string, Derived>;
}

/** Processes report where somebody listens, unless the scenario says otherwise. */
function resolveHeartbeat({ heartbeat }: BackendSettings, facts: ProxyFacts, origin: string | null): Derived {
  const listens = facts.listensForHeartbeats === true;
  const value = heartbeat === "auto" ? (listens ? "on" : "off") : heartbeat;
  return { value, from: origin ?? (listens ? "proxy configuration" : "default") };
}

/** Cookie and route follow the proxy's configuration unless the scenario says otherwise. */
function resolveSession(
  settings: BackendSettings,
  backend: NamedBackend,
  facts: ProxyFacts,
  origin: (key: string) => string | null,
): ResolvedSession {
  const { session } = settings;
  const sticky = facts.stickyCookie;
  // A cookie that the proxy sets itself (ROUTEID) carries the route only: the application has another one with the id.
  const ownCookie = sticky !== null && !facts.setsCookies.includes(sticky.cookie) ? sticky : null;
  const routed = backend.members.find((member) => member.route !== "") ?? null;
  const cookie = session.cookie ?? ownCookie?.cookie ?? "JSESSIONID";
  const pathParameter = session["path-parameter"] ?? ownCookie?.path ?? "jsessionid";
  const jvmRoute = session["jvm-route"] ?? routed?.route ?? "";
  const position = routed?.position ?? null;
  const configured = (known: boolean) => (known ? "proxy configuration" : "default");
  return {
    spec: {
      store: session.store,
      cookie,
      pathParameter,
      jvmRoute,
      path: session.path,
      attributes: session.attributes,
      unknownId: session["unknown-id"],
      expiryUs: session.expiry,
    },
    values: new Map([
      ["session.cookie", { value: flowValue(cookie), from: origin("cookie") ?? configured(ownCookie !== null) }],
      [
        "session.path-parameter",
        { value: flowValue(pathParameter), from: origin("path-parameter") ?? configured(ownCookie !== null) },
      ],
      [
        "session.jvm-route",
        {
          value: flowValue(jvmRoute),
          from: origin("jvm-route") ?? (position === null ? configured(routed !== null) : placeText(position)),
        },
      ],
    ]),
  };
}

/** Where a key of a backend was written: in its entry, in `default`, or null. */
function originIn(scenario: ParsedScenario, entry: string | null, keys: readonly string[]): string | null {
  for (const name of entry === null ? [DEFAULT_ENTRY] : [entry, DEFAULT_ENTRY]) {
    const path = ["backends", name, ...keys];
    if (nodeAt(scenario.document, path) !== null) return originOf(scenario, path);
  }
  return null;
}

function describe(
  scenario: ParsedScenario,
  backend: NamedBackend,
  entry: string | null,
  derived: ReadonlyMap<string, Derived>,
): readonly ResolvedValue[] {
  const prefix = `backends.${backend.id}`;
  const values: ResolvedValue[] = [];
  const visit = (schema: ReturnType<typeof unwrapped>, keys: readonly string[]) => {
    for (const [key, child] of Object.entries(shapeOf(schema) ?? {})) {
      const path = [...keys, key];
      const derivedValue = derived.get(path.join("."));
      const name = `${prefix}.${path.join(".")}`;
      const writer = (entry === null ? [DEFAULT_ENTRY] : [entry, DEFAULT_ENTRY]).find(
        (each) => nodeAt(scenario.document, ["backends", each, ...path]) !== null,
      );
      const node = writer === undefined ? null : nodeAt(scenario.document, ["backends", writer, ...path]);
      const fallback = keyInfoOf(unwrapped(child))?.fallback;
      if (derivedValue !== undefined) values.push({ key: name, ...derivedValue });
      else if (key === "session") visit(unwrapped(child), path);
      else if (node !== null) values.push({ key: name, value: flowText(node), from: placeText(node.position) });
      else if (fallback !== undefined) values.push({ key: name, value: flowValue(fallback), from: "default" });
    }
  };
  visit(backendEntry, []);
  return values;
}

/** Names under `dns` that no member of the configuration has. */
function unknownNames(scenario: ParsedScenario, facts: ProxyFacts): Problem[] {
  const hosts = [...new Set(facts.members.map((member) => splitAddress(member.address).host))];
  return Object.keys(scenario.input.dns)
    .filter((name) => !hosts.includes(name))
    .map((name) => {
      const near = suggest(name, hosts);
      const hint = near === null ? `hosts: ${hosts.join(", ")}` : `did you mean "${near}"?`;
      const position: Position = positionAt(scenario.document, ["dns", name], "key");
      return problem("unknown-backend", `no member of the configuration has the host "${name}"`, hint, position);
    });
}

/** Two members of a balancer with one route: the sessions of one of them go to the other. */
function duplicateRoutes(facts: ProxyFacts): Problem[] {
  const problems: Problem[] = [];
  const first = new Map<string, string>();
  for (const { group, route, address, isStandby = false, position } of facts.members) {
    if (route === "") continue;
    const key = `${group}\n${route}\n${isStandby}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, address);
    else if (other !== address) {
      const message = `${other} and ${address} have the same route "${route}" in ${group}`;
      problems.push(warning("duplicate-route", message, "give every member a route of its own", position));
    }
  }
  return problems;
}
