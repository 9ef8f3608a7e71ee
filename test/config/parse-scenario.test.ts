import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOverrides } from "../../src/config/overrides.ts";
import { originOf, type ParsedScenario, parseScenario } from "../../src/config/parse-scenario.ts";

const NEWCOMER = `proxy: httpd.conf
clients:
  sessions: {rate: 2/s, requests: 10, think: {exponential: {mean: 5s}}}
backends:
  default: {service: {exponential: {mean: 40ms}}}
faults:
  - {at: 60s, crash: node2, for: 2m}
duration: 5m
variants: {lbmethod: [byrequests, bybusyness]}
`;

const MINIMAL = "proxy: httpd.conf\nclients: {requests: {rate: 1/s}}\nduration: 1m\n";

const noFiles = () => null;

function parsed(text: string, load: (path: string) => string | null = noFiles): ParsedScenario {
  const { scenario, problems } = parseScenario("dir/scenario.yaml", text, load);
  if (scenario === null) throw new Error(problems.map((each) => each.message).join("\n"));
  return scenario;
}

/** "line:column+length code" of every problem. */
function complaints(text: string, load: (path: string) => string | null = noFiles): readonly string[] {
  return parseScenario("s.yaml", text, load).problems.map(({ code, position }) =>
    position === null ? code : `${position.line}:${position.column}+${position.length} ${code}`,
  );
}

describe("the newcomer's scenario", () => {
  it("is read as it stands", () => {
    const { scenario, problems } = parseScenario("scenario.yaml", NEWCOMER, noFiles);
    expect(problems).toEqual([]);
    expect(scenario?.input.clients.sessions).toMatchObject({
      rate: 2,
      arrivals: "poisson",
      requests: { kind: "constant", value: 10 },
      think: { kind: "exponential", mean: 5_000_000 },
    });
    expect(scenario?.input.faults).toMatchObject([
      { kind: "crash", backends: ["node2"], at: 60_000_000, for: 120_000_000 },
    ]);
    expect(scenario?.variants.map((variant) => variant.name)).toEqual(["byrequests", "bybusyness"]);
    expect(scenario?.baseline).toBe("byrequests");
  });

  it("means the same as JSON", () => {
    const json = JSON.stringify({
      proxy: "httpd.conf",
      clients: { sessions: { rate: "2/s", requests: 10, think: { exponential: { mean: "5s" } } } },
      backends: { default: { service: { exponential: { mean: "40ms" } } } },
      faults: [{ at: "60s", crash: "node2", for: "2m" }],
      duration: "5m",
      variants: { lbmethod: ["byrequests", "bybusyness"] },
    });
    expect(parsed(json).input).toEqual(parsed(NEWCOMER).input);
  });
});

describe("defaults", () => {
  it("are filled in where nothing is written", () => {
    const { input } = parsed(MINIMAL);
    expect(input.clients).toMatchObject({
      patience: 30_000_000,
      retry: { attempts: 0, backoff: { kind: "constant", value: 1_000_000 }, factor: 2 },
      "leave-after-failure": 0,
      cookies: 1,
      "keep-alive": true,
      idle: 60_000_000,
      addresses: 1000,
      parallel: 1,
    });
    expect(input).toMatchObject({
      "warm-up": "auto",
      drain: 60_000_000,
      seed: 1,
      phase: "random",
      backends: {},
      dns: {},
    });
    expect(input.network).toEqual({ "client-hop": 0, "backend-hop": 0 });
    expect(input.proxy).toMatchObject({ file: "httpd.conf", modules: "all", instances: 1, spread: "random" });
  });

  it("are told apart from what was written, on the line where it was", () => {
    const scenario = parsed(NEWCOMER);
    expect(originOf(scenario, ["clients", "sessions", "think"])).toBe("dir/scenario.yaml:3");
    expect(originOf(scenario, ["duration"])).toBe("dir/scenario.yaml:8");
    expect(originOf(scenario, ["clients", "patience"])).toBe("default");
  });

  it("of variants is the configuration as written", () => {
    expect(parsed(MINIMAL)).toMatchObject({ variants: [{ name: "as written", settings: [] }], baseline: "as written" });
  });
});

describe("paths", () => {
  it("of the proxy are relative to the scenario that names it", () => {
    expect(parsed(MINIMAL).proxyFile).toBe("dir/httpd.conf");
    expect(parsed(MINIMAL.replace("httpd.conf", "{file: ../conf/a.conf}")).proxyFile).toBe("conf/a.conf");
    expect(parsed(MINIMAL.replace("httpd.conf", "/etc/a.conf")).proxyFile).toBe("/etc/a.conf");
    expect(parsed(MINIMAL.replace("httpd.conf", "{inline: 'Listen 80'}")).proxyFile).toBeNull();
  });

  it("of a proxy named by a base stay relative to the base", () => {
    const load = (path: string) => (path === "base/b.yaml" ? MINIMAL : null);
    const scenario = parseScenario("s.yaml", "extends: base/b.yaml\nduration: 2m\n", load).scenario;
    expect(scenario?.proxyFile).toBe("base/httpd.conf");
    expect(scenario?.input.duration).toBe(120_000_000);
    expect(scenario === null ? "" : originOf(scenario, ["clients", "requests", "rate"])).toBe("base/b.yaml:2");
  });
});

describe("all problems of a file", () => {
  it("are reported at once, in reading order, each with line, column and length", () => {
    const text = `proxy: httpd.conf
clients:
  sessions: {rate: 2, thnik: 5s, requests: -1}
  users: {count: 0}
bakends: {}
faults:
  - {at: 60s, crsh: node2}
  - {at: -1s, crash: node2, for: 5 sec, rte: 2}
  - {at: 5s, slow: node2}
duration: 5
seed: x
expect: [3]
`;
    expect(complaints(text)).toEqual([
      "3:20+1 missing-unit",
      "3:23+5 unknown-key",
      "3:44+2 out-of-range",
      "4:3+5 conflicting-keys",
      "4:18+1 out-of-range",
      "5:1+7 unknown-key",
      "7:15+4 unknown-key",
      "8:10+3 out-of-range",
      "8:34+5 wrong-unit",
      "8:41+3 unknown-key",
      "9:5+21 missing-key",
      "10:11+1 missing-unit",
      "11:7+1 wrong-type",
      "12:10+1 wrong-type",
    ]);
  });

  it("say what was probably meant", () => {
    const { problems } = parseScenario("s.yaml", `${MINIMAL}replicatons: 3\n`, noFiles);
    expect(problems).toEqual([
      {
        code: "unknown-key",
        severity: "error",
        message: '"replicatons" is not a key of a scenario',
        hint: 'did you mean "replications"? (repeated runs with other draws)',
        position: { file: "s.yaml", line: 4, column: 1, length: 11 },
      },
    ]);
  });

  it("name a missing key where it has to be added, with an example", () => {
    expect(complaints("duration: 5m\n")).toEqual(["1:1+0 missing-key", "1:1+0 missing-key"]);
    const { problems } = parseScenario("s.yaml", "proxy: a.conf\nclients:\n  users: {}\nduration: 1m\n", noFiles);
    expect(problems).toMatchObject([
      {
        code: "missing-key",
        message: '"count" is missing in clients.users',
        hint: "e.g. count: 50",
        position: { line: 3, column: 3, length: 5 },
      },
    ]);
  });

  it("include an end that is missing: a scenario without duration would never end", () => {
    expect(complaints("proxy: a.conf\nclients: {requests: {rate: 1/s}}\n")).toEqual(["1:1+0 missing-key"]);
  });
});

describe("single values", () => {
  const cases: readonly [string, string, string][] = [
    ["a negative rate", "clients: {requests: {rate: -1/s}}", "1:28+4 out-of-range"],
    ["clients without anything", "clients:", "1:1+7 wrong-type"],
    ["clients that make no requests", "clients: {patience: 3s}", "1:1+7 no-requests"],
    ["a misspelt way to arrive, once", "clients: {sesions: {rate: 1/s}}", "1:11+7 unknown-key"],
    ["a misspelt rate, once", "clients: {requests: {rat: 1/s}}", "1:22+3 unknown-key"],
    ["an unknown word with a near one", "phase: fixd", "1:8+4 wrong-value"],
    ["a share above 1", "clients: {requests: {rate: 1/s}, cookies: 95}", "1:43+2 out-of-range"],
    ["reserved keys", "zones: [a, b]", "1:1+5 not-yet"],
    ["two proxies at once", "proxy: {file: a, inline: b}", "1:26+1 conflicting-keys"],
    ["an unknown key of the proxy", "proxy: {flie: a}", "1:9+4 unknown-key"],
    ["a fault without time", "faults: [{crash: a}]", "1:10+10 missing-key"],
    ["a fault without effect", "faults: [{at: 1s}]", "1:10+8 missing-key"],
    ["two effects in one fault", "faults: [{at: 1s, crash: a, hang: b}]", "1:29+4 conflicting-keys"],
    ["mtbf without mttr", "faults: [{crash: a, mtbf: 1s}]", "1:21+4 missing-key"],
    ["at beside mtbf", "faults: [{crash: a, mtbf: 1s, mttr: 1s, at: 1s}]", "1:41+2 conflicting-keys"],
    [
      "two faults with one id",
      "faults: [{id: a, at: 1s, crash: x}, {id: a, at: 1s, crash: y}]",
      "1:42+1 duplicate-name",
    ],
    ["an empty list", "variants: []", "1:11+2 missing-key"],
    ["a baseline that is no variant", "variants: {lbmethod: [a, b]}\nbaseline: c", "2:11+1 unknown-variant"],
    ["a status out of bounds", "clients: {requests: {rate: 1/s}, classes: [{good: 600}]}", "1:51+3 wrong-value"],
    [
      "rate and curve together",
      "clients: {requests: {rate: 1/s, curve: [{at: 0, rate: 1/s}]}}",
      "1:33+5 conflicting-keys",
    ],
    [
      "a law of arrivals beside a curve",
      "clients: {requests: {curve: [{at: 0, rate: 1/s}], arrivals: constant}}",
      "1:51+8 conflicting-keys",
    ],
    ["a distribution with a typo", "backends: {default: {service: {exponental: {mean: 1s}}}}", "1:32+10 unknown-key"],
    ["a merge key", "network: {<<: {client-hop: 1ms}}", "1:11+2 unknown-key"],
    ["an expectation that is not a text", "expect: [{p99: 1}]", "1:10+8 wrong-type"],
  ];
  it.each(cases)("refuse %s", (_, line, expected) => {
    const top = line.slice(0, line.indexOf(":"));
    const rest = MINIMAL.split("\n")
      .filter((other) => !other.startsWith(`${top}:`))
      .join("\n");
    expect(complaints(`${line}\n${rest}`)).toEqual([expected]);
  });

  it("keep expectations as texts with their places", () => {
    const { expectations } = parsed(`${MINIMAL}expect:\n  - availability > 99.9%\n  - "p(99) < 250ms"\n`);
    expect(expectations).toEqual([
      { text: "availability > 99.9%", position: { file: "dir/scenario.yaml", line: 5, column: 5, length: 20 } },
      { text: "p(99) < 250ms", position: { file: "dir/scenario.yaml", line: 6, column: 5, length: 15 } },
    ]);
  });
});

describe("files that are no scenario", () => {
  it("are refused: empty, blank, only comments, an empty section", () => {
    for (const text of ["", "  \n\n", "# nothing\n", "{}\n", "---\n", "null\n"]) {
      expect(parseScenario("s.yaml", text, noFiles)).toMatchObject({
        scenario: null,
        problems: [{ code: "empty-scenario" }],
      });
    }
  });

  it("are refused: lists and plain words", () => {
    expect(complaints("- a\n- b\n")).toEqual(["1:1+3 wrong-type"]);
    expect(complaints("hello\n")).toEqual(["1:1+5 wrong-type"]);
  });

  it("report broken YAML with the place, and nothing that follows from it", () => {
    expect(complaints("proxy: a.conf\nclients: {requests: {rate: 1/s}\nduration: 1m\n")).toEqual(["3:1+1 yaml-syntax"]);
  });

  it("report a key that stands twice", () => {
    expect(complaints(`${MINIMAL}duration: 2m\n`)).toEqual(["4:1+8 duplicate-key"]);
  });
});

describe("extends", () => {
  const files = (entries: Readonly<Record<string, string>>) => (path: string) => entries[path] ?? null;

  it("reports a base that is not there at the line that names it", () => {
    const { problems } = parseScenario("a/s.yaml", `extends: ../b/base.yaml\n${MINIMAL}`, noFiles);
    expect(problems).toMatchObject([
      { code: "missing-file", message: "there is no file b/base.yaml", position: { line: 1, column: 10, length: 14 } },
    ]);
  });

  it("reports a circle with its whole way", () => {
    const load = files({ "b.yaml": "extends: c.yaml\n", "c.yaml": "\nextends: ./s.yaml\n" });
    const { problems } = parseScenario("s.yaml", `extends: b.yaml\n${MINIMAL}`, load);
    expect(problems).toMatchObject([
      {
        code: "extends-cycle",
        message: "scenarios extend each other in a circle: s.yaml -> b.yaml -> c.yaml -> s.yaml",
        hint: "take extends out of one of them",
        position: { file: "c.yaml", line: 2, column: 10 },
      },
    ]);
  });

  it("reports problems of a base in the base", () => {
    const load = files({ "b.yaml": MINIMAL.replace("1/s", "1") });
    const { problems } = parseScenario("s.yaml", "extends: b.yaml\n", load);
    expect(problems).toMatchObject([
      { code: "missing-unit", position: { file: "b.yaml", line: 2, column: 28, length: 1 } },
    ]);
  });
});

describe("--set", () => {
  it("changes single values, and their origin is the option", () => {
    const { scenario } = readOverrides([
      "scenario.duration=9m",
      "scenario.clients.requests.rate=5/s",
      "scenario.faults[0].for=1m",
    ]);
    const text = `${MINIMAL}faults: [{at: 1s, crash: a, for: 2m}]\n`;
    const result = parseScenario("s.yaml", text, noFiles, scenario).scenario;
    expect(result?.input.duration).toBe(540_000_000);
    expect(result?.input.clients.requests?.rate).toBe(5);
    expect(result?.input.faults?.[0]?.for).toBe(60_000_000);
    expect(result === null ? "" : originOf(result, ["duration"])).toBe("--set");
    expect(result === null ? "" : originOf(result, ["proxy"])).toBe("s.yaml:1");
  });

  it("reports what is wrong at the place in the option", () => {
    const { scenario } = readOverrides(["scenario.duration=9", "scenario.durration=9m"]);
    const { problems } = parseScenario("s.yaml", MINIMAL, noFiles, scenario);
    expect(problems).toMatchObject([
      { code: "unknown-key", position: { file: "--set", line: 1, column: 1, length: 18 } },
      { code: "missing-unit", position: { file: "--set", line: 1, column: 19, length: 1 } },
    ]);
  });
});

describe("any text", () => {
  it("never makes the reader throw", () => {
    const line = fc.constantFrom(...NEWCOMER.split("\n"), ...MINIMAL.split("\n"));
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(line, fc.string()), { maxLength: 12 }).map((lines) => lines.join("\n")),
    );
    fc.assert(
      fc.property(text, (each) => {
        const reading = parseScenario("s.yaml", each, noFiles);
        expect(reading.scenario !== null || reading.problems.length > 0).toBe(true);
      }),
    );
  });

  it("that is any object as JSON never makes the reader throw", () => {
    const keys = fc.constantFrom(
      "proxy",
      "clients",
      "sessions",
      "rate",
      "faults",
      "backends",
      "default",
      "variants",
      "crash",
      "__proto__",
      "duration",
      "at",
      "set",
      "name",
      "exponential",
      "mean",
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom("5s", "1/s", "all", "", "never", null, true, 0, -1, 1e300),
        fc.string(),
        fc.double(),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(keys, tie("value"), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(keys, value), (object) => {
        const reading = parseScenario("s.yaml", JSON.stringify(object), noFiles);
        expect(reading.scenario !== null || reading.problems.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
