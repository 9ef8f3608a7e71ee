import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { backendEntry } from "../../src/config/schema/backends.ts";
import { check, entryOf, shapeOf, unwrapped } from "../../src/config/schema/check.ts";
import { FAULT_KINDS, faultSection } from "../../src/config/schema/faults.ts";
import { keyInfoOf } from "../../src/config/schema/keys.ts";
import { proxySection } from "../../src/config/schema/proxy.ts";
import { scenarioJsonSchema, scenarioSchema } from "../../src/config/schema.ts";

type Schema = Parameters<typeof shapeOf>[0];

/** Every key of every section, with its path. */
function allKeys(schema: Schema, path: string): readonly [string, Schema][] {
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([key, child]): readonly [string, Schema][] => {
    const name = `${path}.${key}`;
    const entry = entryOf(child);
    return [[name, child], ...allKeys(child, name), ...(entry === null ? [] : allKeys(entry, `${name}[]`))];
  });
}

const KEYS = [
  ...allKeys(scenarioSchema, "scenario"),
  ...allKeys(proxySection, "proxy"),
  ...allKeys(backendEntry, "backends"),
  ...FAULT_KINDS.flatMap((kind) => allKeys(faultSection(kind), kind)),
];

describe("every key", () => {
  it.each(KEYS)("%s has a description, and its example and default can be read", (_, schema) => {
    const info = keyInfoOf(unwrapped(schema));
    expect(info?.describe).toMatch(/\S.*[.!;`]|\w$/);
    expect(check(unwrapped(schema), parse(info?.example ?? ""), "example")).toMatchObject({ ok: true });
    if (info?.fallback !== undefined) {
      expect(check(unwrapped(schema), info.fallback, "default")).toMatchObject({ ok: true });
    }
  });
});

describe("the JSON Schema", () => {
  const schema = scenarioJsonSchema();
  const properties = schema.properties as Record<string, Record<string, unknown>>;

  it("is draft-07 with descriptions and defaults, and forbids unknown keys", () => {
    expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(["proxy", "clients", "duration"]);
    for (const property of Object.values(properties)) expect(property.description).toBeTypeOf("string");
    expect(properties.seed).toMatchObject({ type: "integer", default: 1, minimum: 0 });
    expect(properties.drain).toMatchObject({ type: ["string", "number"], default: "60s" });
    expect(properties.phase).toMatchObject({ enum: ["random", "fixed"], default: "random" });
  });

  it("knows every fault with its own keys, and both forms of the proxy", () => {
    const text = JSON.stringify(schema);
    expect(text).not.toContain("$fault");
    expect(text).not.toContain("$section");
    const branches = (properties.faults as { items: { anyOf: { properties: object }[] } }).items.anyOf;
    expect(
      branches.map((branch) => Object.keys(branch.properties)).filter((keys) => keys.includes("factor")),
    ).toHaveLength(1);
    expect(properties.proxy).toMatchObject({
      anyOf: [{ type: "string" }, { type: "object", additionalProperties: false }],
    });
  });

  it("offers every distribution where one may stand", () => {
    const think = JSON.stringify(properties.clients);
    for (const name of ["exponential", "lognormal", "bounded-pareto", "mixture"]) expect(think).toContain(`"${name}"`);
  });
});
