import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scenarioHost } from "../../src/cli/host/scenario-host.ts";
import { prepareExperiment } from "../../src/experiment/prepare.ts";
import type { ReplicationResult } from "../../src/experiment/replication/replication-result.ts";
import { type ReplicationTask, recordingHost, runTask } from "../../src/experiment/task.ts";
import type * as Simulator from "./browser/entry.ts";

const SCENARIO = "scenarios/quick-start.yaml";

let browser: Browser;
let bundle: string;

beforeAll(async () => {
  bundle = await bundled();
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});

afterAll(() => browser?.close());

/** The simulator as one script that defines `lbsim`. */
async function bundled(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      lib: { entry: resolve("test/e2e/browser/entry.ts"), formats: ["iife"], name: "lbsim" },
    },
  });
  const chunk = [output].flat().flatMap((each) => ("output" in each ? each.output : []))[0];
  if (chunk?.type !== "chunk") throw new Error("the bundle is one script");
  return chunk.code;
}

function taskOf(variant: number, replication: number): ReplicationTask {
  const input = { file: SCENARIO, text: readFileSync(SCENARIO, "utf8"), overrides: [], seed: null };
  const recording = recordingHost(scenarioHost({}));
  const { experiment } = prepareExperiment(input, recording.host);
  if (experiment === null) throw new Error("the quick start can be simulated");
  return {
    experiment: recording.inline(input),
    variant,
    replication,
    warmUpUs: 0,
    binUs: 1_000_000,
    keepRows: true,
    withoutFaults: false,
  };
}

describe("the quick start in Chromium", () => {
  it.each([
    [0, 0],
    [3, 7],
  ])(
    "gives the same fingerprint and the same result as in Node, variant %i, replication %i",
    async (variant, replication) => {
      const task = taskOf(variant, replication);
      const here = runTask(task);
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", ({ message }) => errors.push(message));
      await page.addScriptTag({ content: bundle });
      const there = await page.evaluate((given) => {
        const { lbsim } = globalThis as unknown as { lbsim: typeof Simulator };
        return JSON.stringify(lbsim.runTask(given));
      }, task);
      await page.close();
      expect(errors).toEqual([]);
      const result = JSON.parse(there) as ReplicationResult;
      expect(result.fingerprint).toBe(here.fingerprint);
      expect(there).toBe(JSON.stringify(here));
      expect(result.rows?.client.length).toBeGreaterThan(1_000);
    },
  );
});
