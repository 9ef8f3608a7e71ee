import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LIST_NAMES } from "../../src/cli/commands/list.ts";
import { lbsim } from "./run-command.ts";

const page = readFileSync("docs/reference/commands.md", "utf8");
const [intro = "", ...sections] = page.split(/^## lbsim /m);
const optionsIn = (text: string): string[] =>
  [...text.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name ?? "");

describe("docs/reference/commands.md", () => {
  it("has a section for every command, in the order of the help", async () => {
    const { out } = await lbsim(["--help"]);
    const commands = [...(out.split("Commands:\n")[1] ?? "").matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name ?? "");
    expect(sections.map((section) => section.split("\n")[0])).toEqual(commands.filter((name) => name !== "help"));
  });

  it("explains every option of every command, and every global one", async () => {
    for (const section of sections) {
      const command = section.split("\n")[0] ?? "";
      const [own = "", global = ""] = (await lbsim([command, "--help"])).out.split("Global Options:");
      for (const option of optionsIn(global)) expect(intro).toContain(`\`${option}\``);
      if (command === "compare") continue;
      for (const option of optionsIn(own).filter((name) => name !== "--help"))
        expect(section, `${command} ${option}`).toMatch(new RegExp(`\`${option}[ \`\\[]`));
      expect(section).toMatch(new RegExp(`\`\`\`sh( no-run)?\\nlbsim ${command}`));
    }
  });

  it("names every list", () => {
    for (const name of LIST_NAMES) expect(page).toContain(`\`${name}\``);
  });
});
