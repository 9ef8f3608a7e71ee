import type { Problem } from "../contract/problem.ts";
import { nodeAt, positionAt, type ScenarioNode } from "./document/scenario-node.ts";
import { problem } from "./problem.ts";
import type { KeyPath } from "./problems/finding.ts";

const ARRIVALS = ["sessions", "users", "requests"];
const RATES = ["rate", "curve", "bursty", "trace"];

/**
 * What the schema can't say: keys that exclude each other, and names that must be unique. Works on broken scenarios too.
 * A section with a key that it doesn't know (`misspelt`: those keys) isn't said to lack one: the unknown key was meant.
 */
export function checkRelations(root: ScenarioNode, misspelt: readonly KeyPath[] = []): readonly Problem[] {
  const problems: Problem[] = [];
  const clients = nodeAt(root, ["clients"]);
  if (clients?.kind === "map") {
    problems.push(...exactlyOne(root, ["clients"], ARRIVALS, "who makes requests?", misspelt));
    for (const key of ["sessions", "requests"]) {
      if (nodeAt(root, ["clients", key])?.kind === "map") {
        problems.push(...exactlyOne(root, ["clients", key], RATES, "how often?", misspelt));
        problems.push(...lawWithoutRate(root, ["clients", key]));
      }
    }
  }
  problems.push(...unique(root, "faults", "id", "faults"));
  problems.push(...unique(root, "clients.classes", "name", "classes"));
  return problems;
}

function exactlyOne(
  root: ScenarioNode,
  path: KeyPath,
  keys: readonly string[],
  question: string,
  misspelt: readonly KeyPath[],
): readonly Problem[] {
  const node = nodeAt(root, path);
  const written = keys.filter((key) => node?.kind === "map" && node.entries.has(key));
  const [first, second] = written;
  const where = path.join(".");
  if (first === undefined) {
    if (misspelt.some((key) => key.length === path.length + 1 && path.every((step, i) => key[i] === step))) return [];
    const message = `${question} ${where} needs one of ${keys.join(", ")}`;
    return [problem("no-requests", message, null, positionAt(root, path, "key"))];
  }
  if (second === undefined) return [];
  const position = positionAt(root, [...path, second], "key");
  return [
    problem("conflicting-keys", `"${second}" can't stand beside "${first}" in ${where}`, "keep one of them", position),
  ];
}

/** `arrivals` says how the arrivals of a `rate` follow each other; the other keys have a law of their own. */
function lawWithoutRate(root: ScenarioNode, path: KeyPath): readonly Problem[] {
  const other = RATES.find((key) => key !== "rate" && nodeAt(root, [...path, key]) !== null);
  if (other === undefined || nodeAt(root, [...path, "arrivals"]) === null) return [];
  const message = `"arrivals" can't stand beside "${other}" in ${path.join(".")}`;
  return [problem("conflicting-keys", message, "it is for rate alone", positionAt(root, [...path, "arrivals"], "key"))];
}

function unique(root: ScenarioNode, dotted: string, key: string, what: string): readonly Problem[] {
  const path = dotted.split(".");
  const list = nodeAt(root, path);
  if (list?.kind !== "list") return [];
  const seen = new Set<unknown>();
  const problems: Problem[] = [];
  list.items.forEach((_, index) => {
    const node = nodeAt(root, [...path, index, key]);
    if (node?.kind !== "scalar") return;
    if (seen.has(node.value)) {
      problems.push(problem("duplicate-name", `two ${what} are called "${node.value}"`, null, node.position));
    }
    seen.add(node.value);
  });
  return problems;
}
