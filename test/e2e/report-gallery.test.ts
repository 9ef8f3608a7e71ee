import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const GALLERY = "reports/gallery";
/** One of the smallest, made again here; `npm run gallery` makes all of them. */
const NAME = "retry-too-long";
/** A normal report; the gallery's are runs of one to six variants and up to 43,000 requests a replication. */
const MOST_BYTES = 1_000_000;
const SCENARIO = "scenarios/troubleshooting/retry-too-long.yaml";

describe("the gallery of reports", () => {
  it("comes out byte for byte when it is made again", () => {
    const folder = mkdtempSync(join(tmpdir(), "lbsim-gallery-"));
    const markdown = join(folder, "report.md");
    const { status } = spawnSync(
      process.execPath,
      ["bin/lbsim.js", "--quiet", "run", SCENARIO, "--report-dir", folder, "--out", `markdown=${markdown}`],
      { encoding: "utf8" },
    );
    expect([0, 99]).toContain(status);
    for (const file of ["report.md", "report.html"]) {
      const made = readFileSync(join(folder, file), "utf8");
      // Compared as a truth value: nobody reads a difference of megabytes.
      expect(made === readFileSync(join(GALLERY, NAME, file), "utf8"), `${file}: run npm run gallery`).toBe(true);
    }
    rmSync(folder, { recursive: true });
  });

  it("has six reports, each as page, as Markdown and as a picture, and stays small", () => {
    const names = readdirSync(GALLERY, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(names).toHaveLength(6);
    const files = names.flatMap((name) =>
      ["report.html", "report.md", "screenshot.png"].map((file) => join(GALLERY, name, file)),
    );
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    expect(bytes).toBeLessThan(6_000_000);
    for (const file of files) expect(statSync(file).size, file).toBeLessThan(MOST_BYTES);
    const index = readFileSync(join(GALLERY, "README.md"), "utf8");
    for (const name of names) expect(index).toContain(`${name}/report.html`);
  });
});
