/**
 * Makes the gallery again: `npm run gallery`, or `npm run gallery -- retry-too-long` for one of them. The reports come out
 * byte for byte as they are committed; screenshots need Chromium and differ with its fonts.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { GALLERY } from "./scenarios.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HERE = fileURLToPath(new URL(".", import.meta.url));
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

const wanted = process.argv.slice(2);
const chosen = GALLERY.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
for (const { name, scenario } of chosen) {
  const folder = join(HERE, name);
  mkdirSync(folder, { recursive: true });
  render(scenario, folder);
  console.log(`${name}: ${Math.round(readFileSync(join(folder, "report.html")).length / 1024)} KiB`);
}
await takePictures(chosen.map(({ name }) => join(HERE, name)));
writeFileSync(join(HERE, "README.md"), indexPage());

/** Runs a scenario as a user would, from the root of the repository. */
function render(scenario, folder) {
  const scratch = mkdtempSync(join(tmpdir(), "lbsim-gallery-"));
  const outputs = ["--report-dir", scratch, "--out", `markdown=${join(folder, "report.md")}`];
  const { status } = spawnSync(process.execPath, ["bin/lbsim.js", "--quiet", "run", scenario, ...outputs], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
  });
  // 99: the scenario's own thresholds are not met, which its report shows.
  if (status !== 0 && status !== 99) throw new Error(`${scenario} ended with ${status}`);
  copyFileSync(join(scratch, "report.html"), join(folder, "report.html"));
  rmSync(scratch, { recursive: true });
}

async function takePictures(folders) {
  if (CHROMIUM === undefined) {
    console.log("no Chromium found: the screenshots stay as they are");
    return;
  }
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  for (const folder of folders) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 960 } });
    await page.goto(pathToFileURL(join(folder, "report.html")).href);
    await page.screenshot({ path: join(folder, "screenshot.png") });
    await page.close();
  }
  await browser.close();
}

function indexPage() {
  const rows = GALLERY.map(
    ({ name, scenario, question }) =>
      `| [![${name}](${name}/screenshot.png)](${name}/report.html) | **[${name}](../../${scenario})**<br>${question}<br>[page](${name}/report.html) · [in Markdown](${name}/report.md) |`,
  );
  return [
    "# Gallery",
    "",
    "Six scenarios and what `lbsim run` makes of them. Each page is one file that works offline: download it and open it.",
    "`npm run gallery` makes them again, byte for byte.",
    "",
    "| report | what it asks |",
    "|---|---|",
    ...rows,
    "",
  ].join("\n");
}
