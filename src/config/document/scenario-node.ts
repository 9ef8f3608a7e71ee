import type { Position } from "../../contract/problem.ts";
import type { KeyPath } from "../problems/finding.ts";

/** A scenario as written: values with the places where they stand, independent of YAML or JSON. */
export type ScenarioNode = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly position: Position;
}

export interface MapEntry {
  /** Place of the key. */
  readonly key: Position;
  readonly value: ScenarioNode;
}

interface ListNode {
  readonly kind: "list";
  readonly items: readonly ScenarioNode[];
  readonly position: Position;
}

interface ScalarNode {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly position: Position;
}

/** The value without places. Keys become own properties, also dangerous ones such as `__proto__`. */
export function plainValue(node: ScenarioNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plainValue);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plainValue(entry.value)]));
}

/** The node at a path, or null when the path leads nowhere. */
export function nodeAt(root: ScenarioNode, path: KeyPath): ScenarioNode | null {
  let current: ScenarioNode | undefined = root;
  for (const step of path) {
    current = child(current, step);
    if (current === undefined) return null;
  }
  return current;
}

/**
 * Place of a key or value. For a path that leads nowhere (a missing key): the key of the innermost section that exists,
 * because that is where the key has to be added.
 */
export function positionAt(root: ScenarioNode, path: KeyPath, on: "key" | "value"): Position {
  let current = root;
  let place: Position = { ...root.position, length: 0 };
  for (const [index, step] of path.entries()) {
    const entry = current.kind === "map" && typeof step === "string" ? current.entries.get(step) : undefined;
    const next = child(current, step);
    if (next === undefined) return place;
    const isLast = index === path.length - 1;
    place = entry !== undefined && (!isLast || on === "key") ? entry.key : next.position;
    current = next;
  }
  return place;
}

function child(node: ScenarioNode, step: string | number): ScenarioNode | undefined {
  if (node.kind === "map") return node.entries.get(String(step))?.value;
  return node.kind === "list" && typeof step === "number" ? node.items[step] : undefined;
}
