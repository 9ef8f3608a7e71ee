import * as z from "zod/mini";
import { suggest } from "../../contract/suggest.ts";
import { bad, good, type Outcome, shown } from "../problems/finding.ts";
import { DISTRIBUTION_NAMES, distributionForms, readDistribution } from "../values/distribution.ts";
import type { DistributionSpec } from "../values/distribution-spec.ts";
import type { QuantityKind } from "../values/quantity.ts";

/** What the reference says about a key beside its type. */
export interface KeyInfo {
  /** One or two sentences. */
  readonly describe: string;
  /** As it stands after the key in a scenario: "250ms". */
  readonly example: string;
  /** Value taken when the key is absent, as written in a scenario; undefined = none. */
  readonly fallback?: string | number | boolean | JsonShape;
  /** The default in words where it is not one plain value. */
  readonly fallbackText?: string;
}

interface RegisteredKey extends KeyInfo {
  readonly type: string;
}

/** JSON Schema of one value, as plain data. */
export type JsonShape = Readonly<Record<string, unknown>>;

const registered = new WeakMap<object, RegisteredKey>();
const jsonShapes = new WeakMap<object, () => JsonShape>();

export function keyInfoOf(schema: object): RegisteredKey | null {
  return registered.get(schema) ?? null;
}

/** The JSON Schema of a value that is read by a function of ours, or null. */
export function jsonShapeOf(schema: object): JsonShape | null {
  return jsonShapes.get(schema)?.() ?? null;
}

/** A value that is read by `read`; absent values never reach it (the check words "missing"). */
export function custom<T>(info: KeyInfo, type: string, read: (value: unknown) => Outcome<T>, json: () => JsonShape) {
  const transform = z.transform((value: unknown, context): T => {
    const outcome: Outcome<T> = value === undefined ? bad("missing-key", "") : read(value);
    if (outcome.ok) return outcome.value;
    for (const finding of outcome.findings) {
      const path = [...finding.path];
      context.issues.push({ code: "custom", input: value, path, message: finding.message, params: { finding } });
    }
    return z.NEVER;
  });
  const schema = z.pipe(z.unknown(), transform).check(z.describe(info.describe));
  registered.set(schema, { ...info, type });
  jsonShapes.set(schema, json);
  return schema;
}

/** A quantity with a unit. */
export function quantity(kind: QuantityKind, info: KeyInfo) {
  return custom(
    info,
    kind.name,
    (value) => kind.read(value),
    () => ({ type: ["string", "number"] }),
  );
}

/** A quantity that is drawn: a constant or a distribution. */
export function drawn(kind: QuantityKind, info: KeyInfo) {
  const read = (value: unknown): Outcome<DistributionSpec> => readDistribution(value, kind);
  return custom(info, `${kind.name} or distribution`, read, distributionJson);
}

/** A whole number within bounds. */
export function whole(min: number, max: number, info: KeyInfo) {
  const read = (value: unknown): Outcome<number> => {
    const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== "number") return bad("wrong-type", `expected a whole number, found ${shown(value)}`);
    if (!Number.isInteger(number)) return bad("wrong-type", `expected a whole number, found ${shown(value)}`);
    if (number < min) return bad("out-of-range", `must be at least ${min}: ${shown(value)}`, `write ${min} to ${max}`);
    if (number > max) return bad("out-of-range", `must be at most ${max}: ${shown(value)}`, `write ${min} to ${max}`);
    return good(number);
  };
  return custom(info, "whole number", read, () => ({ type: "integer", minimum: min, maximum: max }));
}

/** A number more than 0, e.g. a speed factor. */
export function factor(info: KeyInfo) {
  const read = (value: unknown): Outcome<number> => {
    const number = typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    if (typeof number !== "number") return bad("wrong-type", `expected a number such as 2, found ${shown(value)}`);
    if (number > 0 && number <= 1_000_000) return good(number);
    return bad("out-of-range", `must be more than 0 and at most 1000000: ${shown(value)}`, "write 1 for no change");
  };
  return custom(info, "number", read, () => ({ type: "number", exclusiveMinimum: 0 }));
}

/** A text; numbers and booleans are taken as they are written (`route: 1`). */
export function text(info: KeyInfo) {
  const read = (value: unknown): Outcome<string> => {
    const isScalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return isScalar ? good(String(value)) : bad("wrong-type", `expected a text, found ${shown(value)}`);
  };
  return custom(info, "text", read, () => ({ type: "string" }));
}

/** true or false. */
export function flag(info: KeyInfo) {
  const read = (value: unknown): Outcome<boolean> => {
    if (typeof value === "boolean") return good(value);
    const word = typeof value === "string" ? value.toLowerCase() : "";
    // YAML 1.2 reads On and yes as texts; httpd users write them by habit.
    if (word === "on" || word === "yes") return good(true);
    if (word === "off" || word === "no") return good(false);
    return bad("wrong-type", `expected true or false, found ${shown(value)}`);
  };
  return custom(info, "true or false", read, () => ({ type: "boolean" }));
}

/** One of some words. */
export function word<const W extends string>(words: readonly W[], info: KeyInfo) {
  const read = (value: unknown): Outcome<W> => {
    const found = words.find((each) => each === value);
    if (found !== undefined) return good(found);
    const near = typeof value === "string" ? suggest(value, words) : null;
    const hint = near === null ? null : `did you mean "${near}"?`;
    return bad("wrong-value", `expected one of ${words.join(", ")}; found ${shown(value)}`, hint);
  };
  return custom(info, words.map((each) => `\`${each}\``).join(", "), read, () => ({
    type: "string",
    enum: [...words],
  }));
}

/** A section (map) with known keys; anything else in it is an error. */
export function section<S extends Parameters<typeof z.strictObject>[0]>(shape: S, info?: KeyInfo) {
  const plain = z.strictObject(shape);
  const schema = info === undefined ? plain : plain.check(z.describe(info.describe));
  if (info !== undefined) registered.set(schema, { ...info, type: "section" });
  return schema as unknown as z.ZodMiniObject<NonNullable<S>, z.core.$strict>;
}

/** A list of one or more entries. */
export function list<S extends z.core.$ZodType>(entry: S, info: KeyInfo, fewest = 1) {
  const schema = z.array(entry).check(z.minLength(fewest), z.describe(info.describe));
  registered.set(schema, { ...info, type: "list" });
  return schema;
}

/** A section whose keys are names that the author chooses. */
export function named<S extends z.core.$ZodType>(entry: S, info: KeyInfo) {
  const schema = z.record(z.string(), entry).check(z.describe(info.describe));
  registered.set(schema, { ...info, type: "section of names" });
  return schema;
}

/** The key may be left out; then its registered fallback is read as if it had been written. */
export function withFallback<S extends z.core.$ZodType>(schema: S) {
  const fallback = keyInfoOf(schema)?.fallback;
  if (fallback === undefined) throw new RangeError("a key without a registered fallback");
  return z.prefault(schema, fallback as z.core.input<S>);
}

function distributionJson(): JsonShape {
  const value: JsonShape = { type: ["string", "number"] };
  const branches = DISTRIBUTION_NAMES.map((name): JsonShape => {
    const forms = distributionForms(name).map((parameters): JsonShape => {
      const properties = Object.fromEntries(parameters.map(([key]) => [key, value]));
      return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
    });
    const body = name === "constant" ? value : forms.length === 0 ? { type: "array", minItems: 1 } : anyOf(forms);
    return { type: "object", properties: { [name]: body }, required: [name], additionalProperties: false };
  });
  return { anyOf: [value, ...branches] };
}

function anyOf(shapes: readonly JsonShape[]): JsonShape {
  const [only, second] = shapes;
  return only !== undefined && second === undefined ? only : { anyOf: shapes };
}
