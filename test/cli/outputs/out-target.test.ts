import { describe, expect, it } from "vitest";
import { FORMATS, parseOutTargets } from "../../../src/cli/outputs/out-target.ts";

describe("parseOutTargets", () => {
  it("reads FORMAT and FORMAT=FILE; - and no file mean stdout", () => {
    expect(parseOutTargets(["markdown", "json=a=b.json", "html=x"], false)).toEqual([
      { format: "markdown", file: "-" },
      { format: "json", file: "a=b.json" },
      { format: "html", file: "x" },
    ]);
    expect(parseOutTargets(["text=-"], false)).toEqual([{ format: "text", file: "-" }]);
    for (const format of FORMATS) expect(parseOutTargets([`${format}=x`], false)).toHaveLength(1);
  });

  it("refuses unknown formats with a suggestion, and a file without a name", () => {
    expect(() => parseOutTargets(["markdwn=x"], false)).toThrow(
      expect.objectContaining({ hint: 'did you mean "markdown"?' }),
    );
    expect(() => parseOutTargets(["parquet"], false)).toThrow(expect.objectContaining({ code: "unknown-format" }));
    expect(() => parseOutTargets(["json="], false)).toThrow("the file is missing");
  });

  it("refuses two results for one place; --json has stdout for itself", () => {
    expect(() => parseOutTargets(["text"], true)).toThrow("two results for stdout");
    expect(() => parseOutTargets(["text", "json"], false)).toThrow("two results for stdout");
    expect(() => parseOutTargets(["text=a", "json=a"], false)).toThrow("two results for a");
    expect(parseOutTargets(["text=a"], true)).toHaveLength(1);
  });
});
