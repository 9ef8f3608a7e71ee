import type { KeyPath } from "../problems/finding.ts";
import type { MapEntry, ScenarioNode } from "./scenario-node.ts";

/** Keys of `clients` of which one excludes the others. */
const ARRIVAL_KEYS = ["sessions", "users", "requests"];
/** Keys inside `clients.sessions` and `clients.requests` of which one excludes the others. */
const RATE_KEYS = ["rate", "curve", "bursty", "trace"];

/**
 * A scenario that extends another: sections are merged key by key, everything else (lists, distributions, `proxy`,
 * `variants`) is replaced as a whole. What the base says by a key that excludes the refining one is dropped.
 */
export function mergeNodes(base: ScenarioNode, refining: ScenarioNode, path: KeyPath = []): ScenarioNode {
  if (base.kind !== "map" || refining.kind !== "map" || !isMerged(path)) return refining;
  const entries = new Map<string, MapEntry>();
  const excluded = excludedKeys(path, [...refining.entries.keys()]);
  for (const [key, entry] of base.entries) {
    if (!excluded.includes(key)) entries.set(key, entry);
  }
  for (const [key, entry] of refining.entries) {
    const inherited = entries.get(key);
    const value = inherited === undefined ? entry.value : mergeNodes(inherited.value, entry.value, [...path, key]);
    entries.set(key, { key: entry.key, value });
  }
  return { kind: "map", entries, position: refining.position };
}

function isMerged(path: KeyPath): boolean {
  const [top, second, third, fourth] = path;
  if (top === undefined) return true;
  if (top === "network" || top === "dns") return second === undefined;
  if (top === "clients") {
    return second === undefined || (third === undefined && [...ARRIVAL_KEYS, "retry"].includes(String(second)));
  }
  if (top !== "backends") return false;
  return third === undefined || (third === "session" && fourth === undefined);
}

function excludedKeys(path: KeyPath, written: readonly string[]): readonly string[] {
  const group = path.length === 1 && path[0] === "clients" ? ARRIVAL_KEYS : path[0] === "clients" ? RATE_KEYS : [];
  return group.some((key) => written.includes(key)) ? group.filter((key) => !written.includes(key)) : [];
}
