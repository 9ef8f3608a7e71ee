import { describe, expect, it } from "vitest";
import { mergeNodes } from "../../../src/config/document/merge-nodes.ts";
import { readDocument } from "../../../src/config/document/read-document.ts";
import { plainValue, positionAt } from "../../../src/config/document/scenario-node.ts";

function node(file: string, text: string) {
  const read = readDocument(file, text);
  if (read.node === null) throw new Error("nothing was read");
  return read.node;
}

function merged(base: string, refining: string) {
  return plainValue(mergeNodes(node("base.yaml", base), node("s.yaml", refining)));
}

describe("a scenario that extends another", () => {
  it("refines sections key by key", () => {
    expect(merged("clients: {patience: 3s, parallel: 2}", "clients: {parallel: 4}")).toEqual({
      clients: { patience: "3s", parallel: 4 },
    });
    expect(
      merged(
        "backends: {default: {cores: 2, session: {store: shared, path: /a}}}",
        "backends: {default: {session: {path: /b}}, n2: {cores: 1}}",
      ),
    ).toEqual({ backends: { default: { cores: 2, session: { store: "shared", path: "/b" } }, n2: { cores: 1 } } });
  });

  it("replaces lists, distributions, proxy and variants as a whole", () => {
    expect(merged("faults: [{at: 1s, crash: a}]", "faults: [{at: 2s, hang: b}]")).toEqual({
      faults: [{ at: "2s", hang: "b" }],
    });
    expect(
      merged(
        "backends: {a: {service: {exponential: {mean: 1s}}}}",
        "backends: {a: {service: {uniform: {min: 0, max: 1s}}}}",
      ),
    ).toEqual({
      backends: { a: { service: { uniform: { min: 0, max: "1s" } } } },
    });
    expect(merged("variants: {a: [1]}\nproxy: {file: a, version: 1}", "variants: {b: [2]}\nproxy: b.conf")).toEqual({
      variants: { b: [2] },
      proxy: "b.conf",
    });
  });

  it("drops what the base says by a key that excludes the refining one", () => {
    expect(merged("clients: {sessions: {rate: 1/s}, idle: 1s}", "clients: {users: {count: 3}}")).toEqual({
      clients: { idle: "1s", users: { count: 3 } },
    });
    expect(merged("clients: {sessions: {rate: 1/s, think: 2s}}", "clients: {sessions: {trace: [0s]}}")).toEqual({
      clients: { sessions: { think: "2s", trace: ["0s"] } },
    });
  });

  it("keeps for every value the file that says it", () => {
    const both = mergeNodes(node("base.yaml", "duration: 1m\nseed: 3"), node("s.yaml", "seed: 4"));
    expect(positionAt(both, ["duration"], "value").file).toBe("base.yaml");
    expect(positionAt(both, ["seed"], "value").file).toBe("s.yaml");
  });
});
