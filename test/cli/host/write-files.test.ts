import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { assertWritable, writeFiles } from "../../../src/cli/host/write-files.ts";
import { folderWith } from "../run-command.ts";

const folder = folderWith({ "file.txt": "old" });
afterAll(folder.remove);
const temporaries = (): string[] =>
  readdirSync(folder.path("."), { encoding: "utf8" }).filter((name) => name.endsWith(".tmp"));

describe("writeFiles", () => {
  it("makes folders, replaces files and leaves no temporary ones", () => {
    writeFiles(
      [
        { path: folder.path("a/b/new.txt"), content: "new" },
        { path: folder.path("file.txt"), content: Uint8Array.of(104, 105) },
      ],
      "hint",
    );
    expect(readFileSync(folder.path("a/b/new.txt"), "utf8")).toBe("new");
    expect(readFileSync(folder.path("file.txt"), "utf8")).toBe("hi");
    expect(readdirSync(folder.path("a/b"))).toEqual(["new.txt"]);
  });

  it("refuses at once a place where the system takes no folder", () => {
    const files = [{ path: "/proc/none/of/this.txt", content: "x" }];
    expect(() => writeFiles(files, "elsewhere")).toThrow("no such folder, and none can be made");
  });

  it("changes nothing when one of them can't be written", () => {
    writeFileSync(folder.path("kept.txt"), "kept");
    const files = [
      { path: folder.path("kept.txt"), content: "changed" },
      { path: "/dev/full", content: "much" },
    ];
    expect(() => writeFiles(files, "elsewhere")).toThrow("/dev/full: no space left");
    expect(readFileSync(folder.path("kept.txt"), "utf8")).toBe("kept");
    expect(temporaries()).toEqual([]);
  });

  it("writes through a link and to a device, and replaces neither", () => {
    symlinkSync("file.txt", folder.path("link"));
    writeFiles(
      [
        { path: folder.path("link"), content: "through" },
        { path: "/dev/null", content: "gone" },
      ],
      "hint",
    );
    expect(lstatSync(folder.path("link")).isSymbolicLink()).toBe(true);
    expect(readFileSync(folder.path("file.txt"), "utf8")).toBe("through");
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });
});

describe("assertWritable", () => {
  it("leaves nothing behind, neither folders nor files", () => {
    assertWritable(folder.path("x/y/z.json"), "hint");
    expect(existsSync(folder.path("x"))).toBe(false);
    mkdirSync(folder.path("there"));
    assertWritable(folder.path("there/z.json"), "hint");
    expect(readdirSync(folder.path("there"))).toEqual([]);
    assertWritable("/dev/null", "hint");
  });

  it.each([
    ["below a file", () => folder.path("file.txt/x/y.json"), "a part of the path is no folder"],
    ["in /proc", () => "/proc/nowhere/y.json", "no such folder, and none can be made"],
    ["a folder", () => folder.path("."), "is a folder"],
    ["an endless name", () => folder.path(`${"n".repeat(300)}/y.json`), "the name is too long"],
  ])("refuses a place %s", (_what, path, reason) => {
    expect(() => assertWritable(path(), "elsewhere")).toThrow(
      expect.objectContaining({
        code: "output-unwritable",
        hint: "elsewhere",
        message: expect.stringContaining(reason),
      }),
    );
    expect(temporaries()).toEqual([]);
  });
});
