import { describe, expect, it } from "vitest";
import { aboutText } from "../../../src/report/document/about-text.ts";
import { serialise } from "../../../src/report/markup.ts";

const html = (about: string) => aboutText(about).map(serialise).join("");

describe("what a scenario says about itself", () => {
  it("keeps its paragraphs, each on lines as long as the page", () => {
    expect(html("One question\nin two lines?\n\nAn answer.")).toBe(
      "<p>One question in two lines?</p><p>An answer.</p>",
    );
  });

  it("sets terms apart from what is said of them, over as many lines as that takes", () => {
    expect(html("What to see:\n  bytraffic    evens out\n               bytes.\n  ip_hash      keeps clients.")).toBe(
      '<p>What to see:</p><dl class="facts"><dt>bytraffic<dd>evens out bytes.<dt>ip_hash<dd>keeps clients.</dl>',
    );
  });

  it("is nothing for a scenario that says nothing", () => {
    expect(html("")).toBe("");
    expect(html("\n \n")).toBe("");
  });

  it("is text, whatever it says", () => {
    expect(html("<img src=x onerror=alert(1)>")).toBe("<p>&lt;img src=x onerror=alert(1)&gt;</p>");
  });
});
