import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Journal } from "../../../src/cli/host/journal.ts";
import { folderWith } from "../run-command.ts";

const OWNER = { program: "lbsim 1, apache 1", experiment: "abc", file: "shop.yaml" };
let folder: ReturnType<typeof folderWith>;
let path = "";
beforeEach(() => {
  folder = folderWith({});
  path = folder.path("out/journal.jsonl");
});
afterEach(() => folder.remove());

function filled(): Journal {
  const journal = Journal.begin(path, OWNER);
  journal.add("one", { values: [1, null, 0.1] });
  journal.add("two", { text: "a\nb é" });
  journal.close();
  return journal;
}

describe("a journal", () => {
  it("makes no file before the first result, and none is left when it was removed", () => {
    const journal = Journal.begin(path, OWNER);
    expect(existsSync(path)).toBe(false);
    journal.add("one", 1);
    expect(existsSync(path)).toBe(true);
    journal.remove();
    expect(existsSync(path)).toBe(false);
  });

  it("gives back what was added, also while it goes on, and nothing for a task that it does not know", () => {
    filled();
    const journal = Journal.resume(path, OWNER);
    expect(journal.size).toBe(2);
    journal.add("four", [4]);
    expect(journal.find("four")).toEqual([4]);
    expect(journal.find("one")).toEqual({ values: [1, null, 0.1] });
    expect(journal.find("two")).toEqual({ text: "a\nb é" });
    expect(journal.find("three")).toBeUndefined();
    journal.close();
  });

  it("is empty when there is none to go on with", () => {
    const journal = Journal.resume(path, OWNER);
    expect(journal.size).toBe(0);
    journal.add("one", 1);
    journal.close();
    expect(Journal.resume(path, OWNER).size).toBe(1);
  });

  it("cut anywhere gives its whole lines, and can be added to", () => {
    filled();
    const whole = readFileSync(path);
    const header = whole.indexOf(10) + 1;
    for (let length = header; length < whole.length; length += 7) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      const journal = Journal.resume(path, OWNER);
      expect(journal.size).toBeLessThan(2);
      journal.add("two", "again");
      journal.close();
      const again = Journal.resume(path, OWNER);
      expect(again.find("two")).toBe("again");
      again.close();
    }
  });

  it("does not believe a line whose text was changed", () => {
    filled();
    const text = readFileSync(path, "utf8").replace("[1,null", "[2,null");
    writeFileSync(path, text);
    expect(Journal.resume(path, OWNER).size).toBe(0);
  });

  it("drops what a dying process wrote behind the last whole line", () => {
    filled();
    appendFileSync(path, 'three 0123456789abcdef {"val');
    const journal = Journal.resume(path, OWNER);
    journal.add("three", 3);
    journal.close();
    expect(Journal.resume(path, OWNER).size).toBe(3);
  });

  it.each([
    ["another version", { ...OWNER, program: "lbsim 2, apache 1" }, "whose results would not fit"],
    ["another scenario", { ...OWNER, file: "other.yaml" }, "it belongs to shop.yaml"],
    ["changed settings", { ...OWNER, experiment: "def" }, "have changed since"],
  ])("of %s is refused and left as it was", (_, owner, reason) => {
    filled();
    const before = readFileSync(path);
    expect(() => Journal.resume(path, owner)).toThrow(reason);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("that is none is refused", () => {
    filled();
    for (const text of ["", "hello\n", "{}\n", "null\n", '{"format":"lbsim-journal"}\n']) {
      writeFileSync(path, text);
      expect(() => Journal.resume(path, OWNER), text).toThrow("journal.jsonl: ");
      expect(readFileSync(path, "utf8")).toBe(text);
    }
  });
});
