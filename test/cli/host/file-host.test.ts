import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { fileHost } from "../../../src/cli/host/file-host.ts";
import { folderWith } from "../run-command.ts";

const folder = folderWith({
  "b.conf": "b",
  "a.conf": "a",
  ".hidden.conf": "",
  "c1.conf": "",
  "c2.conf": "",
  "c3.txt": "",
});
afterAll(folder.remove);
mkdirSync(folder.path("sub"));
writeFileSync(folder.path("sub/d.conf"), "d");
const host = fileHost({ A: "1", B: undefined });
const listed = (pattern: string): string[] =>
  host.list(folder.path(pattern)).map((path) => path.slice(folder.path("").length + 1));

describe("fileHost", () => {
  it("gives texts, or null with the reason to be asked for", () => {
    expect(host.load(folder.path("a.conf"))).toBe("a");
    expect(host.whyNot(folder.path("a.conf"))).toBeNull();
    expect(host.load(folder.path("sub"))).toBeNull();
    expect(host.whyNot(folder.path("sub"))?.message).toContain("is a folder");
  });

  it("lists what matches a shell pattern, sorted, without hidden files", () => {
    expect(listed("*.conf")).toEqual(["a.conf", "b.conf", "c1.conf", "c2.conf"]);
    expect(listed("c?.conf")).toEqual(["c1.conf", "c2.conf"]);
    expect(listed("c[!1].*")).toEqual(["c2.conf", "c3.txt"]);
    expect(listed("*/*.conf")).toEqual(["sub/d.conf"]);
    expect(listed("nothing/*.conf")).toEqual([]);
    expect(listed("[.conf")).toEqual([]);
    expect(listed("a.conf")).toEqual(["a.conf"]);
  });

  it("knows the variables that have a value", () => {
    expect(host.env).toEqual({ A: "1" });
  });
});
