import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { explainRequest } from "../../src/experiment/explain.ts";
import { FilmEvent } from "../../src/experiment/film/film-columns.ts";
import type { RunResult } from "../../src/experiment/result.ts";
import { filmsOf } from "../../src/report/films.ts";
import { explanationInWords } from "../../src/report/formats/explanation.ts";
import { renderHtml } from "../../src/report/formats/html.ts";
import { experimentOf } from "../experiment/small-experiment.ts";
import { filmedResult } from "../report/filmed-result.ts";

const SCRIPT = new URL("../../dist/page/report-page.js", import.meta.url);
const { experiment, inlined } = experimentOf();

let browser: Browser;
let folder: string;
let page: Page;
let result: RunResult;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lbsim-film-"));
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  result = await filmedResult({ experiment, inlined });
  const file = join(folder, "report.html");
  writeFileSync(file, renderHtml(result, readFileSync(SCRIPT, "utf8")));
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  await page.locator("html[data-films=ready]").waitFor({ state: "attached" });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Moves the slider and reads what the page shows. */
async function scrubTo(instant: number): Promise<string[]> {
  await page.locator("#film input[type=range]").fill(String(instant));
  return page.locator("#film .status td").allInnerTexts();
}

describe("the status page in the report", () => {
  it("walks by keyboard: an event, a second, an event of interest", async () => {
    await scrubTo(0);
    const slider = page.locator("#film input[type=range]");
    const clock = page.locator("#film .clock");
    const seconds = async () => Number(/t = ([\d.]+)/.exec((await clock.textContent()) ?? "")?.[1]);
    await slider.press("ArrowRight");
    expect(await slider.inputValue()).toBe("1");
    const before = await seconds();
    await slider.press("Shift+ArrowRight");
    expect(await seconds()).toBeGreaterThan(before);
    await slider.press("]");
    expect(await page.locator("#film .readout").textContent()).toMatch(/fault|state|badly|lost/);
  });
});

describe("a change on the status page", () => {
  it("is listed in words and marked in its cells", async () => {
    const film = filmsOf(result)[0]?.film;
    const changed = film?.instants.events.findIndex((event) => (event & FilmEvent.STATE) !== 0) ?? -1;
    const [before, after] = [await scrubTo(changed - 1), await scrubTo(changed)];
    const marks = await page
      .locator("#film .status td")
      .evaluateAll((cells) => cells.map((cell) => cell.classList.contains("changed")));
    expect(marks).toEqual(after.map((text, i) => text !== before[i]));
    expect(marks).toContain(true);
    expect((await page.locator("#film .changes li").allTextContents()).join("; ")).toMatch(
      /Status Init \w+ → Init \w+/,
    );
  });
});

describe("the search for a request in the report", () => {
  it.each([0, 17, 60])("says of request %i what lbsim explain says", async (rank) => {
    await page.locator("#explain-number").fill(String(rank));
    await page.getByRole("button", { name: "Explain" }).click();
    const told = explainRequest(experiment, "byrequests", 0, rank);
    expect(told).not.toBeNull();
    expect(await page.locator("#explain pre").textContent()).toBe(told === null ? "" : explanationInWords(told));
  });

  it("follows an address that names a request, also of another variant", async () => {
    await page.evaluate(() => {
      location.hash = "#request=5&variant=1";
    });
    await expect.poll(() => page.locator("#explain pre").textContent()).toContain("request 5 ");
    const told = explainRequest(experiment, "bybusyness", 0, 5);
    expect(await page.locator("#explain pre").textContent()).toBe(told === null ? "" : explanationInWords(told));
  });

  it("finds requests by outcome, client and time, and explains the chosen one", async () => {
    const { film } = filmsOf(result)[0] ?? {};
    const wanted = film?.ranks.find((rank) => (film.told(rank)?.attempts.length ?? 0) > 1) ?? -1;
    const { identity, startUs = 0 } = film?.told(wanted) ?? {};
    await page.evaluate(() => {
      location.hash = "#request=0&variant=0";
    });
    await page.getByText("Find requests").click();
    await page.locator("#explain").getByLabel("Outcome").selectOption("failed over");
    await page.getByLabel("Client", { exact: true }).fill(String(identity?.client));
    await page.getByLabel("From (s)").fill(String(Math.floor(startUs / 1_000_000)));
    await page.getByRole("button", { name: "Find" }).click();
    await page
      .getByRole("button", { name: new RegExp(`^${wanted}: `) })
      .last()
      .click();
    expect(await page.locator("#explain pre").textContent()).toContain(`request ${wanted} `);
    await page.getByLabel("Client", { exact: true }).fill("999999");
    await page.getByRole("button", { name: "Find" }).click();
    expect(await page.locator("#explain details [role=status]").textContent()).toBe("No such request.");
  });

  it("says so when there is no such request", async () => {
    await page.locator("#explain-number").fill("999999");
    await page.getByRole("button", { name: "Explain" }).click();
    expect(await page.locator("#explain pre").textContent()).toContain("not among those of replication 0");
  });
});
