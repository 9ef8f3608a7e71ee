import type { Position, Problem } from "../contract/problem.ts";
import { readDocument } from "./document/read-document.ts";
import type { MapEntry, ScenarioNode } from "./document/scenario-node.ts";
import { problem } from "./problem.ts";
import type { Setting } from "./setting.ts";

/** "File" of positions that point into a `--set` option. */
const SET_OPTION = "--set";

/** A dotted path and a value that replaces what the scenario says there. */
export interface Override {
  readonly path: readonly string[];
  readonly value: ScenarioNode;
  readonly key: Position;
}

/** The `--set` options of a command, told apart. */
export interface SortedOverrides {
  readonly scenario: readonly Override[];
  /** `proxy.…`: settings of the configuration, applied to every variant. */
  readonly proxy: readonly Setting[];
  readonly problems: readonly Problem[];
}

/**
 * Reads `--set` options: `scenario.clients.sessions.rate=5/s` or `proxy.lbmethod=bybusyness`. A step with dots is put in
 * quotes: `scenario.backends."10.0.0.1:80".speed=2`. The value of a scenario override is YAML.
 */
export function readOverrides(options: readonly string[]): SortedOverrides {
  const scenario: Override[] = [];
  const proxy: Setting[] = [];
  const problems: Problem[] = [];
  for (const option of options) {
    const equals = equalsAt(option);
    const steps = equals < 0 ? null : stepsOf(option.slice(0, equals));
    const [target, ...path] = steps ?? [];
    if (steps === null || path.length === 0 || (target !== "scenario" && target !== "proxy")) {
      const hint = "e.g. --set scenario.duration=10m or --set proxy.lbmethod=bybusyness";
      problems.push(
        problem(
          "bad-override",
          `"${option}" is not scenario.KEY=VALUE or proxy.KEY=VALUE`,
          hint,
          place(0, option.length),
        ),
      );
      continue;
    }
    const text = option.slice(equals + 1);
    if (target === "proxy") {
      proxy.push({ key: option.slice("proxy.".length, equals), value: text, position: place(equals + 1, text.length) });
      continue;
    }
    const read = readDocument(SET_OPTION, text);
    problems.push(...read.problems.map((each) => ({ ...each, position: shifted(each.position, equals + 1) })));
    if (read.problems.some((each) => each.severity === "error")) continue;
    const empty: ScenarioNode = { kind: "scalar", value: "", position: place(equals + 1, 0) };
    scenario.push({ path, value: moved(read.node ?? empty, equals + 1), key: place(0, equals) });
  }
  return { scenario, proxy, problems };
}

/** The scenario with the overrides put in, one after the other; sections that are missing on the way are made. */
export function applyOverrides(root: ScenarioNode, overrides: readonly Override[]): ScenarioNode {
  return overrides.reduce((node, override) => put(node, override.path, override), root);
}

/** Overrides that name an entry which a list of the scenario does not have: lists do not grow by `--set`. */
export function missingEntries(root: ScenarioNode, overrides: readonly Override[]): readonly Problem[] {
  return overrides.flatMap(({ path, key }) => {
    let node: ScenarioNode | undefined = root;
    for (const [i, step] of path.entries()) {
      if (node?.kind === "map") node = node.entries.get(step)?.value;
      else if (node?.kind !== "list") return [];
      else if (/^\d+$/.test(step) && Number(step) < node.items.length) node = node.items[Number(step)];
      else {
        const count = node.items.length === 1 ? "1 entry" : `${node.items.length} entries`;
        const message = `${path.slice(0, i).join(".")} has ${count}: there is no [${step}]`;
        return [problem("unknown-key", message, "entries are counted from [0]", key)];
      }
    }
    return [];
  });
}

function put(node: ScenarioNode, path: readonly string[], override: Override): ScenarioNode {
  const [step, ...rest] = path;
  if (step === undefined) return override.value;
  const index = /^\d+$/.test(step) ? Number(step) : -1;
  if (node.kind === "list" && index >= 0 && index < node.items.length) {
    return { ...node, items: node.items.map((item, i) => (i === index ? put(item, rest, override) : item)) };
  }
  const entries = new Map<string, MapEntry>(node.kind === "map" ? node.entries : []);
  const old = entries.get(step);
  const inner: ScenarioNode = old?.value ?? { kind: "map", entries: new Map(), position: override.key };
  entries.set(step, {
    key: rest.length === 0 || old === undefined ? override.key : old.key,
    value: put(inner, rest, override),
  });
  return { kind: "map", entries, position: node.kind === "map" ? node.position : override.key };
}

/** Position of the `=` that ends a path: the first one outside quotes and parentheses. */
export function equalsAt(option: string): number {
  let quoted = false;
  let depth = 0;
  for (let i = 0; i < option.length; i++) {
    const c = option[i];
    if (c === '"') quoted = !quoted;
    else if (c === "(") depth++;
    else if (c === ")") depth--;
    else if (c === "=" && !quoted && depth <= 0) return i;
  }
  return -1;
}

function stepsOf(path: string): readonly string[] | null {
  const steps: string[] = [];
  const step = /\s*(?:"([^"]*)"|([^."[\]]+))((?:\[\d+\])*)\s*(\.|$)/gy;
  for (let last = false; !last; ) {
    const match = step.exec(path);
    if (match === null) return null;
    steps.push((match[1] ?? match[2] ?? "").trim());
    for (const index of (match[3] ?? "").matchAll(/\d+/g)) steps.push(index[0]);
    last = match[4] === "";
  }
  return steps;
}

function place(offset: number, length: number): Position {
  return { file: SET_OPTION, line: 1, column: offset + 1, length };
}

function shifted<P extends Position | null>(position: P, by: number): P {
  return position === null
    ? position
    : { ...position, column: position.line === 1 ? position.column + by : position.column };
}

function moved(node: ScenarioNode, by: number): ScenarioNode {
  const position = shifted(node.position, by);
  if (node.kind === "scalar") return { ...node, position };
  if (node.kind === "list") return { ...node, position, items: node.items.map((item) => moved(item, by)) };
  const entries = new Map<string, MapEntry>();
  for (const [key, entry] of node.entries)
    entries.set(key, { key: shifted(entry.key, by), value: moved(entry.value, by) });
  return { ...node, position, entries };
}
