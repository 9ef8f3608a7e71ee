import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../src/config/document/load-document.ts";
import { plainValue } from "../../../src/config/document/scenario-node.ts";

describe("loading a scenario", () => {
  it("merges a chain of bases, the nearest last", () => {
    const files: Readonly<Record<string, string>> = {
      "x/b.yaml": "extends: ../c.yaml\nseed: 2\ndrain: 2s\n",
      "c.yaml": "seed: 3\ndrain: 3s\nduration: 3s\n",
    };
    const { node, problems } = loadDocument("s.yaml", "extends: x/b.yaml\nseed: 1\n", (path) => files[path] ?? null);
    expect(problems).toEqual([]);
    expect(node === null ? null : plainValue(node)).toEqual({
      extends: "x/b.yaml",
      seed: 1,
      drain: "2s",
      duration: "3s",
    });
  });

  it("ends a chain that is too long", () => {
    let asked = 0;
    const load = () => {
      asked++;
      return `extends: b${asked}.yaml\n`;
    };
    expect(loadDocument("s.yaml", "extends: b0.yaml\n", load).problems).toMatchObject([{ code: "extends-cycle" }]);
    expect(asked).toBeLessThan(30);
  });

  it("reports an empty base", () => {
    expect(loadDocument("s.yaml", "extends: b.yaml\n", () => "").problems).toMatchObject([
      { code: "empty-scenario", position: { file: "b.yaml" } },
    ]);
  });

  it("leaves a name in extends that is no text to the schema", () => {
    expect(loadDocument("s.yaml", "extends: [1]\n", () => null).problems).toEqual([]);
  });
});
