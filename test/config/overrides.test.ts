import { describe, expect, it } from "vitest";
import { readDocument } from "../../src/config/document/read-document.ts";
import { plainValue } from "../../src/config/document/scenario-node.ts";
import { applyOverrides, missingEntries, readOverrides } from "../../src/config/overrides.ts";

function changed(text: string, ...options: readonly string[]) {
  const { node } = readDocument("s.yaml", text);
  const { scenario, problems } = readOverrides(options);
  if (node === null) throw new Error("nothing was read");
  expect(problems).toEqual([]);
  return plainValue(applyOverrides(node, scenario));
}

describe("an override of the scenario", () => {
  it("replaces a value or adds it, with the sections on the way", () => {
    expect(changed("duration: 1m", "scenario.duration=2m")).toEqual({ duration: "2m" });
    expect(changed("a: 1", "scenario.clients.sessions.rate=5/s")).toEqual({
      a: 1,
      clients: { sessions: { rate: "5/s" } },
    });
  });

  it("has a YAML value", () => {
    expect(changed("a: 1", "scenario.service={exponential: {mean: 2s}}")).toEqual({
      a: 1,
      service: { exponential: { mean: "2s" } },
    });
    expect(changed("a: 1", "scenario.a=")).toEqual({ a: "" });
    expect(changed("a: 1", "scenario.a=b=c")).toEqual({ a: "b=c" });
  });

  it("names steps with dots in quotes and entries of lists by number", () => {
    expect(changed("a: 1", 'scenario.backends."10.0.0.1:80".speed=2')).toEqual({
      a: 1,
      backends: { "10.0.0.1:80": { speed: 2 } },
    });
    expect(changed("f: [{at: 1s}, {at: 2s}]", "scenario.f[1].at=9s", "scenario.f.0.at=8s")).toEqual({
      f: [{ at: "8s" }, { at: "9s" }],
    });
  });

  it("is refused where a list has no such entry: lists do not grow", () => {
    const { node } = readDocument("s.yaml", "f: [{at: 1s}]\nn: {curve: [1, 2]}");
    if (node === null) throw new Error("nothing was read");
    const missing = (option: string) =>
      missingEntries(node, readOverrides([option]).scenario).map(({ message, position }) => [
        message,
        position?.length,
      ]);
    expect(missing("scenario.f[1].at=2s")).toEqual([["f has 1 entry: there is no [1]", "scenario.f[1].at".length]]);
    expect(missing("scenario.n.curve[2]=3")[0]?.[0]).toBe("n.curve has 2 entries: there is no [2]");
    expect(missing("scenario.f.at=2s")[0]?.[0]).toBe("f has 1 entry: there is no [at]");
    for (const fine of ["scenario.f[0].at=2s", "scenario.f=[]", "scenario.new.key=1"])
      expect(missing(fine)).toEqual([]);
  });

  it("is applied in the order of the command line", () => {
    expect(changed("a: 1", "scenario.a=2", "scenario.a=3")).toEqual({ a: 3 });
  });
});

describe("an override of the proxy", () => {
  it("is a setting like those of variants", () => {
    const { proxy, problems } = readOverrides(["proxy.balancer(a=b).lbmethod=bybusyness", "proxy.nofailover=On"]);
    expect(problems).toEqual([]);
    expect(proxy).toEqual([
      {
        key: "balancer(a=b).lbmethod",
        value: "bybusyness",
        position: { file: "--set", line: 1, column: 30, length: 10 },
      },
      { key: "nofailover", value: "On", position: { file: "--set", line: 1, column: 18, length: 2 } },
    ]);
  });
});

describe("an option that is no override", () => {
  it("is refused with an example", () => {
    for (const option of [
      "duration=2m",
      "scenario=1",
      "scenario.a",
      "scenario..a=1",
      "",
      "=1",
      "other.a=1",
      "scenario.a[x]=1",
    ]) {
      expect(readOverrides([option]).problems).toMatchObject([
        { code: "bad-override", position: { file: "--set", line: 1, column: 1, length: option.length } },
      ]);
    }
  });

  it("is reported at its place when the value is broken YAML", () => {
    expect(readOverrides(["scenario.a=[1"]).problems).toMatchObject([
      { code: "yaml-syntax", position: { file: "--set", column: 14 } },
    ]);
  });
});
