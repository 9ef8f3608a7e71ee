import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWith, HTTPD_CONF, lbsim, SCENARIO } from "../run-command.ts";

const folder = folderWith({
  "given.yaml": SCENARIO,
  "auto.yaml": SCENARIO.replace("warm-up: 2s", "warm-up: auto"),
  "httpd.conf": HTTPD_CONF,
});
afterAll(folder.remove);

/** Rows of requests.csv by variant and request; no cell of this scenario needs quotes. */
async function rowsOf(file: string): Promise<ReadonlyMap<string, readonly string[]>> {
  await lbsim(["run", file, "--report-dir", folder.path("out"), "--replications", "1"]);
  const lines = readFileSync(folder.path("out/requests.csv"), "utf8").trimEnd().split("\n").slice(1);
  return new Map(lines.map((line) => line.split(",")).map((cells) => [`${cells[0]} ${cells[2]}`, cells]));
}

describe.each(["given", "auto"])("lbsim explain, warm-up %s", (warmUp) => {
  const file = folder.path(`${warmUp}.yaml`);
  let rows: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    rows = await rowsOf(file);
  });

  it.each(["byrequests", "bybusyness"])("tells of request N of %s what requests.csv says of it", async (variant) => {
    for (const n of [0, 41, 90, 133]) {
      const { out } = await lbsim(["explain", file, "--request", String(n), "--variant", variant, "--json"]);
      const { request, members } = JSON.parse(out);
      const path = request.attempts.map(({ member }: { member: number }) => members[member].alias).join(" ");
      const { client, session, ordinal, tryNumber } = request.identity;
      const told = [variant, 0, n, client, session, ordinal, tryNumber, request.class, request.startUs, request.endUs];
      const row = rows.get(`${variant} ${n}`) ?? [];
      expect(row.slice(0, 10)).toEqual(told.map(String));
      expect(row[11]).toBe(path);
      expect(row[12]).toBe(String(request.status));
      expect(row[13]).toBe(request.outcome);
    }
  });
});

describe("lbsim explain", () => {
  const given = folder.path("given.yaml");

  it("shows sticky step, candidates with scores, the elected one and the other variants", async () => {
    const { code, out, err } = await lbsim(["explain", given, "--request", "41"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^request 41 · t=\d+\.\d{3} s · client \d+/);
    for (const word of [
      "sticky",
      "candidate",
      "<- elected",
      "elected ",
      "result ",
      "the same request in the other variants",
    ])
      expect(out).toContain(word);
  });

  it("refuses a request that does not exist, a variant that does not exist, and no request at all", async () => {
    const missing = await lbsim(["explain", given, "--request", "999999"]);
    expect(missing).toMatchObject({ code: 2, out: "" });
    expect(missing.err).toContain('unknown-request  replication 0 of "byrequests" has no request 999999');
    expect((await lbsim(["explain", given, "--request", "1", "--variant", "byrequest"])).err).toContain(
      'did you mean "byrequests"?',
    );
    expect((await lbsim(["explain", given])).err).toContain("required option '--request <n>' not specified");
  });
});
