import { describe, expect, it } from "vitest";
import { renderJunit } from "../../../src/report/formats/junit.ts";
import { wellFormedElements } from "../well-formed.ts";

const SUITE = {
  name: "shop <1>",
  properties: [["seed", "1"]] as const,
  cases: [
    { name: "p(99) < 250ms", classname: "a", failure: null },
    { name: "sessions_lost == 0", classname: "a", failure: { message: 'FAIL: "2"', text: "all\u0000 of it\nline 2" } },
  ],
};

describe("renderJunit", () => {
  const xml = renderJunit([SUITE]);

  it("counts cases and failures for the whole and for each suite", () => {
    expect(xml).toContain('<testsuites name="lbsim" tests="2" failures="1" errors="0" time="0">');
    expect(xml).toContain('<testsuite name="shop &lt;1&gt;" tests="2" failures="1" errors="0" time="0">');
  });

  it("escapes what people wrote and replaces what XML can't hold", () => {
    expect(xml).toContain('<failure message="FAIL: &quot;2&quot;">all\uFFFD of it\nline 2</failure>');
    expect(xml).not.toContain("\u0000");
  });

  it("is well-formed", () => {
    const names = wellFormedElements(xml.replace(/^<\?xml.*\?>\n/, "").trimEnd());
    expect(names.filter((name) => name === "testcase")).toHaveLength(2);
  });
});
