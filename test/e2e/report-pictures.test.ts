import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../src/report/formats/html.ts";
import { filmedResult } from "../report/filmed-result.ts";
import { comparePictures, smallPicture } from "./picture.ts";

const SCRIPT = new URL("../../dist/page/report-page.js", import.meta.url);
const PICTURES = fileURLToPath(new URL("pictures", import.meta.url));
/** `npm run pictures` takes them anew. They show the fonts of one machine: with others, take them there before a change. */
const WRITES = process.env.PICTURES === "write";
/** Share of the pixels of a strip that may differ. */
const TOLERANCE = 0.004;

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: {},
  dark: { colorScheme: "dark" },
  print: {},
  "forced-colours": { forcedColors: "active" },
};
const CASES = [1280, 360].flatMap((width) => Object.keys(LOOKS).map((look) => [look, width] as const));

let browser: Browser;
let folder: string;
let address: string;
/** An empty page that decodes and compares. */
let judge: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lbsim-pictures-"));
  browser = await launch();
  const file = join(folder, "report.html");
  writeFileSync(file, renderHtml(await filmedResult(), readFileSync(SCRIPT, "utf8")));
  address = pathToFileURL(file).href;
  judge = await browser.newPage();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const launch = (...args: readonly string[]): Promise<Browser> =>
  chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", ...args] });

/** The whole page in a look, after a change to it; nothing on it moves. */
async function take(look: string, width: number, change: string, taker = browser): Promise<Buffer> {
  const viewport = { width, height: 900 };
  const context = await taker.newContext({ viewport, reducedMotion: "reduce", ...LOOKS[look] });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator("html[data-films=ready]").waitFor({ state: "attached" });
  if (width <= 720) await page.locator("html[data-narrow=ready]").waitFor({ state: "attached" });
  if (look === "print") {
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  }
  if (change !== "") await page.addStyleTag({ content: change });
  const taken = await page.screenshot({ fullPage: true });
  await context.close();
  return taken;
}

const nameOf = (look: string, width: number): string => join(PICTURES, `${width}-${look}.png`);

describe("the report looks as it did", () => {
  it.each(CASES)("%s, %i pixels wide", async (look, width) => {
    const taken = await take(look, width, "");
    const file = nameOf(look, width);
    if (WRITES) writeFileSync(file, await smallPicture(judge, taken));
    const { sizes, worst } = await comparePictures(judge, readFileSync(file), taken);
    expect(sizes[1], "another height or width; if that is meant, npm run pictures").toBe(sizes[0]);
    expect(worst.share, `from ${worst.top} pixels down; if that is meant, npm run pictures`).toBeLessThan(TOLERANCE);
  });

  it("in pictures that are few and small", () => {
    const files = readdirSync(PICTURES);
    expect(files.sort()).toEqual(CASES.map(([look, width]) => `${width}-${look}.png`).sort());
    const bytes = files.reduce((sum, file) => sum + statSync(join(PICTURES, file)).size, 0);
    expect(bytes).toBeLessThan(3_000_000);
  });
});

describe("the comparison of pictures", () => {
  const reference = () => readFileSync(nameOf("light", 1280));

  it.each([
    ["a section moved by 4 pixels", "#to-sessions{position:relative;top:4px}"],
    ["a chart gone", "#percentiles svg{visibility:hidden}"],
    ["a heading in another colour", "h1{color:#0072b2}"],
    ["letters a tenth larger", "#to-method{zoom:1.1}"],
    ["a longer page", "h2{margin-top:60px}"],
  ])("notices %s", async (_, change) => {
    const { worst } = await comparePictures(judge, reference(), await take("light", 1280, change));
    expect(worst.share).toBeGreaterThan(TOLERANCE);
  });

  it("does not mind letters that are smoothed otherwise", async () => {
    const other = await launch(
      "--disable-lcd-text",
      "--disable-font-subpixel-positioning",
      "--force-color-profile=srgb",
    );
    const taken = await take(
      "light",
      1280,
      "body{-webkit-font-smoothing:antialiased;text-rendering:geometricPrecision}",
      other,
    );
    await other.close();
    const { worst } = await comparePictures(judge, reference(), taken);
    expect(worst.share).toBeLessThan(TOLERANCE);
  });
});
