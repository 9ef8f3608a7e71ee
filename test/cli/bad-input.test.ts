import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { folderWith, HTTPD_CONF, lbsim, SCENARIO } from "./run-command.ts";

const folder = folderWith({
  "httpd.conf": HTTPD_CONF,
  "binary.conf": Uint8Array.of(1, 0, 2, 255),
  "no-member.conf": "<Proxy balancer://shop>\n</Proxy>\nProxyPass / balancer://shop/\n",
  "circle.conf": `Include circle.conf\n${HTTPD_CONF}`,
  "same-route.conf": HTTPD_CONF.replace("route=node2", "route=node1"),
  "prose.conf": "hello world, this is nothing\nfoo bar\nbaz { qux; }\n",
  "wrong.conf": HTTPD_CONF.replace("route=node2", "loadfacter=2"),
});
afterAll(folder.remove);

const changed = (from: string, to: string): string => {
  expect(SCENARIO).toContain(from);
  return SCENARIO.replace(from, to);
};
const billionLaughs = ["a: &a [x, x, x, x, x, x, x, x, x, x]", "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]"]
  .concat(["c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]", "d: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]"])
  .join("\n");

/** What is wrong, the scenario, the code, and the place as line:column in the file that is named. */
const BAD: readonly (readonly [what: string, scenario: string | Uint8Array, code: string, place: string])[] = [
  ["an unknown key", `${SCENARIO}duraton: 3s\n`, "unknown-key", "bad.yaml:11:1"],
  ["a wrong unit", changed("duration: 20s", "duration: 20kB"), "wrong-unit", "bad.yaml:8:11"],
  ["a missing unit", changed("duration: 20s", "duration: 20"), "missing-unit", "bad.yaml:8:11"],
  ["a missing configuration", changed("httpd.conf", "nope.conf"), "proxy-file-missing", "bad.yaml:1:8"],
  ["a folder as configuration", changed("httpd.conf", "."), "file-unreadable", "bad.yaml:1:8"],
  ["a binary configuration", changed("httpd.conf", "binary.conf"), "file-unreadable", "bad.yaml:1:8"],
  ["an unknown configuration", changed("httpd.conf", "prose.conf"), "unknown-configuration", "bad.yaml:1:8"],
  ["a refused configuration", changed("httpd.conf", "wrong.conf"), "configuration-refused", "wrong.conf:3:41"],
  ["an include in a circle", changed("httpd.conf", "circle.conf"), "configuration-refused", "circle.conf:1:1"],
  ["a balancer without members", changed("httpd.conf", "no-member.conf"), "no-member", "bad.yaml:1:8"],
  ["a scenario that extends itself", `extends: bad.yaml\n${SCENARIO}`, "extends-cycle", "bad.yaml:1:10"],
  ["a missing base", `extends: nope.yaml\n${SCENARIO}`, "missing-file", "bad.yaml:1:10"],
  ["an alias bomb", `${billionLaughs}\n${SCENARIO}`, "alias-bomb", "bad.yaml:"],
  ["an alias inside itself", `a: &a [*a]\n${SCENARIO}`, "alias-bomb", "bad.yaml:1:8"],
  ["a negative rate", changed("rate: 5/s", "rate: -5/s"), "out-of-range", "bad.yaml:3:20"],
  ["a negative duration", changed("for: 5s", "for: -5s"), "out-of-range", "bad.yaml:7:33"],
  ["not a number", changed("requests: 4", "requests: .nan"), "wrong-type", "bad.yaml:3:35"],
  ["infinity", changed("rate: 5/s", "rate: .inf"), "wrong-type", "bad.yaml:3:20"],
  ["a number beyond all limits", changed("requests: 4", `requests: ${"9".repeat(400)}`), "wrong-type", "bad.yaml:3:35"],
  ["a duration of nothing", changed("duration: 20s", "duration: 0s"), "no-requests", "bad.yaml:8:11"],
  ["more arrivals than a lifetime holds", changed("5/s", "1000000000000/s"), "never-ends", "bad.yaml:3:13"],
  [
    "users who never pause at backends that take no time",
    changed(/ {2}sessions.*/.exec(SCENARIO)?.[0] ?? "", "  users: {count: 5, requests: 1, pause: 0s}").replace(
      "{service: {exponential: {mean: 20ms}}}",
      "{service: 0s}",
    ),
    "never-ends",
    "bad.yaml:3:",
  ],
  ["a duration beyond the clock", changed("20s", "2000000d"), "out-of-range", "bad.yaml:8:11"],
  ["a fault on nobody", changed("crash: node2", "crash: nod2"), "unknown-backend", "bad.yaml:7:21"],
  ["tabs", changed("  sessions", "\tsessions"), "yaml-syntax", "bad.yaml:3:1"],
  ["deep nesting", `a: ${"[".repeat(100_000)}`, "too-deep", "bad.yaml:1:104"],
  ["nothing", "", "empty-scenario", "bad.yaml:1:1"],
  ["a list", "- a\n", "wrong-type", "bad.yaml:1:1"],
  ["two documents", `${SCENARIO}---\n${SCENARIO}`, "yaml-syntax", "bad.yaml:11:1"],
  ["a megabyte too much", "a".repeat(2_000_000), "too-large", "bad.yaml:1:1"],
  ["more than is read", "a".repeat(17 * 1024 * 1024), "file-unreadable", "bad.yaml"],
  ["NUL bytes", `${SCENARIO}\0`, "file-unreadable", "bad.yaml:11"],
  ["Latin-1", Buffer.from(`${SCENARIO}# caf\u00e9\n`, "latin1"), "file-unreadable", "bad.yaml:11"],
];

describe("a scenario that can't be used", () => {
  it.each(BAD)("%s: one clear error, exit code 2, nothing written", async (_what, scenario, code, place) => {
    writeFileSync(folder.path("bad.yaml"), scenario);
    const before = readdirSync(folder.path("."));
    const run = await lbsim([
      "run",
      folder.path("bad.yaml"),
      "--report-dir",
      folder.path("out"),
      "--replications",
      "1",
    ]);
    expect([run.code, run.out]).toEqual([2, ""]);
    expect(run.err).toContain(code);
    expect(run.err).toContain(place);
    expect(run.err).not.toMatch(/\n\s+at |Error:/);
    expect(run.err.length).toBeLessThan(3000);
    expect(readdirSync(folder.path("."))).toEqual(before);
  });

  it("a route that two members share is a warning that is told once", async () => {
    const text = changed("httpd.conf", "same-route.conf").replace("crash: node2", "crash: 10.0.0.2");
    writeFileSync(folder.path("bad.yaml"), text);
    const run = await lbsim(["run", folder.path("bad.yaml"), "--print-config"]);
    expect(run.code).toBe(0);
    expect(run.err.match(/duplicate-route/g)).toHaveLength(1);
    expect(run.err).toContain("same-route.conf:3:5");
  });

  it("the reason why a configuration can't be read is told", async () => {
    writeFileSync(folder.path("bad.yaml"), changed("httpd.conf", "binary.conf"));
    const { err } = await lbsim(["run", folder.path("bad.yaml")]);
    expect(err).toContain("holds NUL bytes");
    expect(err).not.toContain("check the path");
  });

  it("a folder is no scenario", async () => {
    const run = await lbsim(["run", folder.path(".")]);
    expect(run).toMatchObject({ code: 2, out: "" });
    expect(run.err).toContain("is a folder");
  });

  it("a byte order mark and line ends of Windows change nothing", async () => {
    const out = folder.path("out");
    const result = async (text: string) => {
      writeFileSync(folder.path("fine.yaml"), text);
      return (await lbsim(["run", folder.path("fine.yaml"), "--report-dir", out, "--replications", "1", "--json"])).out;
    };
    const plain = await result(SCENARIO);
    expect(JSON.parse(plain)).toMatchObject({ format: "lbsim-result" });
    expect(await result(`\ufeff${SCENARIO.replaceAll("\n", "\r\n")}`)).toBe(plain);
    expect(existsSync(out)).toBe(true);
  });
});

describe("--set", () => {
  it.each([
    ["nonsense", "bad-override"],
    ["scenario.=1", "bad-override"],
    ["scenario.duration=5", "missing-unit"],
    ["scenario.durration=5s", "unknown-key"],
    ["scenario.clients=[", "yaml-syntax"],
    ["proxy.lbmethod=bymagic", "configuration-refused"],
    ["proxy.nonsense=1", "unknown-setting"],
  ])("%s is refused", async (set, code) => {
    writeFileSync(folder.path("bad.yaml"), SCENARIO);
    const run = await lbsim(["run", folder.path("bad.yaml"), "--set", set, "--print-config"]);
    expect([run.code, run.out]).toEqual([2, ""]);
    expect(run.err).toContain(code);
  });
});
