import type { Problem } from "../../contract/problem.ts";
import { problem } from "../problem.ts";
import { joinPath } from "./join-path.ts";
import { mergeNodes } from "./merge-nodes.ts";
import { type ReadDocument, readDocument } from "./read-document.ts";
import type { MapNode, ScenarioNode } from "./scenario-node.ts";

/** Longest chain of scenarios that extend each other. */
const MAX_CHAIN = 20;

/** Reads a scenario and everything that it extends, and merges them. `load` answers null for a file that is not there. */
export function loadDocument(file: string, text: string, load: (path: string) => string | null): ReadDocument {
  const problems: Problem[] = [];
  const chain: ScenarioNode[] = [];
  const seen: string[] = [];
  let nextFile = joinPath("", file);
  let nextText = text;
  for (;;) {
    seen.push(nextFile);
    // The user's own file keeps the name that was given, bases have the path that leads to them.
    const read = readDocument(seen.length === 1 ? file : nextFile, nextText);
    problems.push(...read.problems);
    if (read.node === null) {
      if (read.problems.length === 0) problems.push(emptyProblem(seen.length === 1 ? file : nextFile));
      return { node: null, problems };
    }
    chain.unshift(read.node);
    const base = baseOf(read.node);
    if (base === null) break;
    const path = joinPath(nextFile, base.path);
    const refused = seen.includes(path)
      ? problem(
          "extends-cycle",
          `scenarios extend each other in a circle: ${[...seen, path].join(" -> ")}`,
          "take extends out of one of them",
          base.position,
        )
      : seen.length >= MAX_CHAIN
        ? problem(
            "extends-cycle",
            `more than ${MAX_CHAIN} scenarios extend each other`,
            "put the middle ones together",
            base.position,
          )
        : null;
    const loaded = refused === null ? load(path) : null;
    if (loaded === null) {
      const missing = problem(
        "missing-file",
        `there is no file ${path}`,
        "extends is relative to the file that says it",
        base.position,
      );
      problems.push(refused ?? missing);
      return { node: null, problems };
    }
    nextFile = path;
    nextText = loaded;
  }
  return { node: chain.reduce((base, refining) => mergeNodes(base, refining)), problems };
}

function baseOf(node: ScenarioNode): { path: string; position: MapNode["position"] } | null {
  const value = node.kind === "map" ? node.entries.get("extends")?.value : undefined;
  if (value?.kind !== "scalar" || typeof value.value !== "string" || value.value === "") return null;
  return { path: value.value, position: value.position };
}

function emptyProblem(file: string): Problem {
  const hint = "at least proxy, clients and duration; see docs/reference/scenario.md";
  return problem("empty-scenario", `${file} says nothing`, hint, { file, line: 1, column: 1, length: 0 });
}
