import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filmsOf } from "../../src/report/films.ts";
import { readJson } from "../../src/report/formats/json.ts";
import { Workplace } from "./built-cli.ts";

/** The same run is measured by `npm run bench`. */
const RUNS = "test/bench/report-runs";
const MOST_BYTES = 2_000_000;
const MOST_BYTES_OF_CODE = 150_000;

describe("the report of a run of almost 200,000 requests", () => {
  const place = new Workplace(
    Object.fromEntries(["shop.conf", "retained.yaml"].map((name) => [name, readFileSync(join(RUNS, name), "utf8")])),
  );
  beforeAll(() => {
    const { status, stderr } = place.lbsim("--quiet", "run", "retained.yaml", "--report-dir", "out");
    expect([status, stderr]).toEqual([0, ""]);
  });
  afterAll(() => place.remove());

  it("has every request in it and stays below two megabytes", () => {
    expect(statSync(join(place.folder, "out/report.html")).size).toBeLessThan(MOST_BYTES);
    const film = filmsOf(readJson(place.read("out/result.json")))[0]?.film;
    expect(film?.complete).toBe(true);
    expect(film?.ranks.length).toBeGreaterThan(190_000);
    // What requests.csv says of some of them, written by other code in the same run.
    const rows = place.read("out/requests.csv").trimEnd().split("\n").slice(1);
    expect(rows).toHaveLength(film?.ranks.length ?? 0);
    for (let at = 0; at < rows.length; at += 4999) {
      const [variant, , request, client, session, ordinal, tryNumber, name, startUs, endUs] = (rows[at] ?? "").split(
        ",",
      );
      const told = film?.request(Number(request));
      const identity = {
        client: Number(client),
        session: Number(session),
        ordinal: Number(ordinal),
        tryNumber: Number(tryNumber),
      };
      expect(told).toMatchObject({ variant, identity, class: name, startUs: Number(startUs) });
      expect(String(told?.endUs)).toBe(endUs);
    }
  });
});

it("the code of the page stays below 150 kB", () => {
  expect(statSync("dist/page/report-page.js").size).toBeLessThan(MOST_BYTES_OF_CODE);
});
