import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";
const RUNS = "test/bench/report-runs";

/** Scenarios with what is asked of their reports. Ten million requests are simulated twice: only then is it known which to keep. */
const CASES = [
  { name: "quick start, 6 variants", scenario: "scenarios/quick-start.yaml", changes: [] },
  { name: "200,000 requests", scenario: `${RUNS}/retained.yaml`, changes: [] },
  { name: "10 million requests", scenario: `${RUNS}/retained.yaml`, changes: ["--set", "scenario.duration=5000s"] },
];

/** Frames that are scrubbed through. */
const FRAMES = 180;

/** Requests, size, first paint, the time until everything works, and frames while the slider moves, of reports by name. */
export async function benchReportPage(wanted = CASES.map(({ name }) => name)) {
  const folder = mkdtempSync(join(tmpdir(), "lbsim-bench-"));
  const rows = [];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  for (const { name, scenario, changes } of CASES.filter((each) => wanted.includes(each.name))) {
    const words = ["bin/lbsim.js", "--quiet", "run", scenario, ...changes, "--report-dir", folder];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    const file = join(folder, "report.html");
    const requests = requestsOf(JSON.parse(readFileSync(join(folder, "result.json"), "utf8")));
    rows.push({ name, requests, bytes: statSync(file).size, ...(await measure(browser, file)) });
  }
  await browser.close();
  rmSync(folder, { recursive: true });
  return rows;
}

/** Requests of all variants that were observed in one replication. */
function requestsOf({ variants }) {
  return variants
    .flatMap(({ outcomes }) => outcomes.map(({ requests }) => requests.mean ?? 0))
    .reduce((sum, mean) => sum + mean, 0);
}

async function measure(browser, file) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(noteWhenReady);
  const opening = await traced(browser, page, async () => {
    await page.goto(pathToFileURL(file).href);
    await page.locator("html[data-films=ready]").waitFor({ state: "attached" });
  });
  const readyMs = await page.evaluate(() => globalThis.readyMs);
  await page.locator("#film").scrollIntoViewIfNeeded();
  const scrubbing = await traced(browser, page, () => page.evaluate(scrub, FRAMES));
  await page.close();
  const scripts = scrubbing.filter(({ name }) => name === "FireAnimationFrame");
  const busyMs = scripts.map(({ dur = 0 }) => dur / 1000).sort((a, b) => a - b);
  return {
    paintMs: firstPaintMs(opening),
    readyMs,
    framesPerSecond: framesPerSecond(scrubbing, scripts),
    frameMs: busyMs[Math.floor(0.95 * busyMs.length)],
  };
}

/** The events that Chromium notes while something is done. */
async function traced(browser, page, action) {
  await browser.startTracing(page, { categories: ["blink.user_timing", "loading", "devtools.timeline", "viz"] });
  await action();
  return JSON.parse((await browser.stopTracing()).toString()).traceEvents;
}

/** From the start of the navigation to the report to the first paint with content. */
function firstPaintMs(events) {
  const begin = events.findLast(
    ({ name, args }) => name === "navigationStart" && args.data?.documentLoaderURL?.endsWith("report.html"),
  );
  const paint = events.find(({ name, ts }) => name === "firstContentfulPaint" && ts > begin.ts);
  return (paint.ts - begin.ts) / 1000;
}

/** Frames that were really drawn while the slider moved. */
function framesPerSecond(events, scripts) {
  const [beginUs, endUs] = [Math.min(...scripts.map(({ ts }) => ts)), Math.max(...scripts.map(({ ts }) => ts))];
  const drawn = events.filter(({ name, ts }) => name === "DirectRenderer::DrawFrame" && ts > beginUs && ts <= endUs);
  return (drawn.length * 1_000_000) / (endUs - beginUs);
}

/** Runs in the page before anything of it: notes when the films are unpacked and the search works. */
function noteWhenReady() {
  const observer = new MutationObserver(() => {
    if (document.documentElement.dataset.films !== "ready") return;
    globalThis.readyMs = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { attributes: true, subtree: true, attributeFilter: ["data-films"] });
}

/** Runs in the page: moves the slider in every frame, from end to end. */
function scrub(frames) {
  const slider = document.querySelector("#film input[type=range]");
  return new Promise((done) => {
    let frame = 0;
    const next = () => {
      if (frame === frames) return done();
      slider.value = String(Math.floor((frame++ * Number(slider.max)) / frames));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

export function formatReportPageRows(rows) {
  const head =
    "report                    requests  size (kB)  first paint (ms)  all works (ms)  frames/s  script in a frame, p95 (ms)";
  const lines = rows.map(({ name, requests, bytes, paintMs, readyMs, framesPerSecond, frameMs }) =>
    [
      name.padEnd(24),
      String(Math.round(requests)).padStart(10),
      String(Math.round(bytes / 1000)).padStart(11),
      String(Math.round(paintMs)).padStart(18),
      String(Math.round(readyMs)).padStart(16),
      framesPerSecond.toFixed(1).padStart(10),
      frameMs.toFixed(1).padStart(29),
    ].join(""),
  );
  return [head, ...lines].join("\n");
}
