import * as z from "zod/mini";
import { FAULT_KINDS, type FaultKind, faultSection } from "./schema/faults.ts";
import { type JsonShape, jsonShapeOf, keyInfoOf } from "./schema/keys.ts";
import { proxySection } from "./schema/proxy.ts";
import { scenarioSchema } from "./schema/scenario.ts";

export { scenarioSchema } from "./schema/scenario.ts";

/** JSON Schema (draft-07) of a scenario, for editors: types, defaults and a description of every key. */
export function scenarioJsonSchema(): JsonShape {
  const shape = jsonSchemaOf(scenarioSchema);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "lbsim scenario",
    ...without(shape, "$schema"),
  };
}

function jsonSchemaOf(schema: z.core.$ZodType): JsonShape {
  const made = z.toJSONSchema(schema, {
    target: "draft-7",
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const shape = jsonShapeOf(zodSchema);
      const info = keyInfoOf(zodSchema);
      const target = jsonSchema as Record<string, unknown>;
      if (shape !== null) Object.assign(target, embedded(shape));
      if (info?.fallback !== undefined) target.default = info.fallback;
      if (info !== null) target.examples = [info.example];
    },
  });
  return JSON.parse(JSON.stringify(made)) as JsonShape;
}

/** Replaces the markers of values that are read by a function but have a schema of their own. */
function embedded(shape: JsonShape): JsonShape {
  if (shape.$section === "proxy") {
    return { anyOf: [{ type: "string" }, without(jsonSchemaOf(proxySection), "$schema")] };
  }
  const branches = shape.anyOf;
  if (!Array.isArray(branches) || !branches.some((branch: JsonShape) => "$fault" in branch)) return shape;
  return { anyOf: FAULT_KINDS.map((kind: FaultKind) => without(jsonSchemaOf(faultSection(kind)), "$schema")) };
}

function without(shape: JsonShape, key: string): JsonShape {
  return Object.fromEntries(Object.entries(shape).filter(([name]) => name !== key));
}
