import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReplicationTask, runTask } from "../../src/experiment/task.ts";
import { experimentOf } from "../experiment/small-experiment.ts";

let folder = "";
let script = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lbsim-browser-"));
  await build({
    configFile: false,
    logLevel: "silent",
    build: {
      outDir: folder,
      minify: false,
      lib: { entry: resolve("src/experiment/task.ts"), formats: ["iife"], name: "lbsim", fileName: () => "lbsim.js" },
    },
  });
  script = readFileSync(join(folder, "lbsim.js"), "utf8");
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the same task in Chromium", () => {
  it("gives the same result as in Node, fingerprint and every number", async () => {
    const task: ReplicationTask = {
      experiment: experimentOf().inlined,
      variant: 1,
      replication: 3,
      warmUpUs: 0,
      binUs: 1_000_000,
      keepRows: true,
      withoutFaults: false,
    };
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: script });
      const there = await page.evaluate((given) => {
        const { lbsim } = globalThis as unknown as { lbsim: { runTask(task: unknown): unknown } };
        return JSON.stringify(lbsim.runTask(given));
      }, task);
      expect(JSON.parse(there)).toEqual(JSON.parse(JSON.stringify(runTask(task))));
    } finally {
      await browser.close();
    }
  });
});
