import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { TEMPLATE_NAMES } from "../../../src/cli/commands/init.ts";
import { folderWith, HTTPD_CONF, lbsim } from "../run-command.ts";

const folder = folderWith({ "httpd.conf": HTTPD_CONF });
afterAll(folder.remove);

describe("lbsim init", () => {
  it.each(TEMPLATE_NAMES)("writes %s, a scenario that can be simulated at once", async (template) => {
    const file = folder.path(`${template}.yaml`);
    const { code, out } = await lbsim(["init", file, "--template", template]);
    expect(code).toBe(0);
    expect(out).toContain(`${file} written`);
    expect(readFileSync(file, "utf8")).toMatch(/^# yaml-language-server: \$schema=/);
    expect(await lbsim(["check", file])).toMatchObject({ code: 0 });
  });

  it("never overwrites without --force", async () => {
    writeFileSync(folder.path("mine.yaml"), "mine");
    const { code, out, err } = await lbsim(["init", folder.path("mine.yaml")]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("file-exists");
    expect(readFileSync(folder.path("mine.yaml"), "utf8")).toBe("mine");
    expect((await lbsim(["init", folder.path("mine.yaml"), "--force"])).code).toBe(0);
  });

  it("says why it can't write", async () => {
    const { code, err } = await lbsim(["init", `${folder.path("httpd.conf")}/x.yaml`]);
    expect(code).toBe(2);
    expect(err).toContain("output-unwritable");
    expect((await lbsim(["init", folder.path("."), "--force"])).err).toContain("is a folder");
    expect((await lbsim(["init", "x", "--template", "big"])).err).toContain("Allowed choices are");
  });
});
