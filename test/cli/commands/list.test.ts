import { describe, expect, it } from "vitest";
import { LIST_NAMES } from "../../../src/cli/commands/list.ts";
import { lbsim } from "../run-command.ts";

describe("lbsim list", () => {
  it.each(LIST_NAMES)("%s: a name and a sentence on every line, the same as JSON and as names only", async (what) => {
    const { code, out } = await lbsim(["list", what]);
    expect(code).toBe(0);
    const entries = JSON.parse((await lbsim(["list", what, "--json"])).out) as { name: string; describe: string }[];
    const names = (await lbsim(["list", what, "--plain"])).out.trimEnd().split("\n");
    expect(entries.map(({ name }) => name)).toEqual(names);
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual(names);
    for (const { describe: sentence } of entries) expect(sentence.length).toBeGreaterThan(5);
  });

  it("without a name prints the lists", async () => {
    expect((await lbsim(["list", "--plain"])).out.trimEnd().split("\n")).toEqual(LIST_NAMES);
  });

  it.each(["lbmethds", "toString", "__proto__"])("%s is refused", async (what) => {
    const { code, out, err } = await lbsim(["list", what]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`unknown-list  there is no list of "${what}"\nhint: `);
  });
});
