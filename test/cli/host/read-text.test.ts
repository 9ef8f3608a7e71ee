import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { readText } from "../../../src/cli/host/read-text.ts";
import { folderWith } from "../run-command.ts";

const folder = folderWith({
  "plain.txt": "a\r\nb\n",
  "bom.txt": "\ufeffa",
  "latin.txt": Buffer.from("one\ntwo caf\u00e9\n", "latin1"),
  "binary.txt": Uint8Array.of(65, 10, 0),
  "large.txt": "x".repeat(16 * 1024 * 1024 + 1),
});
afterAll(folder.remove);
const rules = { whatFor: "a text" };

describe("readText", () => {
  it("gives the text, without a byte order mark", () => {
    expect(readText(folder.path("plain.txt"), rules)).toBe("a\r\nb\n");
    expect(readText(folder.path("bom.txt"), rules)).toBe("a");
  });

  it("reads a file that says it has no size", () => {
    expect(readText("/proc/self/status", rules)).toContain("Name:");
  });

  it.each([
    ["what is not there", "nope", "no such file or folder"],
    ["a folder", ".", "is a folder"],
    ["a path below a file", "plain.txt/x", "a part of the path is no folder"],
    ["a loop of links", "loop", "symbolic links that lead in a circle"],
    ["a name beyond all limits", "n".repeat(5000), "the name is too long"],
    ["NUL bytes", "binary.txt", "binary.txt:2: holds NUL bytes"],
    ["bytes that are no UTF-8", "latin.txt", "latin.txt:2: is not UTF-8 text"],
    ["more than 16 MiB", "large.txt", "is larger than 16 MiB"],
    ["a pipe without a writer", "pipe", "is a named pipe"],
    ["a device without end", "zero", "is a device"],
  ])("refuses %s", (_what, name, reason) => {
    if (name === "pipe") execFileSync("sh", ["-c", `mkfifo "${folder.path("pipe")}"`]);
    if (name === "zero") symlinkSync("/dev/zero", folder.path("zero"));
    if (name === "loop") symlinkSync("loop", folder.path("loop"));
    expect(() => readText(folder.path(name), rules)).toThrow(reason);
  });

  it("reads any bytes where encodings do not matter", () => {
    expect(readText(folder.path("latin.txt"), { ...rules, anyBytes: true })).toBe("one\ntwo caf\u00e9\n");
  });

  it("says what it expected", () => {
    mkdirSync(folder.path("sub"));
    expect(() => readText(folder.path("sub"), { whatFor: "a scenario" })).toThrow(
      expect.objectContaining({ code: "file-unreadable", hint: "expected a scenario" }),
    );
  });
});
