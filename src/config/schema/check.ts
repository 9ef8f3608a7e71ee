import * as z from "zod/mini";
import { suggest } from "../../contract/suggest.ts";
import type { Finding, KeyPath, Outcome } from "../problems/finding.ts";
import { pathText, shown } from "../problems/finding.ts";
import { keyInfoOf } from "./keys.ts";
import { RESERVED_KEYS } from "./reserved-keys.ts";

/** The parts of a zod schema that a walk along a path needs. */
interface SchemaDef {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
}

/** Reads a value with a schema; every issue becomes a finding in our words. `where` names the value in messages. */
export function check<S extends z.core.$ZodType>(schema: S, value: unknown, where: string): Outcome<z.core.output<S>> {
  const result = z.safeParse(schema, value);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, findings: result.error.issues.flatMap((issue) => findingsOf(schema, value, where, issue)) };
}

function findingsOf(
  schema: z.core.$ZodType,
  value: unknown,
  where: string,
  issue: z.core.$ZodIssue,
): readonly Finding[] {
  const path = issue.path.filter((step): step is string | number => typeof step !== "symbol");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey(schema, where, [...path, key]));
  }
  if (issue.code === "custom") {
    const finding = (issue.params as { finding?: Finding } | undefined)?.finding;
    if (finding?.code === "missing-key" && finding.message === "") return [missing(schema, where, path)];
    if (finding !== undefined) return [{ ...finding, path }];
  }
  const found = valueAt(value, path);
  if (found === undefined) return [missing(schema, where, path)];
  if (issue.code === "too_small") return [plain(path, "missing-key", "an empty list")];
  const expected = issue.code === "invalid_type" && issue.expected === "array" ? "a list" : "a section with keys";
  return [plain(path, "wrong-type", `expected ${expected}, found ${shown(found)}`)];
}

function unknownKey(schema: z.core.$ZodType, where: string, path: KeyPath): Finding {
  const key = String(path.at(-1));
  const parentPath = path.slice(0, -1);
  const place = placeText(where, parentPath);
  const parent = schemaAt(schema, parentPath);
  const shape = parent === null ? {} : (defOf(parent).shape ?? {});
  const reserved = Object.hasOwn(RESERVED_KEYS, key) ? RESERVED_KEYS[key] : undefined;
  if (reserved !== undefined) {
    return {
      path,
      code: "not-yet",
      message: `"${key}" is not yet supported: ${reserved}`,
      hint: "leave it out",
      on: "key",
    };
  }
  const known = Object.keys(shape);
  const near = suggest(key, known);
  const hint = near === null ? `keys: ${known.join(", ")}` : `did you mean "${near}"? ${aboutKey(shape[near])}`.trim();
  const merge = key === "<<" ? "merge keys are YAML 1.1; use extends, or an alias for the whole value" : null;
  return { path, code: "unknown-key", message: `"${key}" is not a key of ${place}`, hint: merge ?? hint, on: "key" };
}

function missing(schema: z.core.$ZodType, where: string, path: KeyPath): Finding {
  const parentPath = path.slice(0, -1);
  const key = String(path.at(-1) ?? where);
  const own = schemaAt(schema, path);
  const info = own === null ? null : keyInfoOf(unwrapped(own));
  const hint = info === null ? null : `e.g. ${key}: ${info.example}`;
  return {
    path,
    code: "missing-key",
    message: `"${key}" is missing in ${placeText(where, parentPath)}`,
    hint,
    on: "key",
  };
}

function plain(path: KeyPath, code: string, message: string): Finding {
  return { path, code, message, hint: null, on: "value" };
}

function placeText(where: string, path: KeyPath): string {
  if (path.length === 0) return where;
  const text = pathText(path);
  return where === "a scenario" ? text : `${where}, ${text}`;
}

/** "(time between two requests, default 1s)" */
function aboutKey(schema: z.core.$ZodType | undefined): string {
  const info = schema === undefined ? null : keyInfoOf(unwrapped(schema));
  if (info === null) return "";
  const sentence = info.describe.split(/[.;:](?:\s|$)/)[0] ?? "";
  const fallback = info.fallback === undefined ? "" : `, default ${info.fallback}`;
  return `(${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}${fallback})`;
}

/** The schema that reads the value at a path, or null when the path leads nowhere. */
export function schemaAt(schema: z.core.$ZodType, path: KeyPath): z.core.$ZodType | null {
  let current: z.core.$ZodType | undefined = schema;
  for (const step of path) {
    if (current === undefined) return null;
    const def = defOf(unwrapped(current));
    current = typeof step === "number" ? def.element : (def.shape?.[step] ?? def.valueType);
  }
  return current === undefined ? null : unwrapped(current);
}

/** Without the layers that make a key optional. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  let current = schema;
  for (let inner = defOf(current).innerType; inner !== undefined; inner = defOf(current).innerType) current = inner;
  return current;
}

/** Keys of a section, or null when the schema is something else. */
export function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> | null {
  return defOf(unwrapped(schema)).shape ?? null;
}

/** Schema of a list's or named section's entries, or null. */
export function entryOf(schema: z.core.$ZodType): z.core.$ZodType | null {
  const def = defOf(unwrapped(schema));
  return def.element ?? def.valueType ?? null;
}

function defOf(schema: z.core.$ZodType): SchemaDef {
  return schema._zod.def as unknown as SchemaDef;
}

function valueAt(value: unknown, path: KeyPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}
