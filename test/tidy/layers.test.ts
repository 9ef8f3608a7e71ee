import { describe, expect, it } from "vitest";
import { layerBreaches } from "./layers.ts";
import { sourceFiles } from "./source-files.ts";

describe("layers", () => {
  it("import only to the left, each package through its one door", () => {
    expect(layerBreaches(sourceFiles("src"))).toEqual([]);
  });

  it.each([
    ["src/engine/clock.ts", 'import { Drive } from "../drive/drive.ts";', "engine may not import drive"],
    [
      "src/proxies/apache/x.ts",
      'import { EventQueue } from "../../engine/event-queue.ts";',
      "proxies may not import engine",
    ],
    ["src/proxies/apache/x.ts", 'import { y } from "../nginx/y.ts";', "a family never imports another"],
    ["src/model/x.ts", 'import { readFileSync } from "node:fs";', "has another door"],
    ["src/experiment/x.ts", 'import seedrandom from "seedrandom";', "has another door"],
    ["src/report/x.ts", 'import left from "left-pad";', "which no layer may"],
    ["src/drive/x.ts", 'const late = await import("../cli/main.ts");', "drive may not import cli"],
    ["src/config/x.ts", 'export { run } from "../experiment/run.ts";', "config may not import experiment"],
  ])("a planted breach in %s is found: %s", (path, text, words) => {
    expect(layerBreaches([{ path, text }])).toEqual([expect.stringContaining(words)]);
  });

  it("the list of families may import every family", () => {
    expect(
      layerBreaches([{ path: "src/proxies/families.ts", text: 'import { APACHE } from "./apache/apache-family.ts";' }]),
    ).toEqual([]);
  });
});
