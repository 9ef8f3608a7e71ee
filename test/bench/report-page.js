import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";
const CONF = `${[
  "<Proxy balancer://shop>",
  ...Array.from({ length: 10 }, (_, m) => `    BalancerMember http://10.0.0.${m + 1}:8080 route=node${m + 1}`),
  "    ProxySet stickysession=JSESSIONID",
  "</Proxy>",
  "ProxyPass / balancer://shop/",
].join("\n")}\n`;

/**
 * More requests than a film holds, so that it is thinned out as that of any longer run: beyond its 200,000 places a report
 * grows no more, whether a run has a million requests or ten.
 */
const LARGE = `proxy: shop.conf
clients:
  sessions: { rate: 1112/s, requests: 3, think: 2s }
backends:
  default: { service: { exponential: { mean: 20ms } }, cores: 16 }
faults:
  - { at: 30s, crash: node2, for: 30s }
warm-up: 10s
duration: 100s
replications: 1
`;

/** Frames that are scrubbed through. */
const FRAMES = 180;

/** Size, first paint, the time until everything works, and frames while the slider moves, of two reports. */
export async function benchReportPage() {
  const folder = mkdtempSync(join(tmpdir(), "lbsim-bench-"));
  writeFileSync(join(folder, "shop.conf"), CONF);
  writeFileSync(join(folder, "large.yaml"), LARGE);
  const cases = [
    ["quick start, 6 variants", resolve("scenarios/quick-start.yaml")],
    ["more than a film holds", join(folder, "large.yaml")],
  ];
  const rows = [];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  for (const [name, scenario] of cases) {
    const out = join(folder, "out");
    const { status, stderr } = spawnSync(
      process.execPath,
      ["bin/lbsim.js", "--quiet", "run", scenario, "--report-dir", out],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    const file = join(out, "report.html");
    rows.push({ name, bytes: statSync(file).size, ...(await measure(browser, file)) });
  }
  await browser.close();
  rmSync(folder, { recursive: true });
  return rows;
}

async function measure(browser, file) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  await page.locator("html[data-films=ready]").waitFor({ state: "attached" });
  const { paintMs, readyMs } = await page.evaluate(() => ({
    paintMs: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    readyMs: performance.now(),
  }));
  await page.locator("#film").scrollIntoViewIfNeeded();
  await browser.startTracing(page, { categories: ["devtools.timeline"] });
  const scrubMs = await page.evaluate(scrub, FRAMES);
  const trace = JSON.parse((await browser.stopTracing()).toString());
  await page.close();
  const main = trace.traceEvents.filter(({ name }) => name === "FireAnimationFrame");
  const busyMs = main.map(({ dur = 0 }) => dur / 1000).sort((a, b) => a - b);
  return {
    paintMs,
    readyMs,
    framesPerSecond: (1000 * FRAMES) / scrubMs,
    frameMs: busyMs[Math.floor(0.95 * busyMs.length)],
  };
}

/** Runs in the page: moves the slider in every frame, from end to end; answers how long that took. */
function scrub(frames) {
  const slider = document.querySelector("#film input[type=range]");
  return new Promise((done) => {
    let frame = 0;
    let beginMs = 0;
    const next = (nowMs) => {
      if (frame === 0) beginMs = nowMs;
      if (frame === frames) return done(nowMs - beginMs);
      slider.value = String(Math.floor((frame++ * Number(slider.max)) / frames));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

export function formatReportPageRows(rows) {
  const head =
    "report                     size (kB)  first paint (ms)  all works (ms)  frames/s  script in a frame, p95 (ms)";
  const lines = rows.map(({ name, bytes, paintMs, readyMs, framesPerSecond, frameMs }) =>
    [
      name.padEnd(25),
      String(Math.round(bytes / 1000)).padStart(11),
      String(Math.round(paintMs)).padStart(18),
      String(Math.round(readyMs)).padStart(16),
      framesPerSecond.toFixed(1).padStart(10),
      (frameMs ?? Number.NaN).toFixed(1).padStart(29),
    ].join(""),
  );
  return [head, ...lines].join("\n");
}
