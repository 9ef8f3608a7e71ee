import { describe, expect, it } from "vitest";
import { takeNarrowDrawings } from "../../../src/report/document/narrow-drawings.ts";
import { element, serialise } from "../../../src/report/markup.ts";

describe("the drawings for narrow windows", () => {
  const page = ["a", "b"].map((name) =>
    element(
      "figure",
      {},
      element("div", { class: "plot wide" }, element("svg", { id: `${name}-w` })),
      element("div", { class: "plot narrow" }, element("svg", { id: `${name}-n` }, "1 < 2")),
    ),
  );
  const { body, drawings } = takeNarrowDrawings(page);

  it("leave their places empty and the wide ones where they are", () => {
    expect(body.map(serialise).join("")).toBe(
      '<figure><div class="plot wide"><svg id="a-w"></svg></div><div class="plot narrow"></div></figure>' +
        '<figure><div class="plot wide"><svg id="b-w"></svg></div><div class="plot narrow"></div></figure>',
    );
  });

  it("become one document of SVG in the order of the page, escaped as they were", () => {
    expect(drawings).toBe(
      '<drawings xmlns="http://www.w3.org/2000/svg"><svg id="a-n">1 &lt; 2</svg><svg id="b-n">1 &lt; 2</svg></drawings>',
    );
  });
});
