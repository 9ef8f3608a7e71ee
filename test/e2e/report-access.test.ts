import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../src/report/formats/html.ts";
import { filmedResult } from "../report/filmed-result.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SCRIPT = readFileSync(new URL("../../dist/page/report-page.js", import.meta.url), "utf8");

let browser: Browser;
let folder: string;
let address: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lbsim-access-"));
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const file = join(folder, "report.html");
  writeFileSync(file, renderHtml(await filmedResult(), SCRIPT));
  address = pathToFileURL(file).href;
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the report and closes it after the test. */
async function withPage(look: BrowserContextOptions, test: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...look });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator("html[data-films=ready]").waitFor({ state: "attached" });
  await test(page);
  await context.close();
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    return at === null ? "" : `${at.tagName} ${at.textContent || at.getAttribute("aria-label")}`;
  });

describe("axe finds nothing to complain about", () => {
  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 360],
    ["dark", 360],
  ] as const)("in the %s page at %i pixels, everything unfolded", async (colorScheme, width) => {
    // The page allows no foreign script, so the checker can only come in past its policy.
    await withPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true }, async (page) => {
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      await page.addScriptTag({ content: AXE });
      const { violations, passes } = await page.evaluate(() =>
        (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      );
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain("color-contrast");
    });
  });
});

describe("with the keyboard alone", () => {
  it("the first stop skips to the findings, the next ones to the sections", async () => {
    await withPage({}, async (page) => {
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe("A Skip to the findings");
      await page.keyboard.press("Enter");
      expect(new URL(page.url()).hash).toBe("#main");
      await page.getByRole("link", { name: "The status page through the run" }).focus();
      await page.keyboard.press("Enter");
      // What comes first after the head of that section.
      await page.keyboard.press("Tab");
      expect(await focused(page)).toMatch(/^SELECT/);
      expect(
        await page
          .locator("#film select")
          .first()
          .evaluate((select) => select === document.activeElement),
      ).toBe(true);
    });
  });

  it("every stop can be seen, has a name, and comes in the order of the page", async () => {
    await withPage({}, async (page) => {
      const tops: number[] = [];
      const walk: string[] = [];
      for (let stop = 0; stop < 250; stop++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const { activeElement: element } = document;
          if (element === null || element === document.body) return null;
          const box = element.getBoundingClientRect();
          const name =
            element.getAttribute("aria-label") ??
            (element as HTMLInputElement).labels?.[0]?.textContent ??
            element.textContent;
          const section = [...document.querySelectorAll("main > section")].findIndex((one) => one.contains(element));
          return { name: name ?? "", visible: box.width > 0 && box.height > 0, section };
        });
        if (at === null) break;
        expect(at.visible, at.name).toBe(true);
        expect(at.name.trim()).not.toBe("");
        walk.push(at.name);
        tops.push(at.section);
      }
      expect(walk.length).toBeGreaterThan(30);
      expect(walk.length).toBeLessThan(250);
      expect(tops).toEqual([...tops].sort((a, b) => a - b));
      expect(walk).toContain("Moment of the run");
      expect(walk).toContain("Explain");
    });
  });

  it("the film steps, jumps and stands still, and the search answers", async () => {
    await withPage({}, async (page) => {
      const slider = page.locator("#film input[type=range]");
      await slider.focus();
      await page.keyboard.press("Home");
      expect(await slider.inputValue()).toBe("0");
      await page.keyboard.press("]");
      const first = Number(await slider.inputValue());
      await page.keyboard.press("]");
      expect(Number(await slider.inputValue())).toBeGreaterThan(first);
      await page.keyboard.press("[");
      expect(await slider.inputValue()).toBe(String(first));
      await page.locator("#explain-number").focus();
      await page.keyboard.press("Control+A");
      await page.keyboard.type("7");
      await page.keyboard.press("Enter");
      expect(await page.locator("#explain pre").textContent()).toMatch(/^request 7 /);
    });
  });
});

describe("a reader's own wishes", () => {
  it("reduced motion: play goes one event at a time", async () => {
    await withPage({ reducedMotion: "reduce" }, async (page) => {
      const slider = page.locator("#film input[type=range]");
      const before = Number(await slider.inputValue());
      await page.getByRole("button", { name: "Play" }).click();
      expect(Number(await slider.inputValue())).toBe(before + 1);
      expect(await page.getByRole("button", { name: "Pause" }).count()).toBe(0);
    });
  });

  it("forced colours: lines and marks take the reader's, and a pressed button still differs", async () => {
    await withPage({ forcedColors: "active" }, async (page) => {
      const colours = await page.evaluate(() => {
        const style = getComputedStyle(document.documentElement);
        const probe = document.createElement("div");
        probe.style.color = "CanvasText";
        document.body.append(probe);
        const ink = getComputedStyle(probe).color;
        const line = document.querySelector<SVGPathElement>("#percentiles .wide path[data-column]");
        return {
          ink,
          drawn: line === null ? "" : getComputedStyle(line).stroke,
          token: style.getPropertyValue("--series-1"),
        };
      });
      expect(colours.token).toBe("CanvasText");
      expect(colours.drawn).toBe(colours.ink);
      const border = (pressed: string) =>
        page
          .locator(`#shares button[aria-pressed=${pressed}]`)
          .first()
          .evaluate((button) => getComputedStyle(button).borderWidth);
      expect(await border("true")).not.toBe(await border("false"));
    });
  });

  it("paper: the page of the moments and the method are unfolded, what needs a hand is gone", async () => {
    await withPage({ colorScheme: "dark" }, async (page) => {
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      expect(
        await page.locator("#film, #explain, nav, button:not(.comparison *)").filter({ visible: true }).count(),
      ).toBe(0);
      expect(await page.locator("#to-status-page details[open] table").count()).toBeGreaterThan(1);
      expect(await page.locator("#to-method details:not(.long):not([open])").count()).toBe(0);
      // A4 with margins of 12 mm: what is wider would shrink the whole page.
      await page.setViewportSize({ width: 703, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(703);
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      expect(await page.locator("details[open]").count()).toBe(0);
    });
  });
});
