import type * as z from "zod/mini";
import { nodeAt, type ScenarioNode } from "../document/scenario-node.ts";
import { originOf, type ParsedScenario } from "../parse-scenario.ts";
import type { KeyPath } from "../problems/finding.ts";
import { pathText } from "../problems/finding.ts";
import { shapeOf, unwrapped } from "../schema/check.ts";
import { keyInfoOf } from "../schema/keys.ts";

/** One resolved value for `--print-config`: what it is and who said so. */
export interface ResolvedValue {
  /** "clients.patience" */
  readonly key: string;
  /** As it would be written in a scenario. */
  readonly value: string;
  /** "scenario.yaml:5", "httpd.conf:12", "--set", "default". */
  readonly from: string;
}

/**
 * Every key of a section with its value as written, or its default. Keys without a default that nobody wrote are left
 * out; so are keys in `except` (their values depend on the proxy's configuration).
 */
export function writtenValues(
  scenario: ParsedScenario,
  schema: z.core.$ZodType,
  path: KeyPath,
  except: readonly string[],
): readonly ResolvedValue[] {
  const values: ResolvedValue[] = [];
  for (const [key, child] of Object.entries(shapeOf(schema) ?? {})) {
    const childPath = [...path, key];
    const name = pathText(childPath);
    if (except.includes(name)) continue;
    const node = nodeAt(scenario.document, childPath);
    const isSection = shapeOf(child) !== null;
    const isImplied = isSection && !isOptional(child);
    if (isSection && (node?.kind === "map" || isImplied))
      values.push(...writtenValues(scenario, child, childPath, except));
    else if (node !== null) values.push({ key: name, value: flowText(node), from: originOf(scenario, childPath) });
    else {
      const fallback = keyInfoOf(unwrapped(child))?.fallback;
      if (fallback !== undefined) values.push({ key: name, value: flowValue(fallback), from: "default" });
    }
  }
  return values;
}

/** A node in YAML's flow form: "{exponential: {mean: 5s}}". */
export function flowText(node: ScenarioNode): string {
  if (node.kind === "scalar") return flowValue(node.value);
  if (node.kind === "list") return `[${node.items.map(flowText).join(", ")}]`;
  return `{${[...node.entries].map(([key, entry]) => `${key}: ${flowText(entry.value)}`).join(", ")}}`;
}

/** A value in YAML's flow form. Texts are quoted only where they would be read as something else. */
export function flowValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowValue).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}: ${flowValue(inner)}`)
      .join(", ")}}`;
  }
  return typeof value !== "string" || isPlainText(value) ? String(value) : JSON.stringify(value);
}

/** Whether YAML reads the text, written without quotes, as this text and nothing else. */
function isPlainText(text: string): boolean {
  const isWordlike = /^[A-Za-z0-9/](?:[\w./%:@+ -]*[\w./%@+-])?$/.test(text) && !text.includes(": ");
  const isOther = /^(?:true|false|null|0[xo].*|\d[\d.]*(?:e[+-]?\d+)?)$/i.test(text);
  return isWordlike && !isOther;
}

function isOptional(schema: z.core.$ZodType): boolean {
  return schema._zod.def.type === "optional";
}
