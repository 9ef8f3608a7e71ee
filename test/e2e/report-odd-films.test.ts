import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunResult } from "../../src/experiment/result.ts";
import { renderHtml } from "../../src/report/formats/html.ts";
import { renderJson } from "../../src/report/formats/json-text.ts";
import { experimentOf } from "../experiment/small-experiment.ts";
import { filmedResult } from "../report/filmed-result.ts";
import { Workplace } from "./built-cli.ts";

const SCRIPT = readFileSync(new URL("../../dist/page/report-page.js", import.meta.url), "utf8");
const RUNS = "<svg/onload=document.title=1>";
const ENDS = "</script><script>document.title=1</script><!--";

let browser: Browser;
let folder: string;
let written = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lbsim-odd-"));
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the report of a result, waits for its films, and collects what goes wrong on the way. */
async function open(result: RunResult, width = 1280): Promise<{ readonly page: Page; readonly wrong: string[] }> {
  const file = join(folder, `report-${written++}.html`);
  writeFileSync(file, renderHtml(result, SCRIPT));
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => wrong.push(message.text()));
  page.on("request", (request) => request.url().startsWith("file:") || wrong.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  await page.locator("html[data-films=ready]").waitFor({ state: "attached" });
  return { page, wrong };
}

/** A scenario of a few seconds; members of one balancer, variants by name. */
function oddExperiment(members: number, variants: readonly string[], rate: string): ReturnType<typeof experimentOf> {
  const lines = Array.from(
    { length: members },
    (_, m) => `    BalancerMember http://10.0.${m >> 8}.${m & 255}:8080 "route=r${m}${m === 0 ? RUNS : ""}"`,
  );
  const conf = `<Proxy balancer://shop>\n${lines.join("\n")}\n    ProxySet "stickysession=S${RUNS}"\n</Proxy>\nProxyPass /shop balancer://shop/shop\n`;
  const names = variants.map((name) => `  - ${JSON.stringify({ name })}`).join("\n");
  const scenario = `proxy: httpd.conf
clients:
  sessions: {rate: ${rate}, requests: 2, think: 100ms}
  classes:
    - ${JSON.stringify({ name: `c${RUNS}${ENDS}`, path: `/shop/${RUNS}${ENDS}`.replaceAll(" ", "") })}
backends:
  default: {service: 20ms}
duration: 3s
warm-up: 0s
variants:
${names}
`;
  return experimentOf(scenario, { "httpd.conf": conf });
}

describe("a film of hostile names", () => {
  it.each([1280, 360])("shows them as text and runs nothing, at %i pixels", async (width) => {
    const result = await filmedResult(oddExperiment(2, [`a${RUNS}${ENDS}`, `b${RUNS}`], "5/s"));
    const { page, wrong } = await open(result, width);
    if (width <= 720) await page.locator("html[data-narrow=ready]").waitFor({ state: "attached" });
    const title = await page.title();
    await page.locator("#film select").first().selectOption({ index: 1 });
    await page.locator("#film").getByRole("button", { name: "Next event", exact: true }).click();
    await page.locator("#explain-number").fill("0");
    await page.getByRole("button", { name: "Explain" }).click();
    await page.getByRole("button", { name: "bytes" }).click();
    expect(await page.title()).toBe(title);
    expect(await page.locator("svg:not(.chart)").count()).toBe(0);
    expect(await page.locator("#film .status").textContent()).toContain(RUNS);
    expect(await page.locator("#explain pre").textContent()).toContain(`a${RUNS}${ENDS}`);
    expect(wrong).toEqual([]);
    await page.close();
  });
});

describe("a film at the edge of what there is", () => {
  it("of no request at all stands at its only moment and says that there is no such request", async () => {
    const { page, wrong } = await open(await filmedResult(oddExperiment(1, ["only"], "0.0001/s")));
    await page.getByRole("button", { name: "Play" }).click();
    await page.locator("#film").getByRole("button", { name: "Next event", exact: true }).click();
    expect(await page.locator("#film .clock").textContent()).toMatch(/^t = /);
    expect(await page.locator("#explain pre").textContent()).toContain("not among those of replication 0");
    expect(wrong).toEqual([]);
    await page.close();
  });

  it("of 40 variants offers them all", async () => {
    const names = Array.from({ length: 40 }, (_, v) => `variant ${v}`);
    const { page, wrong } = await open(await filmedResult(oddExperiment(2, names, "2/s")));
    expect(await page.locator("#film option").allTextContents()).toEqual(expect.arrayContaining(names));
    await page.locator("#explain select").first().selectOption("variant 39");
    await page.locator("#explain-number").fill("0");
    await page.getByRole("button", { name: "Explain" }).click();
    expect(await page.locator("#explain pre").textContent()).toContain("variant 39");
    // Each tells what all others did: a page of many variants would hold little else.
    expect(await page.locator("#to-explanation details.moments").count()).toBe(6);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
    expect(wrong).toEqual([]);
    await page.close();
  });

  it("of 500 members shows a row for each, and no chart or table wider than the page", async () => {
    const { page, wrong } = await open(await filmedResult(oddExperiment(500, ["only"], "20/s")));
    expect(await page.locator("#film .status tbody tr").count()).toBeGreaterThanOrEqual(500);
    await page.locator("#film").getByRole("button", { name: "Next event", exact: true }).click();
    const rows = page.locator("#film .status .scroll").last();
    const headAt = () => rows.evaluate((box) => box.querySelector("th")?.getBoundingClientRect().top ?? 0);
    const before = await headAt();
    await rows.evaluate((box) => box.scrollBy(0, 5000));
    expect(Math.abs((await headAt()) - before)).toBeLessThan(2);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
    expect(wrong).toEqual([]);
    await page.close();
  });
});

describe("a stored result that is no result", () => {
  const place = new Workplace();
  afterAll(() => place.remove());

  it.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2), /JSON/],
    ["of another program", () => '{"hello": "world"}', /not a result|no result|another/],
    ["of a version to come", (text: string) => text.replace('"version": 1', '"version": 999'), /version|newer/],
    ["with a film cut off", (text: string) => text.replace(/("film": ")[^"]{40}/, "$1"), /film/],
  ])("%s is refused with a sentence and no stack", async (_, change, words) => {
    place.write("odd.json", change(renderJson(await filmedResult())));
    const { status, stderr } = place.lbsim("report", "odd.json", "--out", "html=odd.html");
    expect(status).toBe(2);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(place.files()).not.toContain("odd.html");
  });
});
