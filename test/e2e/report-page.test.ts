import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../src/report/formats/html.ts";
import { renderJson } from "../../src/report/formats/json-text.ts";
import { metricsCsv } from "../../src/report/metrics-csv.ts";
import { type FixtureOptions, fixtureResult } from "../report/fixture.ts";

const SCRIPT = new URL("../../dist/page/report-page.js", import.meta.url);
const HOSTILE = `"'<img src=x onerror=document.title='broken'></script><script>document.title='broken'</script>]]>`;

let browser: Browser;
let folder: string;
let script: string;
let written = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lbsim-report-"));
  script = readFileSync(SCRIPT, "utf8");
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a page did that it must not do. */
interface Complaints {
  readonly requests: string[];
  readonly errors: string[];
}

/** Writes the report to disk and opens it with networking off. */
async function open(
  options: FixtureOptions = {},
  look: Parameters<Browser["newContext"]>[0] = {},
): Promise<{ readonly page: Page; readonly context: BrowserContext; readonly complaints: Complaints }> {
  const file = join(folder, `report-${written++}.html`);
  writeFileSync(file, renderHtml(fixtureResult(options), script));
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true, ...look });
  const page = await context.newPage();
  const complaints: Complaints = { requests: [], errors: [] };
  page.on("request", (request) => complaints.requests.push(request.url()));
  page.on("console", (message) => complaints.errors.push(message.text()));
  page.on("pageerror", (error) => complaints.errors.push(error.message));
  await page.goto(pathToFileURL(file).href);
  if ((look.viewport?.width ?? 1280) <= 720)
    await page.locator("html[data-narrow=ready]").waitFor({ state: "attached" });
  return { page, context, complaints };
}

const firstColumn = (page: Page) => page.locator("#comparison tbody th[scope=row]").allInnerTexts();

describe("the report opened from disk", () => {
  it("asks nobody for anything and reports no error", async () => {
    const { page, context, complaints } = await open();
    expect(complaints.requests).toEqual([page.url()]);
    expect(complaints.errors).toEqual([]);
    await context.close();
  });

  it("has a table with rows behind every chart", async () => {
    const { page, context } = await open();
    const figures = await page.locator("figure").all();
    expect(figures.length).toBeGreaterThan(10);
    for (const figure of figures) {
      expect(await figure.locator("svg[role=img]").count()).toBe(1);
      expect(await figure.locator("details table tbody tr").count()).toBeGreaterThan(0);
    }
    await context.close();
  });

  it("shows hostile names as text", async () => {
    const { page, context, complaints } = await open({ variants: 2, rename: (name) => name + HOSTILE });
    expect(await page.title()).toBe("quick-start - lbsim report");
    expect(await page.locator("img").count()).toBe(0);
    expect((await firstColumn(page))[1]).toContain(HOSTILE);
    expect(complaints.errors).toEqual([]);
    await context.close();
  });

  it.each([
    ["wide", 1280],
    ["as narrow as a phone", 360],
  ])("is never wider than the window when that is %s", async (_, width) => {
    for (const options of [{}, { variants: 12 }, { variants: 2, rename: (name: string) => name + HOSTILE }]) {
      const { page, context } = await open(options, { viewport: { width, height: 800 } });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await context.close();
    }
  });
});

describe("the text of the charts", () => {
  const faults = [10, 40, 70, 100, 150, 200, 250].map((seconds, index) => ({
    ...{ id: `f${index}`, kind: "crash", backend: index % 3 },
    ...{ fromUs: seconds * 1_000_000, toUs: (seconds + (index < 3 ? 15 : 1)) * 1_000_000 },
  }));
  const cases: readonly (readonly [name: string, width: number, options: FixtureOptions])[] = [1280, 360].flatMap(
    (width) => [
      ["six variants", width, {}] as const,
      ["twelve variants", width, { variants: 12 }] as const,
      ["seven faults", width, { variants: 2, faults }] as const,
      ["one member", width, { variants: 1, members: 1 }] as const,
      ["no finished request", width, { variants: 2, silent: true }] as const,
      ["hostile names", width, { variants: 2, rename: (name: string) => name + HOSTILE }] as const,
    ],
  );

  it.each(cases)("stays inside the drawing and off other text: %s, %d pixels", async (_, width, options) => {
    const { page, context } = await open(options, { viewport: { width, height: 800 } });
    const clashes = await page.evaluate(() => {
      const found: string[] = [];
      for (const svg of document.querySelectorAll<SVGSVGElement>("svg.chart")) {
        const frame = svg.getBoundingClientRect();
        if (frame.width === 0) continue;
        const texts = [...svg.querySelectorAll("text")].map((text) => ({
          words: text.textContent ?? "",
          box: text.getBoundingClientRect(),
        }));
        for (const [index, { words, box }] of texts.entries()) {
          if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(`outside: ${words}`);
          for (const other of texts.slice(index + 1)) {
            // Line boxes are taller than letters: what shares only a sliver does not touch.
            const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
            const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
            if (across > 1 && down > 4) found.push(`${words} / ${other.words}`);
          }
        }
      }
      return found;
    });
    expect(clashes).toEqual([]);
    await context.close();
  });
});

describe("the keyboard", () => {
  it("sorts the comparison by a column, up and down, and says so", async () => {
    const { page, context } = await open();
    const before = await firstColumn(page);
    const head = page.locator("#comparison thead th").nth(3);
    await head.locator("button").focus();
    await page.keyboard.press("Enter");
    const means = fixtureResult()
      .variants.map(({ name, metrics }) => ({ name, p50: metrics.response_p50?.mean ?? 0 }))
      .sort((a, b) => a.p50 - b.p50)
      .map(({ name }) => name);
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    expect((await firstColumn(page)).map((text) => text.replace(/\s*baseline$/, ""))).toEqual(means);
    await page.keyboard.press("Enter");
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    expect((await firstColumn(page)).map((text) => text.replace(/\s*baseline$/, ""))).toEqual(means.reverse());
    expect(await page.locator("#comparison [aria-sort]").count()).toBe(1);
    expect((await firstColumn(page)).sort()).toEqual([...before].sort());
    await context.close();
  });

  it("switches what the shares are shares of", async () => {
    const { page, context } = await open();
    await expect.poll(() => page.locator("#shares figure:visible").count()).toBe(1);
    await page.getByRole("button", { name: "bytes" }).focus();
    await page.keyboard.press("Space");
    expect(await page.locator("#shares figcaption strong:visible").textContent()).toBe("Share of bytes by member");
    expect(await page.getByRole("button", { name: "bytes" }).getAttribute("aria-pressed")).toBe("true");
    await context.close();
  });

  it("walks along the points of a chart and reads the cell of the table aloud", async () => {
    const { page, context } = await open();
    const figure = page.locator("#percentiles");
    await figure.locator(".plot.wide").focus();
    const readout = figure.locator("[aria-live=polite]");
    const cell = async (row: number, column: number) =>
      (await figure.locator(`tbody tr:nth-child(${row}) > :nth-child(${column})`).first().textContent()) ?? "";
    await page.keyboard.press("ArrowRight");
    expect(await readout.textContent()).toBe(`percentile 50 %; byrequests nofailover=Off: ${await cell(1, 2)}`);
    await page.keyboard.press("End");
    await page.keyboard.press("PageDown");
    expect(await readout.textContent()).toBe(`percentile 99.9 %; byrequests nofailover=On: ${await cell(7, 3)}`);
    expect(await figure.locator("svg:visible .cursor").count()).toBe(1);
    await page.keyboard.press("Escape");
    expect(await figure.locator(".cursor").count()).toBe(0);
    expect(await readout.textContent()).toBe("");
    await context.close();
  });

  it("finds a point in every chart, each with a cell that exists", async () => {
    const { page, context } = await open({ variants: 2 });
    for (const figure of await page.locator("figure:visible").all()) {
      await figure.locator(".plot.wide").focus();
      for (const key of ["ArrowRight", "End", "PageDown"]) await page.keyboard.press(key);
      expect(await figure.locator("[aria-live=polite]").textContent()).toMatch(/^\S+ .+; .+: \S+/);
    }
    await context.close();
  });
});

describe("the look", () => {
  const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  it("follows the system and can be switched", async () => {
    const { page, context } = await open({ variants: 1 }, { colorScheme: "dark" });
    expect(await background(page)).toBe("rgb(22, 24, 29)");
    await page.getByRole("button", { name: "Light theme" }).click();
    expect(await background(page)).toBe("rgb(255, 255, 255)");
    expect(await page.getByRole("button", { name: "Dark theme" }).count()).toBe(1);
    await context.close();
  });

  it("is light on paper, with all three shares and no buttons", async () => {
    const { page, context } = await open({ variants: 1 }, { colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await background(page)).toBe("rgb(255, 255, 255)");
    expect(await page.locator("#shares figure:visible").count()).toBe(3);
    expect(await page.getByRole("button", { name: "theme" }).count()).toBe(0);
    await context.close();
  });

  it("is complete without script", async () => {
    const { page, context } = await open({}, { javaScriptEnabled: false });
    expect(await page.locator(".headlines li").count()).toBeGreaterThan(3);
    expect(await page.locator("#shares figure:visible").count()).toBe(3);
    expect(await page.locator("figure svg:visible").count()).toBe(await page.locator("figure").count());
    await context.close();
  });
});

it("the page offers its data as the file it came from", async () => {
  const { page, context } = await open({ variants: 1 });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the data (JSON)" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("result.json");
  expect(readFileSync(await download.path(), "utf8")).toBe(renderJson(fixtureResult({ variants: 1 })));
  const [metrics] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the metrics (CSV)" }).click(),
  ]);
  expect(metrics.suggestedFilename()).toBe("metrics.csv");
  expect(readFileSync(await metrics.path(), "utf8")).toBe(metricsCsv(fixtureResult({ variants: 1 })));
  await context.close();
});
