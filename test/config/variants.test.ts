import { describe, expect, it } from "vitest";
import { parseScenario } from "../../src/config/parse-scenario.ts";

const BASE = "proxy: httpd.conf\nclients: {requests: {rate: 1/s}}\nduration: 1m\n";

function read(variants: string, file = "a/s.yaml") {
  return parseScenario(file, `${BASE}${variants}\n`, () => null);
}

function names(variants: string): readonly string[] {
  return (read(variants).scenario?.variants ?? []).map((variant) => variant.name);
}

describe("a matrix of variants", () => {
  it("has all combinations in the order written, the last key varying fastest", () => {
    expect(names("variants: {lbmethod: [byrequests, bybusyness], nofailover: [On, Off]}")).toEqual([
      "byrequests · nofailover=On",
      "byrequests · nofailover=Off",
      "bybusyness · nofailover=On",
      "bybusyness · nofailover=Off",
    ]);
  });

  it("takes a single value where all variants share it", () => {
    expect(names("variants: {lbmethod: [a, b], 'member(10.0.0.1:80).retry': 5}")).toEqual([
      "a · retry=5",
      "b · retry=5",
    ]);
  });

  it("writes keys out where their last words are the same", () => {
    expect(names("variants: {member(n1).retry: [1], member(n2).retry: [2]}")).toEqual([
      "member(n1).retry=1 · member(n2).retry=2",
    ]);
    expect(names("variants: {balancer(a).lbmethod: [x], balancer(b).lbmethod: [y]}")).toEqual([
      "balancer(a).lbmethod=x · balancer(b).lbmethod=y",
    ]);
  });

  it("keeps for every setting the place of its value", () => {
    const { scenario } = read("variants:\n  lbmethod: [byrequests, bybusyness]");
    expect(scenario?.variants[1]?.settings).toEqual([
      { key: "lbmethod", value: "bybusyness", position: { file: "a/s.yaml", line: 5, column: 26, length: 10 } },
    ]);
  });

  it("can vary the configuration file, relative to the scenario", () => {
    const { scenario } = read("variants: {proxy: [one.conf, ../two.conf], lbmethod: [x]}");
    expect(scenario?.variants.map(({ name, proxyFile }) => [name, proxyFile])).toEqual([
      ["one.conf · x", "a/one.conf"],
      ["../two.conf · x", "two.conf"],
    ]);
  });

  it("is refused when it is empty, nested or enormous", () => {
    expect(read("variants: {}").problems).toMatchObject([{ code: "missing-key" }]);
    expect(read("variants: {lbmethod: []}").problems).toMatchObject([{ code: "missing-key" }]);
    expect(read("variants: {lbmethod: [[a]]}").problems).toMatchObject([
      { code: "wrong-type", position: { line: 4, column: 23 } },
    ]);
    const many = Array.from({ length: 11 }, (_, i) => i).join(", ");
    expect(read(`variants: {a: [${many}], b: [${many}], c: [${many}]}`).problems).toMatchObject([
      { code: "out-of-range" },
    ]);
    expect(read("variants: {scenario.duration: [1m]}").problems).toMatchObject([{ code: "not-yet" }]);
  });
});

describe("a list of variants", () => {
  it("has named entries with settings or another configuration", () => {
    const { scenario } = read(
      "variants: [{name: one, set: {lbmethod: a, retry: 5}}, {name: two, proxy: ha.cfg}]\nbaseline: two",
    );
    expect(scenario?.variants).toMatchObject([
      {
        name: "one",
        settings: [
          { key: "lbmethod", value: "a" },
          { key: "retry", value: "5" },
        ],
      },
      { name: "two", settings: [], proxyFile: "a/ha.cfg" },
    ]);
    expect(scenario?.variants[0]).not.toHaveProperty("proxyFile");
    expect(scenario?.baseline).toBe("two");
  });

  it("refuses entries without a name, with unknown keys and with a name used before", () => {
    const { problems } = read(
      "variants:\n  - {set: {a: 1}}\n  - {name: x, sett: {}}\n  - {name: x, set: 3}\n  - 7\n  - {name: x}",
    );
    expect(problems.map(({ code, position }) => `${position?.line}:${position?.column} ${code}`)).toEqual([
      "5:5 missing-key",
      "6:15 unknown-key",
      "7:20 wrong-type",
      "8:5 wrong-type",
      "9:12 duplicate-name",
    ]);
  });
});

describe("the baseline", () => {
  it("is the first variant unless another is named", () => {
    expect(read("variants: {lbmethod: [a, b]}").scenario?.baseline).toBe("a");
    expect(read("variants: {lbmethod: [a, b]}\nbaseline: b").scenario?.baseline).toBe("b");
  });

  it("that is misspelt is refused with a suggestion", () => {
    expect(read("variants: {lbmethod: [byrequests]}\nbaseline: byrequest").problems).toMatchObject([
      { code: "unknown-variant", hint: 'did you mean "byrequests"?', position: { line: 5, column: 11, length: 9 } },
    ]);
  });
});
