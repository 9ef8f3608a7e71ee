import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { folderWith, lbsim } from "../run-command.ts";

const GOLDEN = "test/golden/apache";
const CASE = `${GOLDEN}/all-disabled-503`;
const folder = folderWith({});
afterAll(folder.remove);

/** A copy of a recorded case with some of its files replaced (null: removed). */
function copy(name: string, files: Readonly<Record<string, string | null>>): string {
  const path = folder.path(name);
  cpSync(CASE, path, { recursive: true });
  for (const [file, text] of Object.entries(files))
    if (text === null) rmSync(join(path, file));
    else writeFileSync(join(path, file), text);
  return path;
}

const recordedText = readFileSync(`${CASE}/trace.json`, "utf8");
const script = JSON.parse(readFileSync(`${CASE}/case.json`, "utf8"));
const withScript = (changes: object): string => JSON.stringify({ ...script, ...changes });

describe("lbsim replay", () => {
  it("prints a line per case and a last line that counts", async () => {
    const { code, out, err } = await lbsim(["replay", CASE, `${GOLDEN}/balancer-timeout-waits`]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(`ok      ${CASE}\nok      ${GOLDEN}/balancer-timeout-waits\n2 agree, 0 differ\n`);
  });

  it("takes a folder of cases as all cases below it", async () => {
    mkdirSync(folder.path("several"));
    for (const name of ["b", "a"]) cpSync(CASE, folder.path(`several/${name}`), { recursive: true });
    const { out } = await lbsim(["replay", folder.path("several")]);
    expect(out).toBe(`ok      ${folder.path("several")}/a\nok      ${folder.path("several")}/b\n2 agree, 0 differ\n`);
  });

  it("tells the first difference in words, with exit code 3", async () => {
    const path = copy("differs", { "trace.json": recordedText.replace(/"status": ?503/, '"status":200') });
    const { code, out } = await lbsim(["replay", path]);
    expect(code).toBe(3);
    expect(out).toContain(`differs ${path}\n        request 0: status was 200 in life, here 503\n0 agree, 1 differ\n`);
  });

  it("--json prints one array: case, agrees, difference, trace", async () => {
    const path = copy("differs-too", { "trace.json": recordedText.replace(/"status": ?503/, '"status":200') });
    const { code, out } = await lbsim(["replay", CASE, path, "--json"]);
    expect(code).toBe(3);
    const [same, other] = JSON.parse(out);
    expect(same).toMatchObject({ case: CASE, agrees: true, difference: null });
    expect(Object.keys(same)).toEqual(["case", "agrees", "difference", "trace"]);
    expect(other).toMatchObject({
      case: path,
      agrees: false,
      difference: { request: 0, what: "status", recorded: 200, replayed: 503 },
    });
    expect(other.trace.requests[0]).toMatchObject({ i: 0, attempts: [], served_by: null, status: 503, set_cookie: [] });
  });

  it("--predict needs no trace, compares nothing, and takes request_bytes from one", async () => {
    const bare = copy("bare", { "trace.json": null });
    const { code, out } = await lbsim(["replay", bare, "--predict"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).requests[0].status).toBe(503);
    const wrong = copy("wrong", { "trace.json": '{"requests": [{"i": 0, "request_bytes": [120]}]}' });
    const json = await lbsim(["replay", wrong, "--predict", "--json"]);
    expect(json.code).toBe(0);
    expect(JSON.parse(json.out)).toMatchObject([{ case: wrong, agrees: null, difference: null }]);
  });

  it("gives a refused configuration as a result, not as a failure", async () => {
    const refused = copy("refused", { "proxy.conf": "Nonsense on\n", "trace.json": null });
    const { code, out } = await lbsim(["replay", refused, "--predict", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)[0].trace).toMatchObject({
      requests: [],
      config_error: { text: expect.stringContaining("Invalid command 'Nonsense'") },
    });
  });
});

describe("a case that can't be read", () => {
  it.each([
    ["case.json is broken", { "case.json": '{\n  "name": \n' }, "case.json:3:1: not JSON"],
    ["case.json is a list", { "case.json": "[]" }, "case.json: a case is an object"],
    ["a key has the wrong type", { "case.json": withScript({ backends: {} }) }, "backends must be a list"],
    ["a request has the wrong type", { "case.json": withScript({ requests: [7] }) }, "requests[0] must be an object"],
    [
      "a mode is unknown",
      { "case.json": withScript({ backends: [{ name: "a", behaviour: [{ mode: "off" }] }] }) },
      "behaviour[0].mode must be one of ok, status",
    ],
    [
      "two backends share a name",
      { "case.json": withScript({ backends: [{ name: "a" }, { name: "a" }] }) },
      "backends[1].name must be unique",
    ],
    [
      "a time is negative",
      { "case.json": withScript({ requests: [{ client: "c", at_ms: -1 }] }) },
      "requests[0].at_ms must be from 0",
    ],
    [
      "a listener is unknown",
      { "case.json": withScript({ requests: [{ client: "c", to: "elsewhere" }] }) },
      "requests[0].to must be",
    ],
    [
      "the proxy is unknown",
      { "case.json": withScript({ proxy: "squid" }) },
      'the case is about "squid"',
      "unknown-family",
    ],
    [
      "it lasts for hours",
      {
        "case.json": withScript({
          wait: "timed",
          requests: [0, 0, 80_000_000].map((at_ms) => ({ client: "c", at_ms })),
        }),
      },
      "does not end within an hour",
    ],
    ["proxy.conf is missing", { "proxy.conf": null }, "proxy.conf: no such file", "file-unreadable"],
    ["trace.json is missing", { "trace.json": null }, "trace.json: no such file", "file-unreadable"],
    ["trace.json is broken", { "trace.json": "{" }, "trace.json:1:2: not JSON"],
    [
      "trace.json has the wrong types",
      { "trace.json": '{"requests": [{"i": 0, "attempts": "a"}]}' },
      "requests[0].attempts must be a list of names",
    ],
    ["trace.json tells nothing", { "trace.json": "{}" }, "has 0 entries for the "],
    [
      "trace.json names the entries of others",
      { "trace.json": recordedText.replace(/"i": ?0/, '"i": 7') },
      "requests[0].i must be 0",
    ],
    [
      "trace.json lacks what is compared",
      { "trace.json": recordedText.replace('"attempts"', '"atempts"') },
      "requests[0] lacks attempts",
    ],
  ] satisfies readonly (readonly [string, Readonly<Record<string, string | null>>, string, string?])[])(
    "because %s: exit code 2 with the place",
    async (_why, files, message, errorCode = "case-unreadable") => {
      const path = copy(
        `bad-${Math.abs(message.length * 7919)}-${Object.keys(files)[0]}-${message.slice(0, 5).replace(/\W/g, "")}`,
        files,
      );
      const { code, out, err } = await lbsim(["replay", path]);
      expect([code, out]).toEqual([2, ""]);
      expect(err.split("  ")[0]).toBe(errorCode);
      expect(err).toContain(message);
      expect(err).toContain(path);
      expect(err).not.toMatch(/\n\s+at /);
    },
  );

  it("does not keep the others from being told", async () => {
    const { code, out, err } = await lbsim(["replay", folder.path("nowhere"), "README.md", "docs", CASE]);
    expect(code).toBe(2);
    expect(out).toContain(`ok      ${CASE}\n1 agree, 0 differ\n`);
    expect(err).toContain("nowhere: no such file or folder");
    expect(err).toContain("README.md: is no folder");
    expect(err).toContain("docs: holds no case.json");
    const json = await lbsim(["replay", folder.path("nowhere"), CASE, "--json"]);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toHaveLength(1);
  });
});
