import type { Position, Problem } from "../contract/problem.ts";
import { suggest } from "../contract/suggest.ts";
import { joinPath } from "./document/join-path.ts";
import { loadDocument } from "./document/load-document.ts";
import { nodeAt, plainValue, positionAt, type ScenarioNode } from "./document/scenario-node.ts";
import { applyOverrides, missingEntries, type Override } from "./overrides.ts";
import { inReadingOrder, problem } from "./problem.ts";
import type { Finding, KeyPath } from "./problems/finding.ts";
import { checkRelations } from "./scenario-checks.ts";
import { check } from "./schema/check.ts";
import { type ScenarioInput, scenarioSchema } from "./schema/scenario.ts";
import { expandVariants, type Variant } from "./variants.ts";

/** A scenario that can be used: read, merged, checked by itself. What depends on the proxy comes in resolveScenario. */
export interface ParsedScenario {
  /** As given by the user. */
  readonly file: string;
  readonly input: ScenarioInput;
  /** What was written, with places, after `extends` and `--set`. */
  readonly document: ScenarioNode;
  /** Path of the proxy's configuration, worked out from the file that names it; null when it is inline. */
  readonly proxyFile: string | null;
  /** At least one; without `variants` the only one is called "as written". */
  readonly variants: readonly Variant[];
  /** Name of the variant that the others are compared with. */
  readonly baseline: string;
  readonly expectations: readonly { readonly text: string; readonly position: Position }[];
}

/** What reading a scenario gave; it is null when there are errors. All problems at once, in reading order. */
export interface ScenarioReading {
  readonly scenario: ParsedScenario | null;
  readonly problems: readonly Problem[];
}

/**
 * Reads a scenario. `load` gives the text of a file that it extends, or null; it is the only access to the outside.
 * Never throws for what a file says.
 */
export function parseScenario(
  file: string,
  text: string,
  load: (path: string) => string | null,
  overrides: readonly Override[] = [],
): ScenarioReading {
  const read = loadDocument(file, text, load);
  if (read.node === null) return { scenario: null, problems: inReadingOrder(read.problems) };
  const missing = missingEntries(read.node, overrides);
  if (missing.length > 0) return { scenario: null, problems: inReadingOrder([...read.problems, ...missing]) };
  const document = applyOverrides(read.node, overrides);
  const problems = [...read.problems];
  if (isEmpty(document)) {
    const hint = "at least proxy, clients and duration; see docs/reference/scenario.md";
    const position = { ...document.position, length: 0 };
    return {
      scenario: null,
      problems: [...read.problems, problem("empty-scenario", `${file} says nothing`, hint, position)],
    };
  }
  if (document.kind !== "map") {
    const message = "a scenario is a section with keys such as proxy, clients and duration";
    problems.push(problem("wrong-type", message, "see docs/reference/scenario.md, or lbsim init", document.position));
    return { scenario: null, problems: inReadingOrder(problems) };
  }
  const checked = check(scenarioSchema, plainValue(document), "a scenario");
  const findings = checked.ok ? [] : withoutMisspelt(checked.findings);
  const misspelt = findings.flatMap(({ code, path }) => (code === "unknown-key" ? [path] : []));
  problems.push(...checkRelations(document, misspelt));
  problems.push(...findings.map((finding) => positioned(finding, document)));
  if (!checked.ok || problems.some((each) => each.severity === "error")) {
    return { scenario: null, problems: inReadingOrder(problems) };
  }
  const expanded = expandVariants(checked.value.variants, checked.value.baseline, document);
  problems.push(...expanded.problems);
  if (expanded.problems.length > 0) return { scenario: null, problems: inReadingOrder(problems) };
  const scenario = assemble(file, checked.value, document, expanded.variants, expanded.baseline);
  return { scenario, problems: inReadingOrder(problems) };
}

/** A key that is missing because it is misspelt beside it is one problem, told where it is misspelt. */
function withoutMisspelt(findings: readonly Finding[]): readonly Finding[] {
  const keyOf = ({ path }: Finding): string => String(path.at(-1));
  const sectionOf = ({ path }: Finding): string => JSON.stringify(path.slice(0, -1));
  const unknown = findings.filter(({ code }) => code === "unknown-key");
  return findings.filter(
    (finding) =>
      finding.code !== "missing-key" ||
      !unknown.some(
        (each) => sectionOf(each) === sectionOf(finding) && suggest(keyOf(each), [keyOf(finding)]) !== null,
      ),
  );
}

function assemble(
  file: string,
  input: ScenarioInput,
  document: ScenarioNode,
  variants: readonly Variant[],
  baseline: string,
): ParsedScenario {
  const path = input.proxy.file;
  const fileKey = nodeAt(document, ["proxy", "file"]) === null ? ["proxy"] : ["proxy", "file"];
  const saidBy = positionAt(document, fileKey, "value").file;
  const expectations = (input.expect ?? []).map((expectation, index) => ({
    text: expectation,
    position: positionAt(document, ["expect", index], "value"),
  }));
  return {
    file,
    input,
    document,
    proxyFile: path === undefined ? null : joinPath(isOption(saidBy) ? "" : saidBy, path),
    variants,
    baseline,
    expectations,
  };
}

/** Where a value comes from: "scenario.yaml:5", "--set" or, when nobody wrote it, "default". */
export function originOf(scenario: ParsedScenario, path: KeyPath): string {
  const node = nodeAt(scenario.document, path);
  return node === null ? "default" : placeText(node.position);
}

/** "httpd.conf:12", or "--set" for what stands on the command line. */
export function placeText(position: Position): string {
  return isOption(position.file) ? position.file : `${position.file}:${position.line}`;
}

function isOption(file: string): boolean {
  return file.startsWith("--");
}

function isEmpty(node: ScenarioNode): boolean {
  return (node.kind === "scalar" && node.value === null) || (node.kind === "map" && node.entries.size === 0);
}

function positioned(finding: Finding, document: ScenarioNode): Problem {
  return problem(finding.code, finding.message, finding.hint, positionAt(document, finding.path, finding.on));
}
